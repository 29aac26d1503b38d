import React from 'react';
import { t } from '@grafana/i18n';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { ToolbarBadge } from './toolbar-badge';

/** Says why there is no graph, and what happens next. */
export function failureText(error: string): string {
  return t(
    'traceatlas.service-map.unanswered',
    'The metrics data source did not answer as it should: {{error}}. It is asked again every few seconds. If that does not help, see whether its settings page can reach it, or choose another one above.',
    { error, interpolation: { escapeValue: false } }
  );
}

/** The map is that of the last answer, as there is no newer one: said in the toolbar, so that the map can still be used. */
export function StaleBadge({ source }: { source: GraphSource }) {
  const { error, refused } = source.useState();
  return error !== undefined && !refused ? (
    <ToolbarBadge
      role="alert"
      color="red"
      icon="exclamation-circle"
      text={t('traceatlas.service-map.stale', 'Not up to date')}
      tooltip={failureText(error)}
      data-testid={testIds.serviceMap.stale}
    />
  ) : null;
}
