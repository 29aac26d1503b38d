import React, { useEffect, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Spinner, Stack, useStyles2 } from '@grafana/ui';
import { t, Trans } from '@grafana/i18n';
import { type Remedy } from '../../../servicegraph/refusal';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { Remedies } from './remedies';
import { ToolbarBadge } from './toolbar-badge';

/** Until then the bar at the top says enough. */
const PATIENCE_MS = 4000;
const WAYS_OUT: readonly Remedy[] = ['shorter-range', 'fewer-services', 'recording-rules'];

function useIsLong(isWaiting: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) {
      return;
    }
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isWaiting]);
  return isWaiting && isLong;
}

/** What a graph without an answer is still waiting for, with what makes it faster. */
export function WaitingStatus({ source }: { source: GraphSource }) {
  const { graph, loading } = source.useState();
  const styles = useStyles2(getStyles);
  const isLong = useIsLong(loading && !graph);
  return (
    <div className={isLong ? styles.middle : undefined} role="status" data-testid={testIds.serviceMap.waiting}>
      {isLong && (
        <Stack direction="column" gap={1}>
          <div>
            <Spinner inline size="sm" />{' '}
            <Trans i18nKey="traceatlas.service-map.waiting.all">
              The metrics data source is still adding up the calls of this time range. What makes it faster:
            </Trans>
          </div>
          <Remedies source={source} remedies={WAYS_OUT} />
        </Stack>
      )}
    </div>
  );
}

/** Says in the toolbar that a graph has no percentiles yet. */
export function PercentilesBadge({ source }: { source: GraphSource }) {
  const { graph, loading, lacksPercentiles } = source.useState();
  return loading && graph && lacksPercentiles ? (
    <ToolbarBadge
      role="status"
      color="blue"
      icon="spinner"
      text={t('traceatlas.service-map.waiting.percentiles', 'Percentiles are loading')}
      tooltip={t(
        'traceatlas.service-map.waiting.percentiles-how',
        'The metrics data source is still working out p50, p95 and p99; until then averages are shown. Without percentiles the map loads faster: choose so under “Loaded calls”.'
      )}
      data-testid={testIds.serviceMap.waitingForPercentiles}
    />
  ) : null;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    middle: css({
      position: 'absolute',
      zIndex: 1,
      top: '30%',
      left: '20%',
      right: '20%',
      padding: theme.spacing(2),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.elevated,
      color: theme.colors.text.secondary,
    }),
  };
}
