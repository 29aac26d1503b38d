import React, { useId } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type ExemplarPoint } from '../../links/exemplar-points';
import { testIds } from '../../test-ids';
import { moveFocus } from './move-focus';

interface SparklineProps {
  label: string;
  /** ms since the Unix epoch, ascending */
  times: readonly number[];
  values: ReadonlyArray<number | null>;
  /** Nothing is known yet, which is not the same as that there is nothing */
  isLoading?: boolean;
  format(value: number): string | undefined;
  colour: string;
  /** The top of the chart is at least this, so that a hair of errors does not look like a mountain */
  atLeast?: number;
  /** Requests, at the same scale as the values */
  points?: readonly ExemplarPoint[];
  pointText?(point: ExemplarPoint): string;
  onPoint?(point: ExemplarPoint): void;
}

/** px */
const HEIGHT = 40;
/** Points this much above the highest value are drawn at the top. */
const HEADROOM = 1.15;

function pathOf(times: readonly number[], values: ReadonlyArray<number | null>, top: number): string {
  const [begin, end] = [times[0], times[times.length - 1]];
  let pen = 'M';
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const x = end > begin ? (times[index] - begin) / (end - begin) : 0.5;
      const step = `${pen}${(100 * x).toFixed(2)},${(HEIGHT * (1 - value / top)).toFixed(2)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** The course of one number in little room, with requests that can be opened. */
export function Sparkline(props: SparklineProps) {
  const { label, times, values, isLoading, format, colour, atLeast = 0, points = [], pointText, onPoint } = props;
  const styles = useStyles2(getStyles);
  const titleId = useId();
  const known = values.filter((value) => value !== null);
  const highest = known.length > 0 ? Math.max(...known) : undefined;
  const latest = known[known.length - 1];
  const top = Math.max(atLeast, (highest ?? 0) * HEADROOM) || 1;
  const [begin, end] = [times[0], times[times.length - 1]];
  const inRange = points.filter(({ timeMs }) => timeMs >= begin && timeMs <= end);
  const summary =
    highest === undefined
      ? isLoading
        ? t('traceatlas.service-map.sparkline.loading', 'loading…')
        : t('traceatlas.service-map.stats.no-data', 'no data')
      : t('traceatlas.service-map.sparkline.range', 'now {{latest}}, at most {{highest}}', {
          latest: format(latest) ?? '',
          highest: format(highest) ?? '',
        });
  return (
    <figure className={styles.figure} data-testid={testIds.serviceMap.sparkline}>
      <figcaption className={styles.caption}>
        <span>{label}</span>
        <span className={styles.numbers}>{summary}</span>
      </figcaption>
      <div className={styles.plot} onKeyDown={(event) => moveFocus(event, 'ArrowLeft', 'ArrowRight')}>
        <svg
          className={styles.svg}
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={titleId}
        >
          <title id={titleId}>{`${label}: ${summary}`}</title>
          {highest !== undefined && (
            <path d={pathOf(times, values, top)} fill="none" stroke={colour} vectorEffect="non-scaling-stroke" />
          )}
        </svg>
        {inRange.map((point, index) => (
          <button
            key={`${point.traceId} ${point.spanId ?? ''} ${point.timeMs}`}
            type="button"
            className={styles.point}
            tabIndex={index === 0 ? 0 : -1}
            aria-label={pointText?.(point)}
            title={pointText?.(point)}
            data-testid={testIds.serviceMap.exemplar}
            data-failed={point.isError}
            style={{
              left: `${end > begin ? (100 * (point.timeMs - begin)) / (end - begin) : 50}%`,
              top: HEIGHT * Math.max(0, 1 - point.latency / top),
            }}
            onClick={() => onPoint?.(point)}
          />
        ))}
      </div>
    </figure>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    figure: css({ margin: 0 }),
    caption: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    numbers: css({ fontVariantNumeric: 'tabular-nums' }),
    plot: css({
      position: 'relative',
      height: HEIGHT,
      margin: theme.spacing(0.75, 0.5, 0.5),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    svg: css({ width: '100%', height: HEIGHT, overflow: 'visible', display: 'block', strokeWidth: 1.5 }),
    point: css({
      position: 'absolute',
      width: 7,
      height: 7,
      padding: 0,
      border: 'none',
      outline: `1px solid ${theme.colors.background.primary}`,
      transform: 'translate(-50%, -50%) rotate(45deg)',
      background: theme.colors.primary.text,
      cursor: 'pointer',
      '&[data-failed="true"]': { background: theme.colors.error.text },
      '&:hover, &:focus-visible': { outline: `2px solid ${theme.colors.text.primary}`, zIndex: 1 },
    }),
  };
}
