/** Where a time and a latency stand on a latency chart. Latencies are on a logarithmic axis, as buckets are. */
import { type ExemplarPoint } from '../../links/exemplar-points';
import { type LatencyBuckets } from '../../links/latency-buckets';

export interface PlotArea {
  /** CSS px */
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface LatencyScale {
  area: PlotArea;
  /** ms since the Unix epoch */
  fromMs: number;
  toMs: number;
  /** s, > 0 */
  min: number;
  max: number;
}

export interface LatencyLine {
  /** For people: `p95` */
  name: string;
  /** ms since the Unix epoch */
  times: readonly number[];
  /** s; null where there is no value */
  values: ReadonlyArray<number | null>;
}

export function xOf({ area, fromMs, toMs }: LatencyScale, timeMs: number): number {
  return area.left + ((timeMs - fromMs) / Math.max(1, toMs - fromMs)) * area.width;
}

export function yOf({ area, min, max }: LatencyScale, latency: number): number {
  const fraction = Math.log(Math.min(Math.max(latency, min), max) / min) / Math.log(max / min);
  return area.top + area.height * (1 - fraction);
}

/** ms since the Unix epoch; outside of the area its edge */
export function timeAt({ area, fromMs, toMs }: LatencyScale, x: number): number {
  return fromMs + clampFraction((x - area.left) / Math.max(1, area.width)) * (toMs - fromMs);
}

/** s; at the lower edge 0 and at the upper one Infinity: what lies beyond belongs to it. */
export function latencyAt({ area, min, max }: LatencyScale, y: number): number {
  const fraction = clampFraction(1 - (y - area.top) / Math.max(1, area.height));
  if (fraction === 0) {
    return 0;
  }
  return fraction === 1 ? Number.POSITIVE_INFINITY : min * Math.pow(max / min, fraction);
}

function clampFraction(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

/** Lower bound of a bucket in s; of the first half its upper one, as the axis has no zero. */
export function lowerBound(bounds: readonly number[], bucket: number): number {
  return bucket === 0 ? bounds[0] / 2 : bounds[bucket - 1];
}

/** What has values, with some room: in s. */
export function latencyExtent(
  buckets: LatencyBuckets | undefined,
  lines: readonly LatencyLine[],
  points: readonly ExemplarPoint[]
): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  const include = (latency: number | null) => {
    if (latency !== null && Number.isFinite(latency) && latency > 0) {
      min = Math.min(min, latency);
      max = Math.max(max, latency);
    }
  };
  buckets?.counts.forEach((column) =>
    column.forEach((count, bucket) => {
      if (count) {
        include(lowerBound(buckets.bounds, bucket));
        include(buckets.bounds[bucket]);
      }
    })
  );
  lines.forEach(({ values }) => values.forEach(include));
  points.forEach(({ latency }) => include(latency));
  if (max === 0) {
    return { min: 0.001, max: 1 };
  }
  return min < max ? { min: min / 1.15, max: max * 1.15 } : { min: min / 2, max: max * 2 };
}

const TICK_STEPS = [1, 2, 5];

/** Round latencies in s between the ends of the axis, at most `most`. */
export function latencyTicks({ min, max }: Pick<LatencyScale, 'min' | 'max'>, most: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const step of TICK_STEPS) {
      const tick = Number((step * Math.pow(10, power)).toPrecision(3));
      if (tick >= min && tick <= max) {
        ticks.push(tick);
      }
    }
  }
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(1, most)));
  return ticks.filter((_, index) => index % every === 0);
}

/** The point nearest to a place, within `reach` px. @param points in order of time */
export function pointAt(
  scale: LatencyScale,
  points: readonly ExemplarPoint[],
  place: { x: number; y: number },
  reach: number
): ExemplarPoint | undefined {
  let nearest: ExemplarPoint | undefined;
  let least = reach * reach;
  for (let at = firstFrom(scale, points, place.x - reach); at < points.length; at++) {
    const dx = xOf(scale, points[at].timeMs) - place.x;
    if (dx > reach) {
      break;
    }
    const dy = yOf(scale, points[at].latency) - place.y;
    const distance = dx * dx + dy * dy;
    if (distance <= least) {
      least = distance;
      nearest = points[at];
    }
  }
  return nearest;
}

/** Index of the first point at `x` or right of it */
function firstFrom(scale: LatencyScale, points: readonly ExemplarPoint[], x: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xOf(scale, points[middle].timeMs) < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
