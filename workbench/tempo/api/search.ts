import { anyValueJson } from '../../../src/tempo/otlp';
import {
  type AnsweredSpan,
  answerReader,
  compilePipeline,
  type FetchedSpanset,
  NO_ROOT,
  shownTraceId,
  type StoredTrace,
  toAnyValue,
  traceIndex,
  type TraceSource,
} from '../engine';

import { type ApiAnswer, ApiError, type ApiRequest, jsonAnswer } from './answer';
import { legacyFilter } from './legacy-search';
import { checkLength, checkOrder, nanosOf, rangeOrRecent, uintParam } from './params';
import { parsedQuery, searchPipeline } from './traceql';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 262144;
const DEFAULT_SPANS = 3;
const MAX_SPANS = 100;

/** `/api/search`. Traces come newest first, with and without the hint `most_recent`. */
export function handleSearch({ params }: ApiRequest, source: TraceSource, nowMs: number): ApiAnswer {
  const range = rangeOrRecent(params, nowMs);
  checkOrder(range);
  const limit = searchLimit(params);
  const spans = spansPerSpanset(params);
  const text = params.get('q') ?? '';
  if (text !== '' && params.has('tags')) {
    throw new ApiError("invalid request: can't specify tags and q in the same query");
  }
  const find = text === '' ? withoutQuery(params) : withQuery(text, spans);
  checkLength(range);
  return jsonAnswer({
    traces: firstFound(source.traces(nanosOf(range)), find, limit),
    metrics: { completedJobs: 1, totalJobs: 1 },
  });
}

type Find = (trace: StoredTrace) => unknown;

function firstFound(traces: Iterable<StoredTrace>, find: Find, limit: number): unknown[] {
  const found: unknown[] = [];
  for (const trace of traces) {
    const answer = find(trace);
    if (answer !== undefined && found.push(answer) >= limit) {
      break;
    }
  }
  return found;
}

function withoutQuery(params: URLSearchParams): Find {
  const matches = legacyFilter(params);
  return (trace) => (matches(trace) ? traceMeta(trace) : undefined);
}

function withQuery(text: string, spansPerSpanset: number): Find {
  const compiled = compilePipeline(searchPipeline(parsedQuery(text)));
  const read = answerReader(compiled);
  return (trace) => {
    const spansets = compiled.evaluate(trace);
    if (spansets.length === 0) {
      return undefined;
    }
    const answered = spansets.map((spanset) => spansetJson(spanset, read, spansPerSpanset));
    return {
      ...traceMeta(trace),
      spanSet: answered[0],
      spanSets: answered,
      serviceStats: serviceStats(trace),
    };
  };
}

function searchLimit(params: URLSearchParams): number {
  const limit = uintParam(params, 'limit') ?? DEFAULT_LIMIT;
  if (limit === 0) {
    throw new ApiError('invalid limit: must be a positive number');
  }
  if (limit > MAX_LIMIT) {
    throw new ApiError(`limit ${limit} exceeds max limit ${MAX_LIMIT}`);
  }
  return limit;
}

/** Tempo takes 0 for its default. */
function spansPerSpanset(params: URLSearchParams): number {
  const spans = uintParam(params, 'spss') ?? 0;
  if (spans > MAX_SPANS) {
    throw new ApiError(`spans per span set exceeds ${MAX_SPANS}. received ${spans}`);
  }
  return spans === 0 ? DEFAULT_SPANS : spans;
}

/** Absent are what proto3 leaves out: empty texts and zeros. */
function traceMeta(trace: StoredTrace): Record<string, unknown> {
  const { rootService, rootName } = traceIndex(trace);
  const durationMs = Math.floor(trace.durationNanos / 1e6);
  return {
    traceID: shownTraceId(trace.traceId),
    rootServiceName: rootService === '' ? NO_ROOT : rootService,
    ...(rootName === '' ? {} : { rootTraceName: rootName }),
    startTimeUnixNano: String(trace.startTimeUnixNano),
    ...(durationMs === 0 ? {} : { durationMs }),
  };
}

function serviceStats(trace: StoredTrace): Record<string, unknown> {
  const stats = [...traceIndex(trace).serviceStats].map(([service, { spanCount, errorCount }]) => [
    service,
    { spanCount, ...(errorCount === 0 ? {} : { errorCount }) },
  ]);
  return Object.fromEntries(stats);
}

function spansetJson(
  { spans, attributes }: FetchedSpanset,
  read: (span: FetchedSpanset['spans'][number]) => AnsweredSpan,
  limit: number
): Record<string, unknown> {
  return {
    spans: spans.slice(0, limit).map((span) => spanJson(span, read(span))),
    matched: spans.length,
    ...attributesJson(attributes),
  };
}

function spanJson({ span }: FetchedSpanset['spans'][number], { name, attributes }: AnsweredSpan): unknown {
  const duration = BigInt.asUintN(64, span.endTimeUnixNano - span.startTimeUnixNano);
  return {
    spanID: span.spanId,
    ...(name ? { name } : {}),
    startTimeUnixNano: String(span.startTimeUnixNano),
    ...(duration === BigInt(0) ? {} : { durationNanos: String(duration) }),
    ...attributesJson(attributes),
  };
}

function attributesJson(attributes: AnsweredSpan['attributes']): Record<string, unknown> {
  if (attributes.length === 0) {
    return {};
  }
  return { attributes: attributes.map(({ key, value }) => ({ key, value: anyValueJson(toAnyValue(value)) })) };
}
