import { encodeResourceSpansJson, encodeTraceByIdResponseProtobuf, encodeTraceProtobuf } from '../../../src/tempo/otlp';
import { type StoredTrace } from '../engine';
import { type TraceStore } from '../store';

import { type ApiAnswer, ApiError, type ApiRequest, jsonAnswer, protobufAnswer } from './answer';
import { llmTraceAnswer } from './llm-trace';
import { checkOrder, givenRange } from './params';
import { separateSharedIds } from './shared-span-ids';
import { traceFilter } from './trace-filter';

/** `/api/traces/{id}`: `{"batches": […]}`, or 404 with an empty body. */
export function handleTraceV1(id: string, { params, accept }: ApiRequest, store: TraceStore): ApiAnswer {
  const trace = findTrace(id, params, store);
  if (!trace) {
    return { status: 404, body: '' };
  }
  const spans = separateSharedIds(trace.spans);
  return accept.includes('application/protobuf')
    ? protobufAnswer(encodeTraceProtobuf(spans))
    : jsonAnswer({ batches: encodeResourceSpansJson(spans) });
}

const FILTERED = 'Trace filtered, only a subset of spans matching the filter is returned';

/** `/api/v2/traces/{id}`: an empty trace when there is none; with `q`, only the spans that match. */
export function handleTraceV2(id: string, { params, accept }: ApiRequest, store: TraceStore): ApiAnswer {
  const filter = traceFilter(params);
  const trace = findTrace(id, params, store);
  const all = separateSharedIds(trace?.spans ?? []);
  const spans = [...(trace && filter ? filter(trace, all) : all)];
  const partial = spans.length < all.length;
  const message = partial ? FILTERED : '';
  if (accept.includes('application/vnd.grafana.llm')) {
    return llmTraceAnswer(spans, partial);
  }
  if (accept.includes('application/protobuf')) {
    return protobufAnswer(encodeTraceByIdResponseProtobuf({ spans, partial, message }));
  }
  return jsonAnswer({
    trace: spans.length === 0 ? {} : { resourceSpans: encodeResourceSpansJson(spans) },
    metrics: {},
    ...(partial ? { status: 'PARTIAL', message } : {}),
  });
}

function findTrace(id: string, params: URLSearchParams, store: TraceStore): StoredTrace | undefined {
  const traceId = parseTraceId(id);
  const range = givenRange(params);
  if (range) {
    checkOrder(range);
  }
  return store.trace(traceId);
}

/** Short ids are padded; worded as Tempo does. */
function parseTraceId(id: string): string {
  const wrong = /[^0-9a-f]/i.exec(id);
  if (wrong) {
    throw new ApiError(
      `trace IDs can only contain hex characters: invalid character '${wrong[0]}' at position ${wrong.index + 1}`
    );
  }
  if (id.length > 32) {
    throw new ApiError("trace IDs can't be larger than 128 bits");
  }
  return id.toLowerCase().padStart(32, '0');
}
