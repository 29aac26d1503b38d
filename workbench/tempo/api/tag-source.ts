import { compilePipeline, type MatchedSpan, traceIndex, type TraceSource } from '../engine';

import { nanosOf, rangeOrRecent, checkLength, uintParam } from './params';
import { lenientFilter } from './traceql';

/** What the tag endpoints look at. */
export interface TagQuery {
  /** Spans of the window that pass the filter `q`. */
  matched: Iterable<MatchedSpan>;
  /** All spans of the window, when `q` left some out. */
  all?: Iterable<MatchedSpan>;
  /** How many names or values to answer at most; Infinity when not given. */
  limit: number;
}

export function tagQuery(params: URLSearchParams, source: TraceSource, nowMs: number): TagQuery {
  const range = rangeOrRecent(params, nowMs);
  checkLength(range);
  const limit = uintParam(params, 'limit') || Infinity;
  const window = nanosOf(range);
  const all: Iterable<MatchedSpan> = { [Symbol.iterator]: () => everySpan(source.traces(window)) };
  const pipeline = lenientFilter(params.get('q') ?? '');
  if (!pipeline) {
    return { matched: all, limit };
  }
  const compiled = compilePipeline(pipeline);
  const matched: Iterable<MatchedSpan> = {
    *[Symbol.iterator]() {
      for (const trace of source.traces(window)) {
        yield* compiled.evaluate(trace).flatMap(({ spans }) => spans);
      }
    },
  };
  return { matched, all, limit };
}

function* everySpan(traces: ReturnType<TraceSource['traces']>): Iterator<MatchedSpan> {
  for (const trace of traces) {
    yield* traceIndex(trace).rows;
  }
}
