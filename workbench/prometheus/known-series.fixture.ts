/** Series whose rates, means and quantiles are known: a sample every 15 s that grows by the same amount each time. */
import { type Exemplar, type NativeHistogram, type TimeSeries } from '../tempo/generator';
import { bucketIndex, encodeBuckets } from '../tempo/generator/exponential-histogram';
import { sortLabels } from '../tempo/generator/labels';
import { type HistogramKind, type LatencyUnit } from '../../src/servicegraph/dialect';

export const END_MS = Date.UTC(2026, 0, 1);
export const STEP_S = 15;
/** Samples before the last one */
const STEPS = 100;
/** 2^(1/8): buckets grow by 9 % */
const SCHEMA = 3;
const BOUNDS = [0.1, 0.5, 2];

/** What is observed between two samples. */
export type Observations = ReadonlyArray<readonly [seconds: number, count: number]>;

export interface Life {
  /** s before the end; the first and the last sample */
  from?: number;
  to?: number;
  /** s before the end; the counter starts again */
  restart?: number;
  /** Growth of so many steps before the first sample */
  past?: number;
}

type Labels = Record<string, string>;

interface Tick {
  timestampMs: number;
  /** Steps of growth since the counter was 0 */
  grown: number;
}

function ticks({ from = STEPS * STEP_S, to = 0, restart, past = 0 }: Life): Tick[] {
  return Array.from({ length: (from - to) / STEP_S + 1 }, (_, index) => {
    const before = from - index * STEP_S;
    const restarted = restart !== undefined && before <= restart;
    return {
      timestampMs: END_MS - before * 1000,
      grown: restarted ? (restart - before) / STEP_S + 1 : index + past,
    };
  });
}

function timeSeries(name: string, labels: Labels): TimeSeries {
  const all = Object.entries({ __name__: name, ...labels }).filter(([, value]) => value !== '');
  return {
    labels: sortLabels(all.map(([label, value]) => ({ name: label, value }))),
    samples: [],
    exemplars: [],
    histograms: [],
  };
}

export function counter(name: string, labels: Labels, perSecond: number, life: Life = {}): TimeSeries {
  const samples = ticks(life).map(({ timestampMs, grown }) => ({ timestampMs, value: grown * perSecond * STEP_S }));
  return { ...timeSeries(name, labels), samples };
}

function classic(
  base: string,
  labels: Labels,
  observed: Observations,
  unit: LatencyUnit,
  life: Life,
  exemplars: Exemplar[]
) {
  const factor = unit === 'ms' ? 1000 : 1;
  const count = (most: number) => observed.reduce((all, [seconds, times]) => all + (seconds <= most ? times : 0), 0);
  const sum = observed.reduce((all, [seconds, times]) => all + seconds * times * factor, 0);
  const grow = (name: string, more: Labels, amount: number) =>
    counter(name, { ...labels, ...more }, amount / STEP_S, life);
  return [
    ...BOUNDS.map((bound) => grow(`${base}_bucket`, { le: String(bound * factor) }, count(bound))),
    { ...grow(`${base}_bucket`, { le: '+Inf' }, count(Infinity)), exemplars },
    grow(`${base}_count`, {}, count(Infinity)),
    grow(`${base}_sum`, {}, sum),
  ];
}

function nativeSample(observed: Observations, factor: number, { timestampMs, grown }: Tick): NativeHistogram {
  const buckets = new Map<number, number>();
  for (const [seconds, times] of observed.filter(([value]) => value > 0)) {
    const index = bucketIndex(seconds * factor, SCHEMA);
    buckets.set(index, (buckets.get(index) ?? 0) + times * grown);
  }
  const { spans, deltas } = encodeBuckets(buckets);
  const total = (list: Observations) => list.reduce((all, [, times]) => all + times * grown, 0);
  return {
    count: total(observed),
    sum: observed.reduce((all, [seconds, times]) => all + seconds * times * factor * grown, 0),
    schema: SCHEMA,
    zeroThreshold: 2 ** -128,
    zeroCount: total(observed.filter(([seconds]) => seconds === 0)),
    positiveSpans: grown > 0 ? spans : [],
    positiveDeltas: grown > 0 ? deltas : [],
    timestampMs,
  };
}

export interface HistogramOptions extends Life {
  kind: HistogramKind;
  unit?: LatencyUnit;
  exemplars?: Exemplar[];
}

export function histogram(
  base: string,
  labels: Labels,
  observed: Observations,
  options: HistogramOptions
): TimeSeries[] {
  const { kind, unit = 's', exemplars = [], ...life } = options;
  const factor = unit === 'ms' ? 1000 : 1;
  const native = () => ({
    ...timeSeries(base, labels),
    histograms: ticks(life).map((tick) => nativeSample(observed, factor, tick)),
  });
  return [
    ...(kind === 'native' ? [] : classic(base, labels, observed, unit, life, exemplars)),
    ...(kind === 'classic' ? [] : [native()]),
  ];
}

/** s; the bucket of a native histogram that a value is in: quantiles are told no finer. */
export function bucketAround(seconds: number, unit: LatencyUnit): { least: number; most: number } {
  const factor = unit === 'ms' ? 1000 : 1;
  const index = Math.ceil(Math.log2(seconds * factor) * 2 ** SCHEMA);
  return { least: 2 ** ((index - 1) / 2 ** SCHEMA) / factor, most: 2 ** (index / 2 ** SCHEMA) / factor };
}
