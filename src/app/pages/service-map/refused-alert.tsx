import React, { useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RefusalReason } from '../../../servicegraph/refusal';
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
  const [closed, setClosed] = useState<RefusalReason>();
  // Beside a graph without some of its numbers the alert may be put away; without a graph there is nothing else to see.
  const isPart = error === undefined;
  if (!refused || (isPart && closed === refused.reason)) {
    return null;
  }
  return (
    <div className={cx(styles.place, isPart ? styles.below : styles.above)}>
      <Alert
        severity="warning"
        title={title(refused.reason, isPart)}
        onRemove={isPart ? () => setClosed(refused.reason) : undefined}
        data-testid={testIds.serviceMap.refused}
      >
        {/* Beside a graph its notices have the server's words. */}
        {!isPart && <p>{refused.message}</p>}
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
      left: '20%',
      right: '20%',
    }),
    above: css({ top: theme.spacing(1) }),
    // Leaves the search and the middle of the map free
    below: css({ bottom: theme.spacing(5) }),
  };
}
