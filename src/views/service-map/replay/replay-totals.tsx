import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { type Replay } from '../../../servicegraph/replay';

const HEIGHT = 26;
/** px; half of the slider's handle, so that bars stand above its positions */
const INSET = 8;
/** Width of a bar by that of all: as wide as the handle at most, so that those of few steps do not reach into the text beside */
const WIDEST = 0.02;

/** Requests of all calls over time, failed ones at the bottom of each bar: where to look. Its numbers are told in text. */
export function ReplayTotals({ replay, index }: { replay: Pick<Replay, 'totals'>; index: number }) {
  const styles = useStyles2(getStyles);
  const { colors } = useTheme2();
  const { totals } = replay;
  const highest = totals.reduce((most, { rate }) => Math.max(most, rate ?? 0), 0);
  const spacing = 1 / Math.max(1, totals.length - 1);
  const width = Math.min(0.7 * spacing, WIDEST);
  return (
    <svg className={styles.bars} viewBox={`0 0 1 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      {highest > 0 &&
        totals.map(({ rate = 0, errorRate = 0 }, point) => {
          const [height, failed] = [(rate / highest) * HEIGHT, (Math.min(errorRate, rate) / highest) * HEIGHT];
          const x = point * spacing - width / 2;
          return (
            <React.Fragment key={point}>
              <rect
                x={x}
                y={HEIGHT - height}
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
