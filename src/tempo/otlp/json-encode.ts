import { base64Encode } from '@bufbuild/protobuf/wire';
import {
  type AnyValue,
  type InstrumentationScope,
  type KeyValue,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { type Steps } from '../../trace/steps';
import { groupByResource } from './group';
import { bytesOfHex } from './ids';

type JsonObject = Record<string, unknown>;

/** What the two JSON forms of the same messages do differently. */
interface Dialect {
  id(hex: string): string;
  kind(span: Span): unknown;
  statusCode(span: Span): unknown;
  /** Tempo counts flags as part of a span's size, but does not store them. */
  flags(of: Span | SpanLink): number | undefined;
}

/** Protobuf's own JSON mapping, as Tempo answers: ids in base64, enums by name, defaults left out. */
const TEMPO: Dialect = {
  id: (hex) => base64Encode(bytesOfHex(hex) ?? new Uint8Array(0)),
  kind: (span) => `SPAN_KIND_${span.kind.toUpperCase()}`,
  statusCode: (span) => `STATUS_CODE_${span.status.code.toUpperCase()}`,
  flags: () => undefined,
};

/** OTLP/JSON: ids in hex, enums as numbers (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"). */
const OTLP: Dialect = {
  id: (hex) => hex,
  kind: (span) => SPAN_KINDS.indexOf(span.kind),
  statusCode: (span) => STATUS_CODES.indexOf(span.status.code),
  flags: ({ flags }) => flags,
};

/** The `resourceSpans` (v2) or `batches` (v1) of Tempo's trace by id, as values for JSON.stringify. */
export function encodeResourceSpansJson(spans: readonly Span[]): unknown[] {
  return resourceSpans(spans, TEMPO);
}

/** True OTLP/JSON (`{resourceSpans: […]}`), for export: any OTLP receiver and most trace viewers read it. */
export function encodeOtlpJson(spans: readonly Span[]): { resourceSpans: unknown[] } {
  return { resourceSpans: resourceSpans(spans, OTLP) };
}

/** The text of `encodeOtlpJson` in pieces, interruptible after each span: one text of all could be too long for a string. */
export function* otlpJsonTextSteps(spans: readonly Span[]): Steps<string[]> {
  const text: string[] = ['{"resourceSpans":['];
  for (const [i, { resource, scopes }] of groupByResource(spans).entries()) {
    text.push(`${comma(i)}{"resource":${JSON.stringify(resourceJson(resource))},"scopeSpans":[`);
    for (const [j, { scope, spans: scopeSpans }] of scopes.entries()) {
      text.push(`${comma(j)}{"scope":${JSON.stringify(scopeJson(scope))},"spans":[`);
      for (const [k, span] of scopeSpans.entries()) {
        text.push(comma(k) + JSON.stringify(spanJson(span, OTLP)));
        yield;
      }
      text.push(']}');
    }
    text.push(']}');
  }
  text.push(']}\n');
  return text;
}

function comma(index: number): string {
  return index > 0 ? ',\n' : '';
}

function resourceSpans(spans: readonly Span[], dialect: Dialect): unknown[] {
  return groupByResource(spans).map(({ resource, scopes }) => ({
    resource: resourceJson(resource),
    scopeSpans: scopes.map(({ scope, spans: scopeSpans }) => ({
      scope: scopeJson(scope),
      spans: scopeSpans.map((span) => spanJson(span, dialect)),
    })),
  }));
}

function resourceJson(resource: Resource): JsonObject {
  return withoutDefaults({ attributes: attributes(resource.attributes) });
}

function scopeJson(scope: InstrumentationScope): JsonObject {
  return withoutDefaults({
    name: scope.name,
    version: scope.version,
    attributes: attributes(scope.attributes),
  });
}

function spanJson(span: Span, dialect: Dialect): JsonObject {
  return withoutDefaults({
    traceId: dialect.id(span.traceId),
    spanId: dialect.id(span.spanId),
    traceState: span.traceState,
    parentSpanId: span.parentSpanId && dialect.id(span.parentSpanId),
    name: span.name,
    kind: span.kind === 'unspecified' ? undefined : dialect.kind(span),
    startTimeUnixNano: nanos(span.startTimeUnixNano),
    endTimeUnixNano: nanos(span.endTimeUnixNano),
    attributes: attributes(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map(eventJson),
    droppedEventsCount: span.droppedEventsCount,
    links: span.links.map((link) => linkJson(link, dialect)),
    droppedLinksCount: span.droppedLinksCount,
    flags: dialect.flags(span),
    status: withoutDefaults({
      message: span.status.message,
      code: span.status.code === 'unset' ? undefined : dialect.statusCode(span),
    }),
  });
}

function eventJson(event: SpanEvent): JsonObject {
  return withoutDefaults({
    timeUnixNano: nanos(event.timeUnixNano),
    name: event.name,
    attributes: attributes(event.attributes),
    droppedAttributesCount: event.droppedAttributesCount,
  });
}

function linkJson(link: SpanLink, dialect: Dialect): JsonObject {
  return withoutDefaults({
    traceId: dialect.id(link.traceId),
    spanId: dialect.id(link.spanId),
    traceState: link.traceState,
    attributes: attributes(link.attributes),
    droppedAttributesCount: link.droppedAttributesCount,
    flags: dialect.flags(link),
  });
}

function attributes(pairs: readonly KeyValue[]): JsonObject[] {
  return pairs.map(({ key, value }) => ({ key, value: anyValueJson(value) }));
}

/** proto3 JSON has doubles as texts where JSON has no number for them; `JSON.stringify` would lose the sign of -0. */
function jsonDouble(value: number): number | string {
  if (Object.is(value, -0)) {
    return '-0';
  }
  return Number.isFinite(value) ? value : String(value);
}

/** An AnyValue in protobuf JSON; the same in OTLP/JSON and in everything that Tempo answers. */
export function anyValueJson(value: AnyValue): JsonObject {
  switch (value.type) {
    case 'string':
      return { stringValue: value.value };
    case 'bool':
      return { boolValue: value.value };
    case 'int':
      return { intValue: String(value.value) };
    case 'double':
      return { doubleValue: jsonDouble(value.value) };
    case 'array':
      return { arrayValue: withoutDefaults({ values: value.value.map(anyValueJson) }) };
    case 'kvlist':
      return { kvlistValue: withoutDefaults({ values: attributes(value.value) }) };
    case 'bytes':
      return { bytesValue: base64Encode(value.value) };
    case 'empty':
      return {};
  }
}

function nanos(time: bigint): string | undefined {
  return time === BigInt(0) ? undefined : String(time);
}

/** proto3 JSON leaves out empty strings, zero numbers and empty lists. */
function withoutDefaults(object: JsonObject): JsonObject {
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)) {
      delete object[key];
    }
  }
  return object;
}
