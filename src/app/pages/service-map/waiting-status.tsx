import React, { useEffect, useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Spinner, Stack, useStyles2 } from '@grafana/ui';
import { t, Trans } from '@grafana/i18n';
import { type Remedy } from '../../../servicegraph/refusal';
import { testIds } from '../../../test-ids';
import { type GraphSource } from './graph-source';
import { Remedies } from './remedies';

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

/** Says what a large graph is still waiting for: all of it, with what makes it faster, or only its percentiles. */
export function WaitingStatus({ source }: { source: GraphSource }) {
  const { graph, loading, lacksPercentiles = false } = source.useState();
  const styles = useStyles2(getStyles);
  const isLong = useIsLong(loading && !graph);
  const isPart = loading && graph !== undefined && lacksPercentiles;
  return (
    <div
      className={isPart ? cx(styles.box, styles.corner) : isLong ? cx(styles.box, styles.middle) : undefined}
      role="status"
      data-testid={testIds.serviceMap.waiting}
    >
      {isPart && (
        <>
          <Spinner inline size="sm" />{' '}
          {t(
            'traceatlas.service-map.waiting.percentiles',
            'Latency percentiles are on their way; until then averages are shown'
          )}
        </>
      )}
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

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      position: 'absolute',
      zIndex: 1,
      padding: theme.spacing(0.5, 1),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.elevated,
      color: theme.colors.text.secondary,
    }),
    // Above the legend, where nothing else is
    corner: css({
      bottom: theme.spacing(5),
      left: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    middle: css({ top: '30%', left: '20%', right: '20%', padding: theme.spacing(2) }),
  };
}
