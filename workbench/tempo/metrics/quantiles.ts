import { type Bucket, log2Quantile } from './log2-buckets';
import {
  BUCKET_LABEL,
  type Exemplar,
  numberLabel,
  QUANTILE_LABEL,
  type Series,
  seriesKey,
  type SeriesLabel,
} from './series';

interface Histogram {
  labels: SeriesLabel[];
  /** Counts of each interval */
  buckets: Array<{ max: number; counts: Float64Array }>;
  exemplars: Exemplar[];
}

/** One series for each group and quantile, from the series of counts in each bucket. Intervals without spans are 0. */
export function quantileSeries(counts: readonly Series[], quantiles: readonly number[]): Series[] {
  const overall = overallQuantiles(counts, quantiles);
  return histogramsOf(counts).flatMap((histogram) =>
    quantiles.map((p, index) => ({
      labels: [...histogram.labels, numberLabel(QUANTILE_LABEL, p)],
      values: quantileOverTime(histogram, p),
      exemplars: histogram.exemplars.filter(({ value }) => closest(value, overall) === index),
    }))
  );
}

function bucketMax({ labels }: Series): number {
  const value = labels.find(({ name }) => name === BUCKET_LABEL)?.value;
  return value?.type === 'float' ? value.value : NaN;
}

function histogramsOf(counts: readonly Series[]): Histogram[] {
  const histograms = new Map<string, Histogram>();
  for (const series of [...counts].sort((a, b) => bucketMax(a) - bucketMax(b))) {
    const labels = series.labels.filter(({ name }) => name !== BUCKET_LABEL);
    const key = seriesKey(labels);
    const histogram = histograms.get(key) ?? { labels, buckets: [], exemplars: [] };
    histogram.buckets.push({ max: bucketMax(series), counts: series.values });
    histogram.exemplars.push(...series.exemplars);
    histograms.set(key, histogram);
  }
  return [...histograms.values()];
}

function quantileOverTime({ buckets }: Histogram, p: number): Float64Array {
  const values = new Float64Array(buckets[0].counts.length);
  for (let interval = 0; interval < values.length; interval++) {
    const filled: Bucket[] = [];
    for (const { max, counts } of buckets) {
      if (counts[interval] > 0) {
        filled.push({ max, count: counts[interval] });
      }
    }
    values[interval] = log2Quantile(p, filled);
  }
  return values;
}

/** Over all groups and times: what exemplars are told apart by. */
function overallQuantiles(counts: readonly Series[], quantiles: readonly number[]): number[] {
  const totals = new Map<number, number>();
  for (const series of counts) {
    const max = bucketMax(series);
    totals.set(max, (totals.get(max) ?? 0) + series.values.reduce((sum, value) => sum + value, 0));
  }
  const buckets = [...totals].map(([max, count]) => ({ max, count })).sort((a, b) => a.max - b.max);
  return quantiles.map((p) => log2Quantile(p, buckets));
}

function closest(value: number, candidates: readonly number[]): number {
  let best = 0;
  candidates.forEach((candidate, i) => {
    if (Math.abs(value - candidate) < Math.abs(value - candidates[best])) {
      best = i;
    }
  });
  return best;
}
