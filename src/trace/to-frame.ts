/**
 * A trace as Grafana's trace view and node graph expect it, field by field as Grafana's own Tempo data source sends it
 * (recorded: tests/contract/grafana/tempo-trace.json).
 */
import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { anyValueToJson } from './attribute-text';
import { durationNanos } from './duration';
import { type KeyValue, type Span, type SpanEvent, type SpanLink, STATUS_CODES, type Trace } from './model';
import { NO_SERVICE_NAME, serviceNameOf } from './service-name';

export interface TraceFrameOptions {
  refId?: string;
  /** Tempo's reason for sending a part only */
  partial?: string;
}

/** What Grafana calls a key-value pair of a trace. */
export interface TraceTag {
  key: string;
  value: unknown;
}

/** startTime and duration in ms with fractions; see fieldsOf for the rest. */
export function traceToFrame(trace: Trace, { refId, partial }: TraceFrameOptions = {}): DataFrame {
  const spans = [...trace.spans];
  return {
    name: 'Trace',
    refId,
    meta: {
      preferredVisualisationType: 'trace',
      custom: { partial: partial !== undefined, message: partial ?? '', traceFormat: 'otlp' },
    },
    fields: fieldsOf(trace, spans),
    length: spans.length,
  };
}

function fieldsOf(trace: Trace, spans: Span[]): Field[] {
  // Spans share resources; so do their rows.
  const resourceTags = new Map<Span['resource'], TraceTag[]>();
  const serviceTags = (span: Span) => {
    let tags = resourceTags.get(span.resource);
    if (!tags) {
      resourceTags.set(span.resource, (tags = tagsOf(span.resource.attributes)));
    }
    return tags;
  };
  const field = (name: string, type: FieldType, value: (span: Span) => unknown): Field => ({
    name,
    type,
    config: {},
    values: spans.map(value),
  });
  return [
    field('traceID', FieldType.string, () => shortTraceId(trace.traceId)),
    field('spanID', FieldType.string, (span) => span.spanId),
    field('parentSpanID', FieldType.string, (span) => span.parentSpanId),
    field('operationName', FieldType.string, (span) => span.name),
    field('serviceName', FieldType.string, (span) => serviceNameOf(span) || NO_SERVICE_NAME),
    field('kind', FieldType.string, (span) => (span.kind === 'unspecified' ? '' : span.kind)),
    field('statusCode', FieldType.number, (span) => STATUS_CODES.indexOf(span.status.code)),
    field('statusMessage', FieldType.string, (span) => span.status.message),
    field('instrumentationLibraryName', FieldType.string, (span) => span.scope.name),
    field('instrumentationLibraryVersion', FieldType.string, (span) => span.scope.version),
    field('traceState', FieldType.string, (span) => span.traceState),
    field('serviceTags', FieldType.other, serviceTags),
    field('startTime', FieldType.number, (span) => nanosToMs(span.startTimeUnixNano)),
    field('duration', FieldType.number, (span) => Number(durationNanos(span)) / 1e6),
    field('logs', FieldType.other, (span) => span.events.map(logOf)),
    field('references', FieldType.other, (span) => span.links.map(referenceOf)),
    field('tags', FieldType.other, (span) => [...tagsOf(span.attributes), ...tagsOf(span.scope.attributes)]),
  ];
}

function logOf(event: SpanEvent) {
  return { timestamp: nanosToMs(event.timeUnixNano), fields: tagsOf(event.attributes), name: event.name };
}

function referenceOf(link: SpanLink) {
  return { traceID: shortTraceId(link.traceId), spanID: link.spanId, tags: tagsOf(link.attributes) };
}

/** Lists and maps as JSON text, as the core data source sends them: its views show nothing else. */
function tagsOf(attributes: readonly KeyValue[]): TraceTag[] {
  return attributes.map(({ key, value }) => {
    const json = anyValueToJson(value);
    return { key, value: typeof json === 'object' && json !== null ? JSON.stringify(json) : json };
  });
}

/** A 64-bit id in 128 bits is written short. */
function shortTraceId(id: string): string {
  return id.replace(/^0{16}/, '');
}

const NANOS_PER_MS = BigInt(1_000_000);

/** Split before the division: a double has no room for ns since 1970. */
function nanosToMs(nanos: bigint): number {
  return Number(nanos / NANOS_PER_MS) + Number(nanos % NANOS_PER_MS) / 1e6;
}
