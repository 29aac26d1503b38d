import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { type Replay } from '../../../servicegraph/replay';

const HEIGHT = 26;
/** px of that for failures, which have a scale of their own: few in a hundred would be no pixel of the requests' bars */
const FAILED_HEIGHT = 10;
const GAP = 2;
const RATE_HEIGHT = HEIGHT - FAILED_HEIGHT - GAP;
/** px; so that there are failures is seen at any share */
const LEAST_FAILED = 1.5;
/** px; half of the slider's handle, so that bars stand above its positions */
const INSET = 8;
/** Width of a bar by that of all: as wide as the handle at most, so that those of few steps do not reach into the text beside */
const WIDEST = 0.02;

type Total = Replay['totals'][number];

/** 0 to 1; undefined where it is not known */
function failedShare({ rate, errorRate }: Total): number | undefined {
  return rate && errorRate !== undefined ? Math.min(1, errorRate / rate) : undefined;
}

/** The points that the bars of requests and of failed shares are as high as there is room for */
export function highestTotals(totals: readonly Total[]): { rate?: Total; failed?: Total } {
  const highest = (read: (total: Total) => number | undefined) =>
    totals.reduce<Total | undefined>(
      (most, total) => ((read(total) ?? 0) > (most ? (read(most) ?? 0) : 0) ? total : most),
      undefined
    );
  return { rate: highest(({ rate }) => rate), failed: highest(failedShare) };
}

/**
 * Requests of all calls over time, and below them the share that failed, each as high as its own highest: where to look. Its
 * numbers are told in text.
 */
export function ReplayTotals({ replay, index }: { replay: Pick<Replay, 'totals'>; index: number }) {
  const styles = useStyles2(getStyles);
  const { colors } = useTheme2();
  const { totals } = replay;
  const highest = highestTotals(totals);
  const mostRequests = highest.rate?.rate ?? 0;
  const mostFailed = (highest.failed && failedShare(highest.failed)) ?? 0;
  const spacing = 1 / Math.max(1, totals.length - 1);
  const width = Math.min(0.7 * spacing, WIDEST);
  return (
    <svg className={styles.bars} viewBox={`0 0 1 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      {mostRequests > 0 &&
        totals.map((total, point) => {
          const height = ((total.rate ?? 0) / mostRequests) * RATE_HEIGHT;
          const share = failedShare(total) ?? 0;
          const failed = share > 0 ? Math.max(LEAST_FAILED, (share / mostFailed) * FAILED_HEIGHT) : 0;
          const x = point * spacing - width / 2;
          return (
            <React.Fragment key={point}>
              <rect
                x={x}
                y={RATE_HEIGHT - height}
                width={width}
                height={height}
                fill={point === index ? colors.primary.main : colors.border.strong}
              />
              <rect x={x} y={HEIGHT - failed} width={width} height={failed} fill={colors.error.main} />
            </React.Fragment>
          );
        })}
    </svg>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bars: css({
      position: 'absolute',
      left: INSET,
      top: theme.spacing(0.5),
      width: `calc(100% - ${2 * INSET}px)`,
      height: HEIGHT,
      overflow: 'visible',
    }),
  };
}
