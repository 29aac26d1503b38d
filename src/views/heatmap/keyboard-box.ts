/** A box on the chart by keyboard: Shift and arrows pull one corner away from where it began. */
import { type LatencyBox } from '../../links/latency-box';
import { latencyAt, type LatencyScale, timeAt } from './latency-scale';

/** CSS px */
export interface Place {
  x: number;
  y: number;
}

export interface Corners {
  start: Place;
  end: Place;
}

/** Of the chart's width and height */
const STEPS = { x: 40, y: 20 };
const DIRECTIONS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** undefined for a key that is no arrow. @param from where the box begins, when there is none yet */
export function extendedBox(
  { area }: LatencyScale,
  corners: Corners | undefined,
  from: Place | undefined,
  key: string
): Corners | undefined {
  const direction = Object.hasOwn(DIRECTIONS, key) ? DIRECTIONS[key] : undefined;
  if (!direction) {
    return undefined;
  }
  const begin = from ?? { x: area.left + area.width / 2, y: area.top + area.height / 2 };
  const { start, end } = corners ?? { start: begin, end: begin };
  const step = { x: area.width / STEPS.x, y: area.height / STEPS.y };
  const moved = { x: end.x + direction.x * step.x, y: end.y + direction.y * step.y };
  // A line selects nothing: the first step goes aside as well.
  const opened = corners
    ? moved
    : { x: moved.x + (direction.x === 0 ? step.x : 0), y: moved.y - (direction.y === 0 ? step.y : 0) };
  return {
    start,
    end: {
      x: clamp(opened.x, area.left, area.left + area.width),
      y: clamp(opened.y, area.top, area.top + area.height),
    },
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

export function boxOf(scale: LatencyScale, { start, end }: Corners): LatencyBox {
  const [fromMs, toMs] = [timeAt(scale, Math.min(start.x, end.x)), timeAt(scale, Math.max(start.x, end.x))];
  return {
    fromMs: Math.round(fromMs),
    toMs: Math.round(toMs),
    min: readable(latencyAt(scale, Math.max(start.y, end.y))),
    max: readable(latencyAt(scale, Math.min(start.y, end.y))),
  };
}

/** Three digits: what the box says is what is searched for. */
function readable(latency: number): number {
  return Number.isFinite(latency) ? Number(latency.toPrecision(3)) : latency;
}
