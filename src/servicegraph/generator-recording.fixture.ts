/** What a real generator wrote (tests/contract/generator), and the sums and quantiles that Prometheus makes of it. */
import { readFileSync } from 'fs';
import { join } from 'path';
import * as v from 'valibot';
import { type PromqlRow } from './run-promql';

const FOLDER = join(__dirname, '../../tests/contract/generator');

const NumberText = v.pipe(v.string(), v.transform(Number));
const Recording = v.object({
  response: v.object({
    data: v.object({
      result: v.array(
        v.object({
          metric: v.record(v.string(), v.string()),
          value: v.optional(v.tuple([v.number(), NumberText])),
          histogram: v.optional(
            v.tuple([
              v.number(),
              v.object({
                count: NumberText,
                sum: NumberText,
                buckets: v.optional(v.array(v.tuple([v.number(), NumberText, NumberText, NumberText])), []),
              }),
            ])
          ),
        })
      ),
    }),
  }),
});

/** Observations above `lower`, up to `upper`, both in s */
interface Bucket {
  lower: number;
  upper: number;
  count: number;
}

interface Recorded {
  labels: Record<string, string>;
  value?: number;
  count?: number;
  sum?: number;
  buckets?: Bucket[];
}

/** `default` or `extended`: the generator's configurations that were recorded */
export type Run = string;
export type RecordedHistogram = 'classic' | 'native';

export function recorded(run: Run, metric: string): Recorded[] {
  const text = readFileSync(join(FOLDER, run, `${metric}.json`), 'utf8');
  return v.parse(Recording, JSON.parse(text)).response.data.result.map(({ metric: labels, value, histogram }) => ({
    labels,
    value: value?.[1],
    count: histogram?.[1].count,
    sum: histogram?.[1].sum,
    buckets: histogram?.[1].buckets.map(([, lower, upper, count]) => ({ lower, upper, count })),
  }));
}

type Labels = Record<string, string>;
export type Chosen = (labels: Labels) => boolean;

function pick(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(names.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])));
}

/** `sum by (names)`, over a window of 1 s in which all of it came: a counter's value is its rate. */
export function sumBy(
  names: readonly string[],
  series: readonly Recorded[],
  read: (series: Recorded) => number | undefined = ({ value }) => value
): PromqlRow[] {
  const sums = new Map<string, PromqlRow>();
  for (const one of series) {
    const labels = pick(one.labels, names);
    const key = JSON.stringify(labels);
    const row = sums.get(key) ?? { labels, value: 0 };
    row.value += read(one) ?? 0;
    sums.set(key, row);
  }
  return [...sums.values()];
}

/** Sum and number of a histogram's observations by labels */
export interface Observed {
  labels: Labels;
  sum: number;
  count: number;
  buckets: Bucket[];
}

function cumulativeToBuckets(bounds: ReadonlyMap<number, number>): Bucket[] {
  let [lower, before] = [0, 0];
  return [...bounds]
    .sort(([a], [b]) => a - b)
    .map(([upper, total]) => {
      const bucket = { lower, upper, count: total - before };
      [lower, before] = [upper, total];
      return bucket;
    });
}

function mergedBuckets(series: ReadonlyArray<Pick<Recorded, 'buckets'>>): Bucket[] {
  const merged = new Map<number, Bucket>();
  for (const { lower, upper, count } of series.flatMap(({ buckets = [] }) => buckets)) {
    merged.set(upper, { lower, upper, count: (merged.get(upper)?.count ?? 0) + count });
  }
  return [...merged.values()].sort((a, b) => a.upper - b.upper);
}

/** Histograms added up by fewer labels than they have. */
export function addedBy(names: readonly string[], all: readonly Observed[]): Observed[] {
  const parts = new Map<string, Observed[]>();
  for (const one of all) {
    const key = JSON.stringify(pick(one.labels, names));
    parts.set(key, [...(parts.get(key) ?? []), one]);
  }
  return [...parts.values()].map((same) => ({
    labels: pick(same[0].labels, names),
    sum: same.reduce((total, { sum }) => total + sum, 0),
    count: same.reduce((total, { count }) => total + count, 0),
    buckets: mergedBuckets(same),
  }));
}

/** A recorded histogram added up by labels. @param chosen which series count */
export function observedBy(
  names: readonly string[],
  { run, metric, kind, chosen = () => true }: { run: Run; metric: string; kind: RecordedHistogram; chosen?: Chosen }
): Observed[] {
  const read = (name: string) => recorded(run, name).filter(({ labels }) => chosen(labels));
  const isOf = (labels: Labels) => (one: { labels: Labels }) =>
    JSON.stringify(pick(one.labels, names)) === JSON.stringify(labels);
  if (kind === 'native') {
    const series = read(metric);
    const sums = sumBy(names, series, ({ sum }) => sum);
    const counts = sumBy(names, series, ({ count }) => count);
    return sums.map(({ labels, value }, index) => {
      const own = series.filter(isOf(labels));
      return { labels, sum: value, count: counts[index].value, buckets: mergedBuckets(own) };
    });
  }
  const counts = sumBy(names, read(`${metric}_count`));
  const bounds = sumBy([...names, 'le'], read(`${metric}_bucket`));
  return sumBy(names, read(`${metric}_sum`)).map(({ labels, value }) => {
    const own = bounds.filter(isOf(labels));
    return {
      labels,
      sum: value,
      count: counts.find(isOf(labels))?.value ?? NaN,
      buckets: cumulativeToBuckets(
        new Map(own.map((row) => [row.labels.le === '+Inf' ? Infinity : Number(row.labels.le), row.value]))
      ),
    };
  });
}

/**
 * Quantile in s as Prometheus 3 estimates it: within a classic bucket observations are spread evenly, within a native one
 * evenly on a logarithmic scale. https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function quantileOf(buckets: readonly Bucket[], quantile: number, kind: RecordedHistogram): number {
  const rank = quantile * buckets.reduce((total, { count }) => total + count, 0);
  let before = 0;
  for (const { lower, upper, count } of buckets) {
    if (count > 0 && before + count >= rank) {
      const share = (rank - before) / count;
      const least = Math.max(0, lower);
      return upper === Infinity
        ? least
        : kind === 'native' && least > 0
          ? least * (upper / least) ** share
          : least + (upper - least) * share;
    }
    before += count;
  }
  return NaN;
}
