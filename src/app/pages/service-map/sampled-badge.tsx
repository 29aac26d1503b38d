import React from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Badge } from '@grafana/ui';
import { testIds } from '../../../test-ids';

/** There are no series, so the map shows what some traces had. */
export function SampledBadge() {
  return (
    <span className={styles.whole}>
      <Badge
        color="orange"
        icon="exclamation-triangle"
        text={t('traceatlas.service-map.sampled', 'Sample of traces')}
        tooltip={t(
          'traceatlas.service-map.sampled-how',
          'The metrics data source has no service graph series in this time range, so this map is put together from some traces: calls may be missing, and there are no rates. For all calls, turn on the service-graphs processor of Tempo’s metrics generator.'
        )}
        data-testid={testIds.serviceMap.sampled}
      />
    </span>
  );
}

const styles = {
  // A toolbar that is too narrow goes on in a second line instead.
  whole: css({ flexShrink: 0, whiteSpace: 'nowrap' }),
};
