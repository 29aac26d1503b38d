import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, Badge, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RefusalReason } from '../../../servicegraph/refusal';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { Remedies, rulesAdvice } from './remedies';

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

/** The metrics data source refused the whole graph: says why, and offers what makes the question smaller. */
export function RefusedAlert({ source }: { source: GraphSource }) {
  const { refused, error } = source.useState();
  const styles = useStyles2(getStyles);
  return refused && error !== undefined ? (
    <div className={styles.above}>
      <Alert severity="warning" title={titles()[refused.reason]} data-testid={testIds.serviceMap.refused}>
        <p>{refused.message}</p>
        <Remedies source={source} remedies={refused.remedies} />
      </Alert>
    </div>
  ) : null;
}

/** The same in the toolbar, where only some numbers of the graph are missing: its notices have the server's words. */
export function RefusedPart({ source }: { source: GraphSource }) {
  const { refused, error } = source.useState();
  const styles = useStyles2(getStyles);
  return refused && error === undefined ? (
    <div className={styles.part} role="status" data-testid={testIds.serviceMap.refused}>
      <Badge
        color="orange"
        icon="exclamation-triangle"
        text={t('traceatlas.service-map.refused.missing', 'Numbers are missing')}
        tooltip={`${titles()[refused.reason]}. ${rulesAdvice()}`}
      />
      <Remedies source={source} remedies={refused.remedies.filter((remedy) => remedy !== 'recording-rules')} />
    </div>
  ) : null;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    // Of its own height: over the map it would hide what makes the question smaller.
    above: css({ flexShrink: 0 }),
    part: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  };
}
