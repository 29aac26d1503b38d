import React, { type ReactNode } from 'react';
import { type DataSourceInstanceSettings } from '@grafana/data';

import { type ExplorePane, exploreUrl } from '../links/urls';
import { LinkButton } from '../views/shared/link-button';

interface Props extends Omit<ExplorePane, 'datasource'> {
  settings: Pick<DataSourceInstanceSettings, 'uid' | 'type'>;
  children: ReactNode;
}

/** Opens Explore with one query, below Grafana's sub-path where it has one. */
export function ExploreButton({ settings: { uid, type }, children, ...pane }: Props) {
  const href = exploreUrl({ ...pane, datasource: { uid, type } });
  return (
    <LinkButton size="sm" variant="secondary" icon="compass" href={href}>
      {children}
    </LinkButton>
  );
}
