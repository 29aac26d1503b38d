/** How many requests took how long, over time: what a latency heatmap draws. */
import { type DataFrame, FieldType } from '@grafana/data';

export interface LatencyBuckets {
  /** Upper bounds in s, ascending; the last may be Infinity */
  bounds: number[];
  /** ms since the Unix epoch, ascending; a column is what happened in the step before this time */
  times: number[];
  stepMs: number;
  /** counts[column][bucket], not cumulative; undefined where there is no sample */
  counts: Array<Array<number | undefined>>;
}

/**
 * Reads PromQL series by `le` (cumulative), TraceQL's histogram_over_time by `__bucket` (not cumulative), and the cells into
 * which Grafana turns native histograms (fields xMax, yMax, count). Undefined when there is none of them.
 * @param unit of `le` and of the cells; `__bucket` is in s
 */
export function readLatencyBuckets(frames: readonly DataFrame[], unit: 's' | 'ms'): LatencyBuckets | undefined {
  const factor = unit === 'ms' ? 1e-3 : 1;
  return ofSeries(frames, 'le', factor, true) ?? ofSeries(frames, '__bucket', 1, false) ?? ofCells(frames, factor);
}

type Cell = { timeMs: number; bound: number; count: number };

function ofSeries(
  frames: readonly DataFrame[],
  label: string,
  factor: number,
  isCumulative: boolean
): LatencyBuckets | undefined {
  const cells: Cell[] = [];
  for (const frame of frames) {
    const times = frame.fields.find(({ type }) => type === FieldType.time);
    for (const field of frame.fields) {
      const bound = boundOf(field.labels?.[label]);
      if (!times || field.type !== FieldType.number || bound === undefined) {
        continue;
      }
      for (let row = 0; row < frame.length; row++) {
        addCell(cells, times.values[row], bound * factor, field.values[row]);
      }
    }
  }
  const buckets = toBuckets(cells);
  return buckets && isCumulative ? { ...buckets, counts: buckets.counts.map(differences) } : buckets;
}

function ofCells(frames: readonly DataFrame[], factor: number): LatencyBuckets | undefined {
  const cells: Cell[] = [];
  for (const frame of frames) {
    const [times, bounds, counts] = ['xMax', 'yMax', 'count'].map((name) => frame.fields.find((f) => f.name === name));
    for (let row = 0; times && bounds && counts && row < frame.length; row++) {
      const bound: unknown = bounds.values[row];
      if (typeof bound === 'number' && bound > 0) {
        addCell(cells, times.values[row], bound * factor, counts.values[row]);
      }
    }
  }
  return toBuckets(cells);
}

function boundOf(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const bound = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
  return bound > 0 ? bound : undefined;
}

function addCell(cells: Cell[], timeMs: unknown, bound: number, count: unknown): void {
  if (typeof timeMs === 'number' && typeof count === 'number' && Number.isFinite(count) && count >= 0) {
    cells.push({ timeMs, bound, count });
  }
}

function toBuckets(cells: readonly Cell[]): LatencyBuckets | undefined {
  if (cells.length === 0) {
    return undefined;
  }
  const bounds = ascending(cells.map(({ bound }) => bound));
  const times = ascending(cells.map(({ timeMs }) => timeMs));
  const columnOf = new Map(times.map((time, index) => [time, index]));
  const bucketOf = new Map(bounds.map((bound, index) => [bound, index]));
  const counts: LatencyBuckets['counts'] = times.map(() =>
    new Array<number | undefined>(bounds.length).fill(undefined)
  );
  for (const { timeMs, bound, count } of cells) {
    const column = counts[columnOf.get(timeMs) ?? 0];
    const bucket = bucketOf.get(bound) ?? 0;
    column[bucket] = (column[bucket] ?? 0) + count;
  }
  return { bounds, times, stepMs: stepOf(times), counts };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The least distance: a gap in the data is no longer step. */
function stepOf(times: readonly number[]): number {
  let step = Number.POSITIVE_INFINITY;
  for (let index = 1; index < times.length; index++) {
    step = Math.min(step, times[index] - times[index - 1]);
  }
  return Number.isFinite(step) ? step : 60_000;
}

/** Rates of single buckets; noise between scrapes can make a difference negative, which no count is. */
function differences(cumulative: ReadonlyArray<number | undefined>): Array<number | undefined> {
  let below = 0;
  return cumulative.map((count) => {
    if (count === undefined) {
      return undefined;
    }
    const own = Math.max(0, count - below);
    below = Math.max(below, count);
    return own;
  });
}
