import React, { useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button, Stack, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RefusalReason, type Remedy } from '../../../servicegraph/refusal';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { DEFAULT_TOP_CALLS } from './map-scope';
import { ScopeDrawer } from './scope-drawer';

const SHORT_RANGE = { from: 'now-15m', to: 'now' };

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

/** The metrics data source refused: says why, and offers what makes the question smaller. */
export function RefusedAlert({ source }: { source: GraphSource }) {
  const { refused, scope, graph } = source.useState();
  const styles = useStyles2(getStyles);
  const [choosing, setChoosing] = useState(false);
  if (!refused) {
    return null;
  }
  const actions: Record<Remedy, React.ReactNode> = {
    'shorter-range': (
      <Button size="sm" variant="secondary" onClick={() => setShortRange(source)}>
        <Trans i18nKey="traceatlas.service-map.refused.shorter">Last 15 minutes</Trans>
      </Button>
    ),
    'fewer-services': (
      <Button size="sm" variant="secondary" onClick={() => setChoosing(true)}>
        <Trans i18nKey="traceatlas.service-map.refused.fewer">Fewer services…</Trans>
      </Button>
    ),
    'no-percentiles': (
      <Button size="sm" variant="secondary" onClick={() => scope.change({ percentiles: false })}>
        <Trans i18nKey="traceatlas.service-map.refused.no-percentiles">Without percentiles</Trans>
      </Button>
    ),
    'busiest-calls': (
      <Button size="sm" variant="secondary" onClick={() => scope.change({ top: DEFAULT_TOP_CALLS })}>
        <Trans i18nKey="traceatlas.service-map.refused.busiest">Busiest calls only</Trans>
      </Button>
    ),
    'recording-rules': (
      <Trans i18nKey="traceatlas.service-map.refused.rules">
        For good: record the rates with the rules that come with Trace Atlas (provisioning/prometheus).
      </Trans>
    ),
  };
  return (
    <div className={styles.place}>
      <Alert severity="warning" title={titles()[refused.reason]} data-testid={testIds.serviceMap.refused}>
        <p>{refused.message}</p>
        <Stack gap={1} wrap="wrap" alignItems="center">
          {refused.remedies.map((remedy) => (
            <React.Fragment key={remedy}>{actions[remedy]}</React.Fragment>
          ))}
        </Stack>
      </Alert>
      {choosing && <ScopeDrawer scope={scope} graph={graph} onClose={() => setChoosing(false)} />}
    </div>
  );
}

function setShortRange(source: GraphSource) {
  const timeRange = sceneGraph.getTimeRange(source);
  timeRange.setState(SHORT_RANGE);
  timeRange.onRefresh();
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
