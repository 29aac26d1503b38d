import { type Pipeline } from '../../../src/traceql/ast';

import { compilePipeline } from './pipeline';
import { type TimeWindow, type TraceMatch, type TraceSource } from './types';

export { readField, readFieldValues, shownTraceId, NO_ROOT } from './fields';
export { answerReader, type AnsweredSpan } from './answer-reader';
export { compilePipeline, EvaluationError, type CompiledPipeline, type FetchedSpanset } from './pipeline';
export { serviceName, traceIndex } from './trace-index';
export { toAnyValue } from './values';
export type * from './types';

/** Evaluates a pipeline over the traces of a window, lazily. Throws EvaluationError for what Tempo cannot evaluate. */
export function* evaluatePipeline(pipeline: Pipeline, source: TraceSource, window: TimeWindow): Iterable<TraceMatch> {
  const compiled = compilePipeline(pipeline);
  for (const trace of source.traces(window)) {
    const spansets = compiled.evaluate(trace);
    if (spansets.length > 0) {
      yield { trace, spansets };
    }
  }
}
