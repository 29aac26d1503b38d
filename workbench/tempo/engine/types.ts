import { type SpanKind, type Span, type StatusCode } from '../../../src/trace/model';
import { type Attribute, type Intrinsic } from '../../../src/traceql/ast';

/**
 * A value as TraceQL sees it. Attribute types that TraceQL cannot compare (key-value lists, bytes, mixed or empty
 * arrays) have none: reading them gives `undefined`, like a missing attribute.
 */
export type TypedValue =
  | { type: 'string'; value: string }
  | { type: 'bool'; value: boolean }
  /** A number while it is safe, a bigint beyond 2^53. */
  | { type: 'int'; value: number | bigint }
  | { type: 'float'; value: number }
  /** ns */
  | { type: 'duration'; value: number }
  | { type: 'status'; value: StatusCode }
  | { type: 'kind'; value: SpanKind }
  | { type: 'stringArray'; value: readonly string[] }
  | { type: 'boolArray'; value: readonly boolean[] }
  | { type: 'intArray'; value: ReadonlyArray<number | bigint> }
  | { type: 'floatArray'; value: readonly number[] };

export type Field = Attribute | Intrinsic;

/** One trace of the store. The object is replaced, never changed, when more spans of the trace arrive. */
export interface StoredTrace {
  /** 32 lower-case hex digits */
  readonly traceId: string;
  /** In the order received; duplicates stay. */
  readonly spans: readonly Span[];
  /** ns since the Unix epoch: the earliest span start */
  readonly startTimeUnixNano: bigint;
  /** ns since the Unix epoch: the latest span end */
  readonly endTimeUnixNano: bigint;
  /** ns; what `trace:duration` is */
  readonly durationNanos: number;
  /** Approximate size, which the store's memory bound counts. */
  readonly bytes: number;
}

export interface MatchedSpan {
  readonly span: Span;
  readonly trace: StoredTrace;
  /** Position in `trace.spans`. */
  readonly index: number;
}

/** A group of spans of one trace, as the stages of a pipeline hand it on. */
export interface Spanset {
  readonly spans: readonly MatchedSpan[];
  /** What by() and the aggregates add: `by(resource.service.name)`, `count()`, `avg(duration)`. */
  readonly attributes: ReadonlyArray<{ key: string; value: TypedValue }>;
}

export interface TraceMatch {
  readonly trace: StoredTrace;
  /** Never empty; several only after by(). */
  readonly spansets: readonly Spanset[];
}

/** ns since the Unix epoch; traces that overlap [start, end] are looked at. Each side is open when absent. */
export interface TimeWindow {
  startTimeUnixNano?: bigint;
  endTimeUnixNano?: bigint;
}

/** Where the query endpoints get their traces from. */
export interface TraceSource {
  /** Traces that overlap the window, newest start first. */
  traces(window: TimeWindow): Iterable<StoredTrace>;
}
