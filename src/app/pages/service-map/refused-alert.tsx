import React, { useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type GraphRefusedError, type RefusalReason } from '../../../servicegraph/refusal';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { Remedies } from './remedies';

function titles(): Record<RefusalReason, string> {
  return {
    'too-many-samples': t(
      'traceatlas.service-map.refused.samples',
      'The graph has too many samples to be read at once'
    ),
    'too-many-series': t('traceatlas.service-map.refused.series', 'The graph has too many series to be read at once'),
    timeout: t('traceatlas.service-map.refused.timeout', 'The graph took too long to be read'),
    'too-long': t('traceatlas.service-map.refused.too-long', 'The question or its answer is too long'),
  };
}

function title(reason: RefusalReason, isPart: boolean): string {
  return isPart
    ? t('traceatlas.service-map.refused.part', 'Some numbers are missing: {{why}}', { why: titles()[reason] })
    : titles()[reason];
}

/** The metrics data source refused: says why, and offers what makes the question smaller. */
export function RefusedAlert({ source }: { source: GraphSource }) {
  const { refused, error } = source.useState();
  const styles = useStyles2(getStyles);
  const [closed, setClosed] = useState<GraphRefusedError>();
  if (!refused || closed === refused) {
    return null;
  }
  // Beside a graph without some of its numbers the alert may be put away; without a graph there is nothing else to see.
  const isPart = error === undefined;
  return (
    <div className={styles.place}>
      <Alert
        severity="warning"
        title={title(refused.reason, isPart)}
        onRemove={isPart ? () => setClosed(refused) : undefined}
        data-testid={testIds.serviceMap.refused}
      >
        <p>{refused.message}</p>
        <Remedies source={source} remedies={refused.remedies} />
      </Alert>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    place: css({
      position: 'absolute',
      zIndex: theme.zIndex.navbarFixed,
      top: theme.spacing(1),
      left: '20%',
      right: '20%',
    }),
  };
}
