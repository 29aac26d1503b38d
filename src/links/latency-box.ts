/** A box drawn on a latency chart: some time, some latencies. */
import { type SpanSelection, spansQuery } from '../servicegraph/traces-of';
import { type SpanComparison } from './urls';

export interface LatencyBox {
  /** ms since the Unix epoch */
  fromMs: number;
  toMs: number;
  /** s; 0 is no lower bound */
  min: number;
  /** s; Infinity is no upper bound */
  max: number;
}

/** The condition on `duration` for spans in the box, above `min` and up to `max` as buckets have it; '' for any latency. */
export function boxCondition({ min, max }: LatencyBox): string {
  return [
    ...(min > 0 ? [`duration > ${traceqlDuration(min)}`] : []),
    ...(Number.isFinite(max) ? [`duration <= ${traceqlDuration(max)}`] : []),
  ].join(' && ');
}

/** Seconds as a TraceQL duration, to the microsecond. */
export function traceqlDuration(seconds: number): string {
  const us = Math.max(0, Math.round(seconds * 1e6));
  if (us % 1_000_000 === 0) {
    return `${us / 1_000_000}s`;
  }
  return us % 1000 === 0 ? `${us / 1000}ms` : `${us}us`;
}

/** The search for the selected spans that are in the box. */
export function boxQuery(spans: SpanSelection, box: LatencyBox): string {
  return spansQuery(spans, boxCondition(box));
}

/** The spans in the box against all others that are selected. */
export function boxComparison(spans: SpanSelection, box: LatencyBox): SpanComparison {
  const selection = boxCondition(box);
  return {
    query: spansQuery(spans),
    // Every span has a duration.
    selection: `{ ${selection === '' ? 'duration >= 0s' : selection} }`,
    selectionFrom: Math.floor(box.fromMs),
    selectionTo: Math.ceil(box.toMs),
  };
}
