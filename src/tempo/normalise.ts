import type * as v from 'valibot';
import { normalizeTraceId } from '../trace/ids';
import {
  type metricsInstantSchema,
  type metricsRangeSchema,
  type searchSchema,
  type tagsSchema,
  type tagValuesSchema,
} from './schemas';
import {
  type MetricsExemplar,
  type MetricsResponse,
  type SearchResponse,
  type SpanSet,
  type TagsByScope,
  type TagScope,
  type TagValue,
  type TraceSearchResult,
  type TypedAttribute,
} from './types';

type SearchJson = v.InferOutput<typeof searchSchema>;
type TraceJson = SearchJson['traces'][number];
type SpanSetJson = NonNullable<TraceJson['spanSet']>;
type RangeJson = v.InferOutput<typeof metricsRangeSchema>;
type InstantJson = v.InferOutput<typeof metricsInstantSchema>;

const ROOT_UNKNOWN = '<root span not yet received>';
/** Tempo subtracts unsigned: a span that ends before it starts gets a duration near 2^64. */
const MAX_DURATION = BigInt(1) << BigInt(63);
const NO_REASON = 'Tempo returned a part of the result only and did not say why.';
const TAG_SCOPES: readonly TagScope[] = ['resource', 'span', 'event', 'link', 'instrumentation', 'intrinsic'];
const VALUE_TYPES: ReadonlyArray<TagValue['type']> = ['string', 'int', 'float', 'bool', 'duration', 'keyword'];

export function searchResponse(json: SearchJson): SearchResponse {
  return { traces: json.traces.map(searchResult), metrics: json.metrics, ...partialOf(json) };
}

function searchResult(trace: TraceJson): TraceSearchResult {
  const sets = trace.spanSets ?? (trace.spanSet ? [trace.spanSet] : []);
  return {
    traceId: normalizeTraceId(trace.traceID) ?? trace.traceID,
    rootServiceName: trace.rootServiceName === ROOT_UNKNOWN ? '' : trace.rootServiceName,
    rootTraceName: trace.rootTraceName,
    startTimeUnixNano: trace.startTimeUnixNano,
    durationMs: trace.durationMs,
    spanSets: sets.map(spanSet),
    serviceStats: trace.serviceStats,
  };
}

function spanSet(set: SpanSetJson): SpanSet {
  return {
    spans: set.spans.map(({ spanID, durationNanos, ...span }) => ({
      ...span,
      spanId: spanID.toLowerCase().padStart(16, '0'),
      durationNanos: durationNanos >= MAX_DURATION ? BigInt(0) : durationNanos,
    })),
    matched: set.matched,
    attributes: set.attributes,
  };
}

/** Scopes in the order in which people look for them; Tempo's order is random. */
export function tagsByScope(json: v.InferOutput<typeof tagsSchema>): TagsByScope[] {
  return TAG_SCOPES.flatMap((scope) => {
    const found = json.scopes.find(({ name }) => name === scope);
    return found ? [{ scope, tags: found.tags }] : [];
  });
}

export function tagValues(json: v.InferOutput<typeof tagValuesSchema>): TagValue[] {
  return json.tagValues.map(({ type, value }) => ({
    type: VALUE_TYPES.find((known) => known === type) ?? 'string',
    value,
  }));
}

export function metricsRangeResponse(json: RangeJson): MetricsResponse {
  return {
    series: json.series.map(({ labels, samples, exemplars }) => ({
      labels,
      samples,
      exemplars: exemplars.map((exemplar): MetricsExemplar => ({
        ...exemplar,
        traceId: exemplarTraceId(exemplar.labels),
      })),
    })),
    metrics: json.metrics,
    ...partialOf(json),
  };
}

/** An instant answer has no time of its own: each value stands at the end of the range. */
export function metricsInstantResponse(json: InstantJson, endMs: number): MetricsResponse {
  return {
    series: json.series.map(({ labels, value }) => ({
      labels,
      samples: [{ timestampMs: endMs, value }],
      exemplars: [],
    })),
    metrics: json.metrics,
    ...partialOf(json),
  };
}

export function partialText(message: string): string {
  return message || NO_REASON;
}

function exemplarTraceId(labels: TypedAttribute[]): string {
  const label = labels.find(({ key }) => key === 'trace:id');
  return label?.value.type === 'string' ? (normalizeTraceId(label.value.value) ?? '') : '';
}

function partialOf(json: { status?: string | number; message: string }): { partial?: string } {
  return json.status === 'PARTIAL' || json.status === 1 ? { partial: partialText(json.message) } : {};
}
