import { labelsKey, type LabelSet, mergeLabels } from './labels';
import { type Collection, type Counter, type Gauge, timeSeries } from './metric';
import { SeriesMap } from './series-map';
import { type Label } from './write-request';

interface ValueSeries {
  labels: Label[];
  key: string;
  value: number;
  updatedMs: number;
  isNew: boolean;
}

type ExternalLabels = Readonly<Record<string, string>>;

function valueSeries(name: string, external: ExternalLabels): SeriesMap<ValueSeries> {
  return new SeriesMap((labelSet: LabelSet) => {
    const labels = mergeLabels(labelSet.labels, { ...external, __name__: name });
    return { labels, key: labelsKey(labels), value: 0, updatedMs: 0, isNew: true };
  });
}

/** A sum that only grows; a new series starts with a zero. */
export function createCounter(name: string, external: ExternalLabels): Counter {
  const series = valueSeries(name, external);
  return {
    increase: (labels, by, nowMs) => {
      series.update(labels, nowMs).value += by;
    },
    removeStale: (updatedBeforeMs) => series.removeStale(updatedBeforeMs),
    collect: (collection) => {
      for (const one of series.values()) {
        collectValue(one, collection, true);
      }
    },
  };
}

/** A value that is set. */
export function createGauge(name: string, external: ExternalLabels): Gauge {
  const series = valueSeries(name, external);
  const set = (labels: LabelSet, value: number, nowMs: number) => {
    series.update(labels, nowMs).value = value;
  };
  return {
    set,
    setOnce: (labels, value, nowMs) => {
      if (!series.has(labels)) {
        set(labels, value, nowMs);
      }
    },
    removeStale: (updatedBeforeMs) => series.removeStale(updatedBeforeMs),
    collect: (collection) => {
      for (const one of series.values()) {
        collectValue(one, collection, false);
      }
    },
  };
}

function collectValue(series: ValueSeries, collection: Collection, startsWithZero: boolean): void {
  const out = timeSeries(series.labels);
  const zeroMs = startsWithZero && series.isNew ? collection.zeroTimestampMs(series.key) : undefined;
  if (zeroMs !== undefined) {
    out.samples.push({ value: 0, timestampMs: zeroMs });
  }
  series.isNew = false;
  out.samples.push({ value: series.value, timestampMs: collection.timestampMs });
  collection.add(series.key, out);
}
