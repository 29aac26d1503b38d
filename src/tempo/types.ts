/**
 * What Tempo's HTTP API answers, after validation and normalisation by the client:
 * trace ids padded to 32 hex digits, 64-bit integers as bigint, absent proto3 defaults filled in.
 */
import { type AnyValue, type Trace } from '../trace/model';

export interface SearchRequest {
  /** TraceQL */
  query: string;
  /** s since the Unix epoch; both or neither */
  start?: number;
  /** s since the Unix epoch */
  end?: number;
  /** traces; Tempo's default is 20 */
  limit?: number;
  /** spans per span set; Tempo's default is 3 */
  spansPerSpanSet?: number;
}

export interface TypedAttribute {
  key: string;
  value: AnyValue;
}

export interface SearchSpan {
  /** 16 hex digits */
  spanId: string;
  /** Absent unless the query fetched it. */
  name?: string;
  /** ns since the Unix epoch */
  startTimeUnixNano: bigint;
  /** ns */
  durationNanos: bigint;
  attributes: TypedAttribute[];
}

export interface SpanSet {
  spans: SearchSpan[];
  /** How many spans matched before the cut to `spansPerSpanSet`. */
  matched: number;
  attributes: TypedAttribute[];
}

export interface TraceSearchResult {
  /** 32 hex digits */
  traceId: string;
  /** '' when Tempo does not know it (its text "<root span not yet received>" is not passed on) */
  rootServiceName: string;
  rootTraceName: string;
  /** ns since the Unix epoch */
  startTimeUnixNano: bigint;
  /** ms; 0 means less than 1 ms */
  durationMs: number;
  spanSets: SpanSet[];
  serviceStats: Record<string, { spanCount: number; errorCount: number }>;
}

export interface SearchMetrics {
  inspectedTraces?: number;
  inspectedBytes?: number;
  inspectedSpans?: number;
  totalBlocks?: number;
  completedJobs?: number;
  totalJobs?: number;
}

export interface SearchResponse {
  traces: TraceSearchResult[];
  metrics: SearchMetrics;
  /** Tempo answered with a part only; the text says why. */
  partial?: string;
}

export type TagScope = 'resource' | 'span' | 'event' | 'link' | 'instrumentation' | 'intrinsic';

export interface TagsRequest {
  scope?: TagScope;
  query?: string;
  /** s since the Unix epoch */
  start?: number;
  end?: number;
  limit?: number;
}

export interface TagsByScope {
  /** `unscoped`: Tempo before 2.2 does not tell where its tags belong */
  scope: TagScope | 'unscoped';
  tags: string[];
}

export interface TagValuesRequest {
  /** A TraceQL identifier: `resource.service.name`, `.http.method`, `name`, `span:status`. */
  tag: string;
  query?: string;
  start?: number;
  end?: number;
  limit?: number;
}

export interface TagValue {
  type: 'string' | 'int' | 'float' | 'bool' | 'duration' | 'keyword';
  value: string;
}

export interface TraceRequest {
  /** Hex digits, short or long; checked by the client. */
  traceId: string;
  start?: number;
  end?: number;
}

export interface TraceResponse {
  /** No spans when Tempo does not have it: `found` is false then. */
  trace: Trace;
  found: boolean;
  /** Set when Tempo cut or filtered the trace. */
  partial?: string;
}

export interface MetricsRequest {
  query: string;
  /** s since the Unix epoch, fractions allowed */
  start: number;
  end: number;
  /** s; Tempo chooses when absent (range queries only) */
  step?: number;
  exemplars?: number;
  maxSeries?: number;
}

export interface MetricsSample {
  /** ms since the Unix epoch */
  timestampMs: number;
  value: number;
}

export interface MetricsExemplar extends MetricsSample {
  labels: TypedAttribute[];
  /** 32 hex digits, from the label `trace:id`; '' when absent */
  traceId: string;
}

export interface MetricsSeries {
  /** In the order the query's by() has them. */
  labels: TypedAttribute[];
  samples: MetricsSample[];
  exemplars: MetricsExemplar[];
}

export interface MetricsResponse {
  series: MetricsSeries[];
  metrics: SearchMetrics;
  partial?: string;
}

export interface BuildInfo {
  /** '' when Tempo does not say */
  version: string;
}

/** The one HTTP function the client needs; the data source passes Grafana's, tests and tools pass `fetch`. */
export type HttpGet = (request: HttpRequest) => Promise<HttpAnswer>;

export interface HttpRequest {
  /** Begins with '/api/'; already percent-encoded */
  path: string;
  params: Record<string, string>;
  headers: Record<string, string>;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** Lower-case, without parameters; '' when absent */
  contentType: string;
  body: ArrayBuffer;
  /** ms to wait before asking again, when the server said so (Retry-After) */
  retryAfterMs?: number;
}

/** Every failure of a request, with a text for people. */
export type TempoErrorKind =
  | 'query' // 400: Tempo's own message, with a position for syntax errors
  | 'auth' // 401, 403
  | 'notFound'
  | 'tooLarge' // 413, 422
  | 'rateLimited' // 429
  | 'unavailable' // no connection, 5xx, time-out
  | 'cancelled'
  | 'badAnswer'; // not what Tempo sends: HTML, truncated, wrong type
