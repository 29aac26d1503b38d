import { decimalText } from './attribute-text';
import { ExponentialHistogram } from './exponential-histogram';
import { labelsKey, type LabelSet, mergeLabels } from './labels';
import { type Collection, type Histogram, timeSeries } from './metric';
import { addNativeExemplar, type ObservedExemplar } from './native-exemplars';
import { SeriesMap } from './series-map';
import { type Exemplar, type Label } from './write-request';

export interface HistogramOptions {
  name: string;
  /** Upper bounds, ascending, without +Inf */
  buckets: readonly number[];
  mode: 'classic' | 'native' | 'both';
  externalLabels: Readonly<Record<string, string>>;
  traceIdLabelName: string;
  nativeBucketFactor: number;
  nativeMaxBuckets: number;
  nativeMinResetMs: number;
}

interface SeriesName {
  labels: Label[];
  key: string;
}

interface HistogramSeries {
  count: SeriesName;
  sum: SeriesName;
  buckets: SeriesName[];
  native: SeriesName;
  updatedMs: number;
  isNew: boolean;
  countValue: number;
  sumValue: number;
  /** Not cumulative; the last is +Inf. */
  bucketCounts: number[];
  bucketExemplars: Array<ObservedExemplar | undefined>;
  nativeHistogram?: ExponentialHistogram;
  nativeExemplars: ObservedExemplar[];
  lastResetMs: number;
}

/** A latency histogram: classic `_bucket`, `_sum` and `_count` series, a native histogram under the base name, or both. */
export function createHistogram(options: HistogramOptions): Histogram {
  const series = new SeriesMap((labels: LabelSet) => createSeries(labels, options));
  return {
    observe: (labels, value, traceId, multiplier, nowMs) =>
      observe(series.update(labels, nowMs), options, { value, traceId, timestampMs: nowMs }, multiplier),
    removeStale: (updatedBeforeMs) => series.removeStale(updatedBeforeMs),
    collect: (collection) => {
      for (const one of series.values()) {
        restoreResolution(one, options, collection.timestampMs);
        if (options.mode !== 'native') {
          collectClassic(one, options, collection);
        }
        if (options.mode !== 'classic') {
          collectNative(one, options, collection);
        }
        one.isNew = false;
      }
    },
  };
}

function createSeries({ labels }: LabelSet, options: HistogramOptions): HistogramSeries {
  const named = (name: string, more: Record<string, string> = {}): SeriesName => {
    const all = mergeLabels(labels, { ...options.externalLabels, ...more, __name__: name });
    return { labels: all, key: labelsKey(all) };
  };
  const bounds = [...options.buckets, Infinity];
  return {
    count: named(`${options.name}_count`),
    sum: named(`${options.name}_sum`),
    buckets: bounds.map((bound) => named(`${options.name}_bucket`, { le: decimalText(bound) })),
    native: named(options.name),
    updatedMs: 0,
    isNew: true,
    countValue: 0,
    sumValue: 0,
    bucketCounts: bounds.map(() => 0),
    bucketExemplars: bounds.map(() => undefined),
    nativeHistogram:
      options.mode === 'classic'
        ? undefined
        : new ExponentialHistogram(options.nativeBucketFactor, options.nativeMaxBuckets),
    nativeExemplars: [],
    lastResetMs: -1,
  };
}

function observe(
  series: HistogramSeries,
  options: HistogramOptions,
  observation: ObservedExemplar,
  multiplier: number
): void {
  const { value } = observation;
  // A native histogram counts whole observations, so a fraction counts as one more.
  const times = series.nativeHistogram ? Math.ceil(multiplier) : multiplier;
  const bucket = bucketOf(options.buckets, value);
  if (series.nativeHistogram) {
    if (series.lastResetMs < 0) {
      series.lastResetMs = observation.timestampMs;
    }
    for (let i = 0; i < times; i++) {
      series.nativeHistogram.observe(value);
    }
    limitBuckets(series, series.nativeHistogram, options, observation, times);
  }
  series.countValue += times;
  series.sumValue += value * times;
  series.bucketCounts[bucket] += times;
  if (observation.traceId !== '') {
    series.bucketExemplars[bucket] = observation;
    addNativeExemplar(series.nativeExemplars, observation);
  }
}

function bucketOf(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Starts over when the last time was long enough ago, else makes the buckets wider, as Prometheus' client does. */
function limitBuckets(
  series: HistogramSeries,
  native: ExponentialHistogram,
  options: HistogramOptions,
  observation: ObservedExemplar,
  times: number
): void {
  if (!native.tooManyBuckets) {
    return;
  }
  const mayReset =
    options.nativeMinResetMs > 0 && observation.timestampMs - series.lastResetMs >= options.nativeMinResetMs;
  if (!mayReset) {
    native.widenBuckets();
    return;
  }
  resetCounts(series, native, observation.timestampMs);
  for (let i = 0; i < times; i++) {
    native.observe(observation.value);
  }
}

/** A histogram with widened buckets starts over at full resolution as soon as a reset is allowed. */
function restoreResolution(series: HistogramSeries, options: HistogramOptions, nowMs: number): void {
  const native = series.nativeHistogram;
  if (native?.coarsened && options.nativeMinResetMs > 0 && nowMs - series.lastResetMs >= options.nativeMinResetMs) {
    resetCounts(series, native, nowMs);
  }
}

function resetCounts(series: HistogramSeries, native: ExponentialHistogram, nowMs: number): void {
  native.reset();
  series.lastResetMs = nowMs;
  series.countValue = 0;
  series.sumValue = 0;
  series.bucketCounts.fill(0);
}

function collectClassic(series: HistogramSeries, options: HistogramOptions, collection: Collection): void {
  const { timestampMs } = collection;
  const addSample = ({ labels, key }: SeriesName, value: number, startsWithZero: boolean, exemplars: Exemplar[]) => {
    const out = timeSeries(labels);
    const zeroMs = startsWithZero && series.isNew ? collection.zeroTimestampMs(key) : undefined;
    if (zeroMs !== undefined) {
      out.samples.push({ value: 0, timestampMs: zeroMs });
    }
    out.samples.push({ value, timestampMs });
    out.exemplars = exemplars;
    collection.add(key, out);
  };
  addSample(series.sum, series.sumValue, false, []);
  addSample(series.count, series.countValue, true, []);
  let cumulative = 0;
  series.buckets.forEach((bucket, i) => {
    cumulative += series.bucketCounts[i];
    const observed = series.bucketExemplars[i];
    // Sent once: the same exemplar again would pretend to be a new one.
    series.bucketExemplars[i] = undefined;
    addSample(bucket, cumulative, true, observed ? [exemplarOf(observed, options, timestampMs)] : []);
  });
}

function collectNative(series: HistogramSeries, options: HistogramOptions, collection: Collection): void {
  const { timestampMs } = collection;
  const native = series.nativeHistogram;
  if (!native) {
    return;
  }
  const out = timeSeries(series.native.labels);
  const zeroMs = series.isNew ? collection.zeroTimestampMs(series.native.key) : undefined;
  if (zeroMs !== undefined) {
    out.histograms.push(native.empty(zeroMs));
  }
  out.histograms.push(native.snapshot(timestampMs));
  // With classic buckets beside it, those carry the exemplars.
  if (options.mode === 'native') {
    out.exemplars = series.nativeExemplars.map((observed) => exemplarOf(observed, options, timestampMs));
  }
  series.nativeExemplars = [];
  collection.add(series.native.key, out);
}

/** Tempo gives exemplars the time of the collection. */
function exemplarOf(observed: ObservedExemplar, options: HistogramOptions, timestampMs: number): Exemplar {
  return { labels: [{ name: options.traceIdLabelName, value: observed.traceId }], value: observed.value, timestampMs };
}
