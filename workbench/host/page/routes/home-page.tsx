import React from 'react';
import { Card, Stack } from '@grafana/ui';
import { boot } from '../boot';
import { Page } from '../frame/page';

/** Where to go: every page of the side navigation as a card. */
export function HomePage() {
  return (
    <Page pageNav={{ text: 'Home', url: '/', hideFromBreadcrumbs: true }}>
      <Stack direction="column" gap={1}>
        {boot.navTree
          .flatMap((section) => section.children ?? [section])
          .map(({ id, text, url }) => (
            <Card key={id} href={url} noMargin>
              <Card.Heading>{text}</Card.Heading>
              <Card.Description>{url}</Card.Description>
            </Card>
          ))}
      </Stack>
    </Page>
  );
}
