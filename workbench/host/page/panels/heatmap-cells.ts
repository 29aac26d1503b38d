import { type DataFrame, DataFrameType, type Field, FieldType } from '@grafana/data';

/** One rectangle of a heatmap: a bucket of values at one step of time. */
export interface HeatmapCell {
  /** ms; the cell covers the step before it */
  time: number;
  /** Index of the bucket, lowest first. */
  bucket: number;
  count: number;
}

export interface HeatmapData {
  cells: HeatmapCell[];
  /** Names of the buckets, lowest first: their upper bounds. */
  buckets: string[];
  times: number[];
  /** ms */
  stepMs: number;
  maxCount: number;
}

/** Reads a heatmap from rows (one field for each bucket) or cells (native histograms). Undefined without data. */
export function readHeatmap(frames: DataFrame[]): HeatmapData | undefined {
  const cellFrame = frames.find(({ meta, length }) => meta?.type === DataFrameType.HeatmapCells && length > 0);
  const rowFrame = frames.find(
    ({ length, fields }) => length > 0 && fields.some(({ type }) => type === FieldType.number)
  );
  if (cellFrame) {
    return fromCells(cellFrame);
  }
  return rowFrame ? fromRows(rowFrame) : undefined;
}

function fromRows(frame: DataFrame): HeatmapData | undefined {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const counts = frame.fields.filter(({ type }) => type === FieldType.number);
  if (!time || counts.length === 0) {
    return undefined;
  }
  const cells = counts.flatMap((field, bucket) =>
    field.values.map((count, row) => ({ time: Number(time.values[row]), bucket, count: Number(count) }))
  );
  return summarise(cells, counts.map(bucketName), time);
}

function bucketName(field: Field): string {
  return field.labels?.le ?? field.config.displayNameFromDS ?? field.name;
}

function fromCells(frame: DataFrame): HeatmapData | undefined {
  const find = (name: string) => frame.fields.find((field) => field.name === name);
  const [time, upper, count] = [find('xMax'), find('yMax'), find('count')];
  if (!time || !upper || !count) {
    return undefined;
  }
  const bounds = [...new Set(upper.values.map(Number))].sort((a, b) => a - b);
  const bucketOf = new Map(bounds.map((bound, index) => [bound, index]));
  const cells = time.values.map((at, row) => ({
    time: Number(at),
    bucket: bucketOf.get(Number(upper.values[row])) ?? 0,
    count: Number(count.values[row]),
  }));
  return summarise(
    cells,
    bounds.map((bound) => bound.toPrecision(3)),
    time
  );
}

function summarise(cells: HeatmapCell[], buckets: string[], time: Field): HeatmapData {
  const times = [...new Set(cells.map((cell) => cell.time))].sort((a, b) => a - b);
  const filled = cells.filter(({ count }) => count > 0);
  return {
    cells: filled,
    buckets,
    times,
    stepMs: time.config.interval ?? smallestGap(times),
    maxCount: filled.reduce((max, { count }) => Math.max(max, count), 0),
  };
}

function smallestGap(times: number[]): number {
  return times
    .slice(1)
    .reduce((gap, time, index) => Math.min(gap, time - times[index]), times.length > 1 ? Infinity : 0);
}

/** Index of the bucket (with fraction) that holds `value`, when the buckets are named by upper bounds. */
export function bucketOfValue(buckets: string[], value: number): number {
  const index = buckets.findIndex((name) => name !== '+Inf' && Number(name) >= value);
  return index === -1 ? buckets.length - 1 : index;
}
