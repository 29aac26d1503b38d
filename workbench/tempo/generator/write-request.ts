/**
 * What the generator hands to Prometheus: the shapes of remote write 1.0 (`prompb.WriteRequest`) as plain values.
 */

export interface Label {
  name: string;
  value: string;
}

export interface Sample {
  value: number;
  /** ms since the Unix epoch */
  timestampMs: number;
}

export interface Exemplar {
  labels: Label[];
  value: number;
  /** ms since the Unix epoch */
  timestampMs: number;
}

/** A run of consecutive buckets; `offset` counts from the end of the run before it (from index 0 for the first). */
export interface BucketSpan {
  offset: number;
  length: number;
}

/** A native histogram with exponential buckets and integer counts. */
export interface NativeHistogram {
  count: number;
  sum: number;
  /** Bucket i has the upper bound 2^(i / 2^schema). */
  schema: number;
  zeroThreshold: number;
  zeroCount: number;
  positiveSpans: BucketSpan[];
  /** Each count as the difference to the bucket before it. */
  positiveDeltas: number[];
  /** ms since the Unix epoch */
  timestampMs: number;
}

export interface TimeSeries {
  /** Sorted by name, `__name__` included. */
  labels: Label[];
  /** In the order of time. */
  samples: Sample[];
  exemplars: Exemplar[];
  histograms: NativeHistogram[];
}

export interface WriteRequest {
  timeseries: TimeSeries[];
}
