import React, { type ReactNode } from 'react';
import { type DataSourceInstanceSettings, locationUtil } from '@grafana/data';
import { LinkButton } from '@grafana/ui';
import { type ExplorePane, exploreUrl } from '../links/urls';

interface Props extends Omit<ExplorePane, 'datasource'> {
  settings: Pick<DataSourceInstanceSettings, 'uid' | 'type'>;
  children: ReactNode;
}

/** Opens Explore with one query, below Grafana's sub-path where it has one. */
export function ExploreButton({ settings: { uid, type }, children, ...pane }: Props) {
  const href = locationUtil.assureBaseUrl(exploreUrl({ ...pane, datasource: { uid, type } }));
  return (
    <LinkButton size="sm" variant="secondary" icon="compass" href={href}>
      {children}
    </LinkButton>
  );
}
