/**
 * A trace as Grafana's trace view and node graph expect it, field by field as Grafana's own Tempo data source sends it
 * (recorded: tests/contract/grafana/tempo-trace.json).
 */
import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { anyValueToJson } from './attribute-text';
import { durationNanos } from './duration';
import { rememberTrace } from './frame-source';
import {
  type InstrumentationScope,
  type KeyValue,
  type Resource,
  type Span,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
  type Trace,
} from './model';
import { NO_SERVICE_NAME, serviceNameOf } from './service-name';
import { runSteps, type Steps } from './steps';

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

/**
 * startTime and duration in ms with fractions. The frame remembers the trace it was made of: `traceOfFrame` in
 * frame-source.ts gives it back as long as no column was changed.
 */
export function traceToFrame(trace: Trace, options: TraceFrameOptions = {}): DataFrame {
  return runSteps(traceToFrameSteps(trace, options));
}

/** The same, interruptible after each span. */
export function* traceToFrameSteps(trace: Trace, { refId, partial }: TraceFrameOptions = {}): Steps<DataFrame> {
  const columns = new TraceColumns(trace);
  for (let row = 0; row < trace.spans.length; row++) {
    columns.set(row, trace.spans[row]);
    yield;
  }
  const frame: DataFrame = {
    name: 'Trace',
    refId,
    meta: {
      preferredVisualisationType: 'trace',
      custom: { partial: partial !== undefined, message: partial ?? '', traceFormat: 'otlp' },
    },
    fields: columns.fields(),
    length: trace.spans.length,
  };
  rememberTrace(frame, trace);
  return frame;
}

const NUMBER_COLUMNS: ReadonlySet<string> = new Set(['statusCode', 'startTime', 'duration']);
const JSON_COLUMNS: ReadonlySet<string> = new Set(['serviceTags', 'logs', 'references', 'tags']);
const STATUS_NUMBERS = new Map(STATUS_CODES.map((code, index) => [code, index]));

/** The columns of the frame, a row at a time. */
class TraceColumns {
  private readonly traceId: string;
  private readonly columns;
  private readonly resourceTags = new Map<Resource, TraceTag[]>();
  private readonly scopeTags = new Map<InstrumentationScope, TraceTag[]>();
  /** The decoder gives equal attributes as one object: one tag for it, too. */
  private readonly tags = new Map<KeyValue, TraceTag>();

  constructor({ traceId, spans }: Trace) {
    const column = <T>(): T[] => new Array<T>(spans.length);
    this.traceId = shortTraceId(traceId);
    this.columns = {
      traceID: column<string>(),
      spanID: column<string>(),
      parentSpanID: column<string>(),
      operationName: column<string>(),
      serviceName: column<string>(),
      kind: column<string>(),
      statusCode: column<number>(),
      statusMessage: column<string>(),
      instrumentationLibraryName: column<string>(),
      instrumentationLibraryVersion: column<string>(),
      traceState: column<string>(),
      serviceTags: column<TraceTag[]>(),
      startTime: column<number>(),
      duration: column<number>(),
      logs: column<unknown[]>(),
      references: column<unknown[]>(),
      tags: column<TraceTag[]>(),
    };
  }

  set(row: number, span: Span): void {
    const { columns } = this;
    columns.traceID[row] = this.traceId;
    columns.spanID[row] = span.spanId;
    columns.parentSpanID[row] = span.parentSpanId;
    columns.operationName[row] = span.name;
    columns.serviceName[row] = serviceNameOf(span) || NO_SERVICE_NAME;
    columns.kind[row] = span.kind === 'unspecified' ? '' : span.kind;
    columns.statusCode[row] = STATUS_NUMBERS.get(span.status.code) ?? 0;
    columns.statusMessage[row] = span.status.message;
    columns.instrumentationLibraryName[row] = span.scope.name;
    columns.instrumentationLibraryVersion[row] = span.scope.version;
    columns.traceState[row] = span.traceState;
    columns.serviceTags[row] = this.shared(this.resourceTags, span.resource);
    columns.startTime[row] = nanosToMs(span.startTimeUnixNano);
    columns.duration[row] = Number(durationNanos(span)) / 1e6;
    columns.logs[row] = span.events.map((event) => this.logOf(event));
    columns.references[row] = span.links.map((link) => this.referenceOf(link));
    columns.tags[row] = this.tagsOf(span.attributes);
    for (const tag of this.shared(this.scopeTags, span.scope)) {
      columns.tags[row].push(tag);
    }
  }

  fields(): Field[] {
    return Object.entries(this.columns).map(([name, values]) => ({
      name,
      type: JSON_COLUMNS.has(name) ? FieldType.other : NUMBER_COLUMNS.has(name) ? FieldType.number : FieldType.string,
      config: {},
      values,
    }));
  }

  private logOf(event: SpanEvent) {
    return { timestamp: nanosToMs(event.timeUnixNano), fields: this.tagsOf(event.attributes), name: event.name };
  }

  private referenceOf(link: SpanLink) {
    return { traceID: shortTraceId(link.traceId), spanID: link.spanId, tags: this.tagsOf(link.attributes) };
  }

  private shared<K extends { attributes: KeyValue[] }>(known: Map<K, TraceTag[]>, of: K): TraceTag[] {
    let tags = known.get(of);
    if (!tags) {
      known.set(of, (tags = this.tagsOf(of.attributes)));
    }
    return tags;
  }

  private tagsOf(attributes: readonly KeyValue[]): TraceTag[] {
    const tags = new Array<TraceTag>(attributes.length);
    for (let i = 0; i < attributes.length; i++) {
      const attribute = attributes[i];
      let tag = this.tags.get(attribute);
      if (!tag) {
        this.tags.set(attribute, (tag = tagOf(attribute)));
      }
      tags[i] = tag;
    }
    return tags;
  }
}

/** Lists and maps as JSON text, as the core data source sends them: its views show nothing else. */
function tagOf({ key, value }: KeyValue): TraceTag {
  if (value.type === 'string' || value.type === 'bool') {
    return { key, value: value.value };
  }
  const json = anyValueToJson(value);
  return { key, value: typeof json === 'object' && json !== null ? JSON.stringify(json) : json };
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
