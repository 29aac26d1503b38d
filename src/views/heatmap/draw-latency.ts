import { dateTimeFormat, formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { type ExemplarPoint } from '../../links/exemplar-points';
import { type LatencyBox } from '../../links/latency-box';
import { type LatencyBuckets } from '../../links/latency-buckets';
import { type Steps } from '../../trace/steps';
import { type LatencyLine, type LatencyScale, latencyTicks, lowerBound, xOf, yOf } from './latency-scale';

export interface LatencyPicture {
  scale: LatencyScale;
  buckets?: LatencyBuckets;
  lines: readonly LatencyLine[];
  points: readonly ExemplarPoint[];
  timeZone?: string;
}

/** What changes with the pointer, over the picture. */
export interface LatencyMarks {
  scale: LatencyScale;
  box?: LatencyBox;
  /** Drawn larger */
  active?: ExemplarPoint;
}

const POINT_RADIUS = 3;
/** px; side of the square that a point fits into */
const STAMP = 12;
/** More than a chart is px wide */
const PLACES = 100_000;
const TICK_DISTANCE = 28;
const TIME_TICK_DISTANCE = 110;
const LINE_COLORS = ['green', 'yellow', 'purple'];
const formatSeconds = getValueFormat('s');

export function formatLatency(seconds: number): string {
  return formattedValueToString(formatSeconds(seconds, seconds < 0.001 ? 2 : undefined));
}

export function lineColor(theme: GrafanaTheme2, index: number): string {
  return theme.visualization.getColorByName(LINE_COLORS[index % LINE_COLORS.length]);
}

/** Can be interrupted, as there may be thousands of points. */
export function* latencyDrawing(
  context: CanvasRenderingContext2D,
  picture: LatencyPicture,
  theme: GrafanaTheme2
): Steps<void> {
  context.save();
  drawAxes(context, picture, theme);
  clipToArea(context, picture.scale);
  yield* drawCells(context, picture, theme);
  drawLines(context, picture, theme);
  yield* drawPoints(context, picture, theme);
  context.restore();
}

export function drawMarks(context: CanvasRenderingContext2D, marks: LatencyMarks, theme: GrafanaTheme2): void {
  context.save();
  clipToArea(context, marks.scale);
  drawActive(context, marks, theme);
  drawBox(context, marks, theme);
  context.restore();
}

function clipToArea(context: CanvasRenderingContext2D, { area }: LatencyScale): void {
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
}

function drawAxes(context: CanvasRenderingContext2D, { scale, timeZone }: LatencyPicture, theme: GrafanaTheme2): void {
  const { area } = scale;
  context.font = `${theme.typography.bodySmall.fontSize} ${theme.typography.fontFamily}`;
  context.fillStyle = theme.colors.text.secondary;
  context.strokeStyle = theme.colors.border.weak;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.beginPath();
  for (const tick of latencyTicks(scale, area.height / TICK_DISTANCE)) {
    const y = Math.round(yOf(scale, tick)) + 0.5;
    context.moveTo(area.left, y);
    context.lineTo(area.left + area.width, y);
    context.fillText(formatLatency(tick), area.left - 6, y);
  }
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const ticks = Math.max(1, Math.floor(area.width / TIME_TICK_DISTANCE));
  const format = scale.toMs - scale.fromMs > 86_400_000 ? 'MM/DD HH:mm' : 'HH:mm:ss';
  for (let index = 0; index < ticks; index++) {
    const time = scale.fromMs + ((index + 0.5) / ticks) * (scale.toMs - scale.fromMs);
    context.fillText(dateTimeFormat(time, { timeZone, format }), xOf(scale, time), area.top + area.height + 6);
  }
}

function* drawCells(
  context: CanvasRenderingContext2D,
  { scale, buckets }: LatencyPicture,
  theme: GrafanaTheme2
): Steps<void> {
  if (!buckets) {
    return;
  }
  const { bounds, times, counts, stepMs } = buckets;
  const most = counts.reduce((max, column) => Math.max(max, ...column.map((count) => count ?? 0)), 0);
  context.fillStyle = theme.visualization.getColorByName('blue');
  for (const [column, time] of times.entries()) {
    yield;
    const left = xOf(scale, time - stepMs);
    const width = Math.max(1, xOf(scale, time) - left - (xOf(scale, stepMs) - xOf(scale, 0) > 5 ? 1 : 0));
    counts[column].forEach((count, bucket) => {
      if (count) {
        const upper = Number.isFinite(bounds[bucket]) ? bounds[bucket] : scale.max;
        const top = yOf(scale, upper);
        // The square root keeps small counts visible beside large ones.
        context.globalAlpha = 0.12 + 0.68 * Math.sqrt(count / most);
        context.fillRect(left, top, width, Math.max(1, yOf(scale, lowerBound(bounds, bucket)) - top - 1));
      }
    });
  }
  context.globalAlpha = 1;
}

/**
 * The parts of a line between which there are no numbers, as lists of rows. Prometheus leaves out what it does not know,
 * so a distance of more than one step is a gap as well.
 */
export function lineParts({ times, values }: LatencyLine): number[][] {
  const distances = times.slice(1).map((time, index) => time - times[index]);
  const step = Math.min(...distances.filter((distance) => distance > 0));
  const parts: number[][] = [];
  let part: number[] = [];
  values.forEach((value, row) => {
    const isKnown = value !== null && Number.isFinite(value) && value > 0;
    if (part.length > 0 && (!isKnown || times[row] - times[row - 1] > 1.5 * step)) {
      parts.push(part);
      part = [];
    }
    if (isKnown) {
      part.push(row);
    }
  });
  return part.length > 0 ? [...parts, part] : parts;
}

function drawLines(context: CanvasRenderingContext2D, { scale, lines }: LatencyPicture, theme: GrafanaTheme2): void {
  context.lineWidth = 1.5;
  context.lineCap = 'round';
  lines.forEach((line, index) => {
    context.strokeStyle = lineColor(theme, index);
    context.beginPath();
    for (const [first, ...others] of lineParts(line)) {
      const [x, y] = [xOf(scale, line.times[first]), yOf(scale, line.values[first] ?? 0)];
      context.moveTo(x, y);
      // A single number is a dot.
      context.lineTo(x, y);
      others.forEach((row) => context.lineTo(xOf(scale, line.times[row]), yOf(scale, line.values[row] ?? 0)));
    }
    context.stroke();
  });
  context.lineCap = 'butt';
}

/**
 * Failed requests are diamonds, others circles: colour is not all that tells them apart. Each shape is painted once and
 * copied: one path of thousands of shapes takes the browser many times as long.
 */
function* drawPoints(
  context: CanvasRenderingContext2D,
  { scale, points }: LatencyPicture,
  theme: GrafanaTheme2
): Steps<void> {
  if (points.length === 0) {
    return;
  }
  const shapes = [stamp(theme, theme.colors.text.primary, false), stamp(theme, theme.colors.error.main, true)];
  for (const [shape, image] of shapes.entries()) {
    // Those that failed come last, so that none of them is hidden; of several at one place one is drawn.
    const drawn = new Set<number>();
    for (const point of points) {
      yield;
      if ((shape === 1) === (point.isError === true)) {
        const [x, y] = [Math.round(xOf(scale, point.timeMs)), Math.round(yOf(scale, point.latency))];
        const place = y * PLACES + x;
        if (!drawn.has(place)) {
          drawn.add(place);
          context.drawImage(image, x - STAMP / 2, y - STAMP / 2, STAMP, STAMP);
        }
      }
    }
  }
}

function drawActive(context: CanvasRenderingContext2D, { scale, active }: LatencyMarks, theme: GrafanaTheme2): void {
  if (active) {
    context.strokeStyle = theme.colors.background.primary;
    context.lineWidth = 1;
    context.fillStyle = active.isError ? theme.colors.error.main : theme.colors.primary.main;
    paintShape(
      context,
      xOf(scale, active.timeMs),
      yOf(scale, active.latency),
      POINT_RADIUS * 2,
      active.isError === true
    );
  }
}

/** A picture of a point, sharp on dense screens. */
function stamp(theme: GrafanaTheme2, color: string, isError: boolean): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = STAMP * ratio;
  const context = canvas.getContext('2d');
  if (context) {
    context.scale(ratio, ratio);
    context.lineWidth = 1;
    context.strokeStyle = theme.colors.background.primary;
    context.fillStyle = color;
    paintShape(context, STAMP / 2, STAMP / 2, POINT_RADIUS, isError);
  }
  return canvas;
}

function paintShape(context: CanvasRenderingContext2D, x: number, y: number, radius: number, isError: boolean): void {
  context.beginPath();
  if (isError) {
    const side = radius * 1.4;
    context.moveTo(x, y - side);
    context.lineTo(x + side, y);
    context.lineTo(x, y + side);
    context.lineTo(x - side, y);
    context.closePath();
  } else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.stroke();
}

function drawBox(context: CanvasRenderingContext2D, { scale, box }: LatencyMarks, theme: GrafanaTheme2): void {
  if (!box) {
    return;
  }
  const [left, right] = [xOf(scale, box.fromMs), xOf(scale, box.toMs)];
  const [top, bottom] = [yOf(scale, box.max), yOf(scale, Math.max(box.min, scale.min))];
  context.fillStyle = theme.colors.action.selected;
  context.fillRect(left, top, right - left, bottom - top);
  context.strokeStyle = theme.colors.primary.border;
  context.lineWidth = 1.5;
  context.strokeRect(left, top, right - left, bottom - top);
}
