import React from 'react';
import { t } from '@grafana/i18n';
import { testIds } from '../../../test-ids';
import { ToolbarBadge } from './toolbar-badge';

/** There are no series, so the map shows what some traces had. */
export function SampledBadge() {
  return (
    <ToolbarBadge
      color="orange"
      icon="exclamation-triangle"
      text={t('traceatlas.service-map.sampled', 'Sample of traces')}
      tooltip={t(
        'traceatlas.service-map.sampled-how',
        'The metrics data source has no service graph series in this time range, so this map is put together from some traces: calls may be missing, and there are no rates. For all calls, turn on the service-graphs processor of Tempo’s metrics generator.'
      )}
      data-testid={testIds.serviceMap.sampled}
    />
  );
}
