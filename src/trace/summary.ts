import { type Span, type Trace } from './model';
import { rootSpan } from './tree';

export interface TraceSummary {
  /** The span that gives the trace its name */
  root?: Span;
  /** ms since the Unix epoch, of the earliest span */
  startMs: number;
  /** ms from the first start to the last end */
  durationMs: number;
}

const NANOS_PER_MICRO = BigInt(1000);

/** What a list says about a trace, without building its tree. */
export function traceSummary(trace: Trace): TraceSummary {
  const { spans } = trace;
  let [start, end] = spans.length > 0 ? [spans[0].startTimeUnixNano, spans[0].endTimeUnixNano] : [BigInt(0), BigInt(0)];
  for (const span of spans) {
    start = span.startTimeUnixNano < start ? span.startTimeUnixNano : start;
    end = span.endTimeUnixNano > end ? span.endTimeUnixNano : end;
  }
  const duration = end > start ? end - start : BigInt(0);
  return { root: rootSpan(trace), startMs: Number(start / NANOS_PER_MICRO) / 1000, durationMs: Number(duration) / 1e6 };
}
