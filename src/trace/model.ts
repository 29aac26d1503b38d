/**
 * OpenTelemetry's trace data as plain values, independent of the wire format it came in.
 * Source of the shapes: opentelemetry-proto, trace/v1 and common/v1.
 */

/** `int` is a 64-bit integer: a number while it is safe (|n| < 2^53), a bigint beyond. */
export type AnyValue =
  | { type: 'string'; value: string }
  | { type: 'bool'; value: boolean }
  | { type: 'int'; value: number | bigint }
  | { type: 'double'; value: number }
  | { type: 'array'; value: AnyValue[] }
  | { type: 'kvlist'; value: KeyValue[] }
  | { type: 'bytes'; value: Uint8Array }
  /** An AnyValue message with no field set. */
  | { type: 'empty' };

export interface KeyValue {
  key: string;
  value: AnyValue;
}

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type StatusCode = 'unset' | 'ok' | 'error';

/** Index = the enum's number in opentelemetry-proto. */
export const SPAN_KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
export const STATUS_CODES: readonly StatusCode[] = ['unset', 'ok', 'error'];

export interface Resource {
  attributes: KeyValue[];
}

export interface InstrumentationScope {
  name: string;
  version: string;
  attributes: KeyValue[];
}

export interface SpanEvent {
  timeUnixNano: bigint;
  name: string;
  attributes: KeyValue[];
  /** How many attributes the sender left out; absent = none. */
  droppedAttributesCount?: number;
}

export interface SpanLink {
  /** 32 hex digits */
  traceId: string;
  /** 16 hex digits */
  spanId: string;
  traceState: string;
  attributes: KeyValue[];
  /** How many attributes the sender left out; absent = none. */
  droppedAttributesCount?: number;
  /** W3C trace flags and OTLP's bits above them; absent = 0. */
  flags?: number;
}

export interface Span {
  /** 32 lower-case hex digits */
  traceId: string;
  /** 16 lower-case hex digits */
  spanId: string;
  /** 16 lower-case hex digits, or '' for a root span */
  parentSpanId: string;
  traceState: string;
  name: string;
  kind: SpanKind;
  /** ns since the Unix epoch */
  startTimeUnixNano: bigint;
  /** ns since the Unix epoch; senders with skewed clocks can make it lie before the start */
  endTimeUnixNano: bigint;
  attributes: KeyValue[];
  events: SpanEvent[];
  links: SpanLink[];
  status: { code: StatusCode; message: string };
  /** How many attributes, events and links the sender left out; absent = none. */
  droppedAttributesCount?: number;
  droppedEventsCount?: number;
  droppedLinksCount?: number;
  /** W3C trace flags and OTLP's bits above them; absent = 0. */
  flags?: number;
  /** One object shared by all spans of a resource: compare by identity to group. */
  resource: Resource;
  /** One object shared by all spans of a scope. */
  scope: InstrumentationScope;
}

export interface Trace {
  /** 32 lower-case hex digits */
  traceId: string;
  /** in the order received */
  spans: Span[];
}
