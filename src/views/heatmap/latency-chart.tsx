import { css } from '@emotion/css';
import React, { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type ExemplarPoint } from '../../links/exemplar-points';
import { type LatencyBox } from '../../links/latency-box';
import { type LatencyBuckets } from '../../links/latency-buckets';
import { testIds } from '../../test-ids';
import { useSize } from '../shared/use-size';
import { boxOf, type Corners, extendedBox, type Place } from './keyboard-box';
import { latencyExtent, type LatencyLine, type LatencyScale, pointAt, xOf, yOf } from './latency-scale';
import { spokenBox, spokenPoint } from './spoken-latency';
import { useLatencyCanvas } from './use-latency-canvas';

interface Props {
  /** ms since the Unix epoch */
  fromMs: number;
  toMs: number;
  timeZone?: string;
  /** For screen readers */
  label: string;
  height: number;
  buckets?: LatencyBuckets;
  lines: readonly LatencyLine[];
  /** In order of time */
  points: readonly ExemplarPoint[];
  box?: LatencyBox;
  onBox: (box: LatencyBox | undefined) => void;
  onOpen: (point: ExemplarPoint) => void;
  /** Searches for what is in the box, by keyboard */
  onSearch: (box: LatencyBox) => void;
  /** What is shown beside the point under the pointer or the keyboard's */
  renderCard: (point: ExemplarPoint) => ReactNode;
}

const MARGIN = { left: 60, right: 8, top: 8, bottom: 24 };
/** px around a point that count as on it */
const REACH = 8;
/** px; a shorter way of the pointer is a click */
const LEAST_DRAG = 5;
const CARD_WIDTH = 300;

/**
 * Latencies over time: buckets as cells, percentiles as lines, exemplars as points. A point opens its trace; dragging selects a
 * box of time and latency. With the keyboard: arrows go from point to point, with Shift they select a box; Enter opens the
 * point's trace or searches for the box, Escape clears.
 */
export function LatencyChart(props: Props) {
  const { fromMs, toMs, timeZone, label, height, buckets, lines, points, box, onBox, onOpen, onSearch, renderCard } =
    props;
  const styles = useStyles2(getStyles);
  const hintId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const width = Math.floor(useSize(canvas)?.width ?? 0);
  const [active, setActive] = useState<ExemplarPoint>();
  const [drag, setDrag] = useState<Corners>();
  /** Of a box made with the keyboard */
  const [corners, setCorners] = useState<Corners>();
  const scale = useMemo<LatencyScale>(
    () => ({
      area: {
        left: MARGIN.left,
        top: MARGIN.top,
        width: Math.max(1, width - MARGIN.left - MARGIN.right),
        height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
      },
      fromMs,
      toMs,
      ...latencyExtent(buckets, lines, points),
    }),
    [width, height, fromMs, toMs, buckets, lines, points]
  );
  const shownBox = drag ? boxOf(scale, drag) : box;
  const picture = useMemo(
    () => ({ scale, buckets, lines, points, timeZone }),
    [scale, buckets, lines, points, timeZone]
  );
  const marks = useMemo(() => ({ scale, box: shownBox, active }), [scale, shownBox, active]);
  useLatencyCanvas({ picture: canvas, marks: overlay, width, height }, picture, marks);

  const placeOf = (event: PointerEvent): Place => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const finish = (event: PointerEvent<HTMLElement>) => {
    if (!drag) {
      return;
    }
    setDrag(undefined);
    const end = placeOf(event);
    if (Math.hypot(end.x - drag.start.x, end.y - drag.start.y) >= LEAST_DRAG) {
      onBox(boxOf(scale, { start: drag.start, end }));
      return;
    }
    const point = pointAt(scale, points, end, REACH);
    if (point) {
      onOpen(point);
    } else {
      onBox(undefined);
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      event.preventDefault();
      const from = active && { x: xOf(scale, active.timeMs), y: yOf(scale, active.latency) };
      const extended = extendedBox(scale, box && corners, from, event.key);
      setActive(undefined);
      setCorners(extended);
      onBox(extended && boxOf(scale, extended));
    } else if (step !== undefined) {
      event.preventDefault();
      setActive(neighbour(points, active, step));
    } else if (event.key === 'Enter' && active) {
      // Else the same key press is a click on what the opened drawer puts the focus on, its close button.
      event.preventDefault();
      onOpen(active);
    } else if (event.key === 'Enter' && box) {
      event.preventDefault();
      onSearch(box);
    } else if (event.key === 'Escape') {
      setActive(undefined);
      onBox(undefined);
    }
  };
  const isShown = active !== undefined && points.includes(active) && !drag;
  return (
    <div className={styles.frame} style={{ height }} onPointerLeave={() => !drag && setActive(undefined)}>
      <div
        className={styles.area}
        role="application"
        aria-label={label}
        aria-describedby={hintId}
        tabIndex={0}
        data-testid={testIds.latency.chart}
        onKeyDown={press}
        onBlur={() => setActive(undefined)}
        onPointerDown={(event) => {
          if (event.button === 0) {
            event.currentTarget.setPointerCapture(event.pointerId);
            const start = placeOf(event);
            setDrag({ start, end: start });
          }
        }}
        onPointerMove={(event) => {
          const place = placeOf(event);
          if (drag) {
            setDrag({ ...drag, end: place });
          } else {
            setActive(pointAt(scale, points, place, REACH));
          }
        }}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(undefined)}
      >
        <canvas ref={canvas} className={styles.canvas} style={{ height }} aria-hidden />
        <canvas ref={overlay} className={styles.overlay} style={{ height }} aria-hidden />
      </div>
      <span id={hintId} className={styles.spoken}>
        {t(
          'traceatlas.latency.keyboard',
          'Arrow keys go from exemplar to exemplar, Enter opens its trace. Shift and arrow keys select a part of the chart, Enter searches its traces, Escape clears it.'
        )}
      </span>
      <span className={styles.spoken} aria-live="polite">
        {isShown ? spokenPoint(active, timeZone) : !drag && box && spokenBox(box, timeZone)}
      </span>
      {isShown && (
        <div className={styles.card} style={cardPlace(scale, active, width, height)} data-testid={testIds.latency.card}>
          {renderCard(active)}
        </div>
      )}
    </div>
  );
}

function neighbour(
  points: readonly ExemplarPoint[],
  current: ExemplarPoint | undefined,
  step: number
): ExemplarPoint | undefined {
  if (points.length === 0) {
    return undefined;
  }
  const at = current ? points.indexOf(current) : -1;
  const next = at === -1 ? (step > 0 ? 0 : points.length - 1) : at + step;
  return points[Math.min(points.length - 1, Math.max(0, next))];
}

function cardPlace(scale: LatencyScale, point: ExemplarPoint, width: number, height: number) {
  const x = xOf(scale, point.timeMs);
  const y = yOf(scale, point.latency);
  const left = x + CARD_WIDTH + 16 > width ? Math.max(0, x - CARD_WIDTH - 12) : x + 12;
  return { left, width: CARD_WIDTH, ...(y > height / 2 ? { bottom: height - y + 8 } : { top: y + 8 }) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', width: '100%' }),
  area: css({
    cursor: 'crosshair',
    touchAction: 'none',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  canvas: css({ display: 'block', width: '100%' }),
  overlay: css({ position: 'absolute', top: 0, left: 0, width: '100%', pointerEvents: 'none' }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  card: css({
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    pointerEvents: 'none',
    padding: theme.spacing(1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
  }),
});
