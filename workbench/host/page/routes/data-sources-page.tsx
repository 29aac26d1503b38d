import React from 'react';
import { getDataSourceSrv } from '@grafana/runtime';
import { Badge, Card, Stack } from '@grafana/ui';
import { Page } from '../frame/page';

export function DataSourcesPage() {
  return (
    <Page pageNav={{ text: 'Data sources', url: '/connections/datasources' }}>
      <Stack direction="column" gap={1}>
        {getDataSourceSrv()
          .getList()
          .map(({ uid, name, meta, isDefault, readOnly }) => (
            <Card key={uid} href={`/connections/datasources/edit/${uid}`} noMargin>
              <Card.Figure>
                <img src={meta.info.logos.small} alt="" height={40} width={40} />
              </Card.Figure>
              <Card.Heading>{name}</Card.Heading>
              <Card.Meta>
                {meta.name}
                {uid}
              </Card.Meta>
              <Card.Tags>
                <Stack direction="row" gap={1}>
                  {isDefault && <Badge text="default" color="blue" />}
                  {readOnly && <Badge text="provisioned" color="purple" />}
                </Stack>
              </Card.Tags>
            </Card>
          ))}
      </Stack>
    </Page>
  );
}
