import { type Pipeline } from '../../../src/traceql/ast';
import { type CompiledPipeline, compilePipeline, type StoredTrace, type TraceSource } from '../engine';

import { type TimeAxis } from './time-axis';

/** A span that matches, as the engine hands it over. */
export type MatchedSpan = ReturnType<CompiledPipeline['evaluate']>[number]['spans'][number];

export interface MetricsInput {
  source: TraceSource;
  axis: TimeAxis;
  /** At most so many exemplars */
  exemplars: number;
  /** Evaluation ends when there are so many series; 0 for no limit. */
  maxSeries: number;
}

/**
 * Hands each span that matches and starts on the axis to `observe`, until that says stop. `isFirst` marks the first one
 * of its trace.
 */
export function forEachSpan(
  pipeline: Pipeline,
  { source, axis, maxSeries }: MetricsInput,
  observe: (span: MatchedSpan, interval: number, isFirst: boolean) => 'stop' | void
): void {
  if (axis.intervals === 0) {
    return;
  }
  const compiled = compilePipeline(pipeline);
  const traces = source.traces({ startTimeUnixNano: axis.start, endTimeUnixNano: axis.end });
  // Tempo reads in the order of ids, which shows when it stops halfway.
  for (const trace of maxSeries > 0 ? byId(traces) : traces) {
    let isFirst = true;
    for (const { spans } of compiled.evaluate(trace)) {
      for (const matched of spans) {
        const time = matched.span.startTimeUnixNano;
        if (!axis.contains(time)) {
          continue;
        }
        if (observe(matched, axis.intervalOf(time), isFirst) === 'stop') {
          return;
        }
        isFirst = false;
      }
    }
  }
}

function byId(traces: Iterable<StoredTrace>): StoredTrace[] {
  return [...traces].sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
}
