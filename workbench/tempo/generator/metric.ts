import { type LabelSet } from './labels';
import { type TimeSeries } from './write-request';

/** What every metric of the registry can do. */
export interface Metric {
  /** Adds the current state of all series. */
  collect(collection: Collection): void;
  /** Forgets series that were not updated since. */
  removeStale(updatedBeforeMs: number): void;
}

/** One collection: the series that are sent together, with one time. */
export interface Collection {
  timestampMs: number;
  /**
   * When a new series gets the zero that lets `rate()` see its first value: a second before the current minute began,
   * so that down-sampling keeps it apart. Absent when Prometheus already has a later sample of that series.
   */
  zeroTimestampMs(seriesKey: string): number | undefined;
  add(seriesKey: string, series: TimeSeries): void;
}

export interface Counter extends Metric {
  increase(labels: LabelSet, by: number, nowMs: number): void;
}

export interface Gauge extends Metric {
  set(labels: LabelSet, value: number, nowMs: number): void;
  /** Sets the value of a new series; a known one is left alone and ages. */
  setOnce(labels: LabelSet, value: number, nowMs: number): void;
}

export interface Histogram extends Metric {
  /** `multiplier` counts the observation several times; `traceId` is what the exemplar names, '' for none. */
  observe(labels: LabelSet, value: number, traceId: string, multiplier: number, nowMs: number): void;
}

export function timeSeries(labels: TimeSeries['labels']): TimeSeries {
  return { labels, samples: [], exemplars: [], histograms: [] };
}
