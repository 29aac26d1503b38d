import React from 'react';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Card, EmptyState, LoadingPlaceholder, Stack, TagList } from '@grafana/ui';
import { Page } from '../frame/page';
import { useLoaded } from '../hooks/use-loaded';

interface SearchHit {
  uid: string;
  title: string;
  url: string;
  tags: string[];
}

export function DashboardsPage() {
  const { value: hits, error } = useLoaded('dashboards', () =>
    getBackendSrv().get<SearchHit[]>('/api/search', { type: 'dash-db' }, undefined, { showErrorAlert: false })
  );
  return (
    <Page pageNav={{ text: 'Dashboards', url: '/dashboards', subTitle: 'The dashboards of the provisioning folder' }}>
      {error && (
        <Alert title="The dashboards could not be listed" severity="error">
          {error.message}
        </Alert>
      )}
      {!hits && !error && <LoadingPlaceholder text="Loading ..." />}
      {hits?.length === 0 && <EmptyState variant="not-found" message="The provisioning folder holds no dashboards" />}
      <Stack direction="column" gap={1}>
        {hits?.map(({ uid, title, url, tags }) => (
          <Card key={uid} href={url} noMargin>
            <Card.Heading>{title}</Card.Heading>
            <Card.Tags>
              <TagList tags={tags} />
            </Card.Tags>
          </Card>
        ))}
      </Stack>
    </Page>
  );
}
