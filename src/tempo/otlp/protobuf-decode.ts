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
import { runSteps, type Steps } from '../../trace/steps';
import { OtlpDecodeError, reasonOf } from './error';
import { isZeroId, parentIdOf, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { safeInt } from './int64';
import { type MessageCache } from './message-cache';
import { OtlpReader } from './protobuf-reader';

/** What Tempo answers to a trace by id, in either version of the endpoint. */
export interface TraceByIdAnswer {
  spans: Span[];
  /** Tempo cut or filtered the trace. */
  partial: boolean;
  /** Why it is partial; may be '' */
  message: string;
}

const MAX_VALUE_DEPTH = 64;

/** (field number << 3 | wire type), for the wire types that opentelemetry-proto uses. */
const varint = (field: number) => field << 3;
const fixed64 = (field: number) => (field << 3) | 1;
const delimited = (field: number) => (field << 3) | 2;
const fixed32 = (field: number) => (field << 3) | 5;

/**
 * OTLP's ExportTraceServiceRequest. Ids must be complete (16 and 8 bytes, not only zeros), as an OTLP receiver demands.
 * @throws OtlpDecodeError
 */
export function decodeExportRequestProtobuf(bytes: Uint8Array): Span[] {
  return runSteps(guarded(new TraceDecoder(bytes, true).trace(bytes.length)));
}

/**
 * Tempo's `tempopb.Trace`: the body of `/api/traces/<id>`.
 * @throws OtlpDecodeError
 */
export function decodeTraceProtobuf(bytes: Uint8Array): Span[] {
  return runSteps(decodeTraceSteps(bytes));
}

/**
 * Tempo's `tempopb.TraceByIDResponse`: the body of `/api/v2/traces/<id>`.
 * @throws OtlpDecodeError
 */
export function decodeTraceByIdResponseProtobuf(bytes: Uint8Array): TraceByIdAnswer {
  return runSteps(decodeTraceByIdResponseSteps(bytes));
}

/** Decoding that can be interrupted after every span. */
export type DecodeSteps<T> = Steps<T>;

/** @throws OtlpDecodeError */
export function decodeTraceSteps(bytes: Uint8Array): DecodeSteps<Span[]> {
  return guarded(new TraceDecoder(bytes, false).trace(bytes.length));
}

/** @throws OtlpDecodeError */
export function decodeTraceByIdResponseSteps(bytes: Uint8Array): DecodeSteps<TraceByIdAnswer> {
  return guarded(new TraceDecoder(bytes, false).traceByIdResponse());
}

function* guarded<T>(steps: DecodeSteps<T>): DecodeSteps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof OtlpDecodeError) {
      throw error;
    }
    throw new OtlpDecodeError(`The trace data is damaged or cut off (${reasonOf(error)}).`);
  }
}

class TraceDecoder {
  private readonly reader: OtlpReader;
  private readonly attributes: MessageCache<KeyValue>;
  private readonly spans: Span[] = [];
  private lastTraceId = '';
  private lastTraceIdAt = 0;

  constructor(
    bytes: Uint8Array,
    /** Refuse ids of the wrong length; else pad short ones. */
    private readonly strictIds: boolean
  ) {
    this.reader = new OtlpReader(bytes);
    this.attributes = this.reader.newCache();
  }

  *traceByIdResponse(): DecodeSteps<TraceByIdAnswer> {
    const { reader } = this;
    let partial = false;
    let message = '';
    while (reader.more(reader.length)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          yield* this.trace(reader.end(reader.length));
          continue;
        case varint(3):
          partial = reader.uint32() === 1;
          continue;
        case delimited(4):
          message = reader.string(reader.length);
          continue;
        case delimited(2): // metrics of the query
          reader.skipUnknown(tag, 0, 'the answer');
          continue;
      }
      reader.skipUnknown(tag, 4, 'the answer');
    }
    return { spans: this.spans, partial, message };
  }

  *trace(end: number): DecodeSteps<Span[]> {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        yield* this.resourceSpans(reader.end(end));
        continue;
      }
      reader.skipUnknown(tag, 1, 'the trace');
    }
    return this.spans;
  }

  private *resourceSpans(end: number): DecodeSteps<void> {
    const { reader } = this;
    const resource: Resource = { attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          this.resource(reader.end(end), resource);
          continue;
        case delimited(2):
        case delimited(1000): // instrumentation_library_spans, until opentelemetry-proto 0.15
          yield* this.scopeSpans(reader.end(end), resource);
          continue;
      }
      reader.skipUnknown(tag, 2, 'ResourceSpans');
    }
  }

  private resource(end: number, resource: Resource): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        resource.attributes.push(this.attribute(reader.end(end)));
        continue;
      }
      reader.skipUnknown(tag, 1, 'Resource');
    }
  }

  private *scopeSpans(end: number, resource: Resource): DecodeSteps<void> {
    const { reader } = this;
    const scope: InstrumentationScope = { name: '', version: '', attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          this.scope(reader.end(end), scope);
          continue;
        case delimited(2):
          this.spans.push(this.span(reader.end(end), resource, scope));
          yield;
          continue;
      }
      reader.skipUnknown(tag, 2, 'ScopeSpans');
    }
  }

  private scope(end: number, scope: InstrumentationScope): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          scope.name = reader.string(end);
          continue;
        case delimited(2):
          scope.version = reader.string(end);
          continue;
        case delimited(3):
          scope.attributes.push(this.attribute(reader.end(end)));
          continue;
      }
      reader.skipUnknown(tag, 3, 'InstrumentationScope');
    }
  }

  private span(end: number, resource: Resource, scope: InstrumentationScope): Span {
    const span: Span = {
      traceId: '',
      spanId: '',
      parentSpanId: '',
      traceState: '',
      name: '',
      kind: 'unspecified',
      startTimeUnixNano: ZERO,
      endTimeUnixNano: ZERO,
      attributes: [],
      events: [],
      links: [],
      status: { code: 'unset', message: '' },
      resource,
      scope,
    };
    this.spanFields(end, span);
    span.traceId = this.checkedId(span.traceId, TRACE_ID_BYTES, 'trace id');
    span.spanId = this.checkedId(span.spanId, SPAN_ID_BYTES, 'span id');
    span.parentSpanId = parentIdOf(
      span.parentSpanId && this.sizedId(span.parentSpanId, SPAN_ID_BYTES, 'parent span id')
    );
    return span;
  }

  private spanFields(end: number, span: Span): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          span.traceId = this.sharedTraceId(end);
          continue;
        case delimited(2):
          span.spanId = reader.hex(end);
          continue;
        case delimited(3):
          span.traceState = reader.string(end);
          continue;
        case delimited(4):
          span.parentSpanId = reader.hex(end);
          continue;
        case delimited(5):
          span.name = reader.string(end);
          continue;
        case varint(6):
          span.kind = SPAN_KINDS[reader.uint32()] ?? 'unspecified';
          continue;
        case fixed64(7):
          span.startTimeUnixNano = reader.fixed64();
          continue;
        case fixed64(8):
          span.endTimeUnixNano = reader.fixed64();
          continue;
        case delimited(9):
          span.attributes.push(this.attribute(reader.end(end)));
          continue;
        case varint(10):
          span.droppedAttributesCount = reader.uint32() || undefined;
          continue;
        case delimited(11):
          span.events.push(this.event(reader.end(end)));
          continue;
        case varint(12):
          span.droppedEventsCount = reader.uint32() || undefined;
          continue;
        case delimited(13):
          span.links.push(this.link(reader.end(end)));
          continue;
        case varint(14):
          span.droppedLinksCount = reader.uint32() || undefined;
          continue;
        case delimited(15):
          this.status(reader.end(end), span);
          continue;
        case fixed32(16):
          span.flags = reader.fixed32() || undefined;
          continue;
      }
      reader.skipUnknown(tag, 16, 'Span');
    }
  }

  private status(end: number, span: Span): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(2):
          span.status.message = reader.string(end);
          continue;
        case varint(3):
          span.status.code = STATUS_CODES[reader.uint32()] ?? 'unset';
          continue;
      }
      // Field 1 is the code of opentelemetry-proto before 0.10; nothing sends it any more.
      reader.skipUnknown(tag, tag === varint(1) ? 0 : 3, 'Status');
    }
  }

  private event(end: number): SpanEvent {
    const { reader } = this;
    const event: SpanEvent = { timeUnixNano: ZERO, name: '', attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case fixed64(1):
          event.timeUnixNano = reader.fixed64();
          continue;
        case delimited(2):
          event.name = reader.string(end);
          continue;
        case delimited(3):
          event.attributes.push(this.attribute(reader.end(end)));
          continue;
        case varint(4):
          event.droppedAttributesCount = reader.uint32() || undefined;
          continue;
      }
      reader.skipUnknown(tag, 4, 'Event');
    }
    return event;
  }

  private link(end: number): SpanLink {
    const { reader } = this;
    const link: SpanLink = { traceId: '', spanId: '', traceState: '', attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          link.traceId = reader.hex(end);
          continue;
        case delimited(2):
          link.spanId = reader.hex(end);
          continue;
        case delimited(3):
          link.traceState = reader.string(end);
          continue;
        case delimited(4):
          link.attributes.push(this.attribute(reader.end(end)));
          continue;
        case varint(5):
          link.droppedAttributesCount = reader.uint32() || undefined;
          continue;
        case fixed32(6):
          link.flags = reader.fixed32() || undefined;
          continue;
      }
      reader.skipUnknown(tag, 6, 'Link');
    }
    // A link may point anywhere, so its ids are padded and not refused.
    link.traceId = paddedId(link.traceId, TRACE_ID_BYTES, "link's trace id");
    link.spanId = paddedId(link.spanId, SPAN_ID_BYTES, "link's span id");
    return link;
  }

  /** Equal attributes are one object. */
  private attribute(end: number): KeyValue {
    const { reader, attributes } = this;
    const start = reader.position;
    const known = attributes.find(start, end);
    if (known) {
      reader.skipTo(end);
      return known;
    }
    const attribute = this.keyValue(end, 0);
    attributes.add(start, end, attribute);
    return attribute;
  }

  private keyValue(end: number, depth: number): KeyValue {
    const { reader } = this;
    const pair: KeyValue = { key: '', value: { type: 'empty' } };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          pair.key = reader.string(end);
          continue;
        case delimited(2):
          pair.value = this.anyValue(reader.end(end), depth);
          continue;
      }
      reader.skipUnknown(tag, 2, 'KeyValue');
    }
    return pair;
  }

  private anyValue(end: number, depth: number): AnyValue {
    if (depth > MAX_VALUE_DEPTH) {
      throw new OtlpDecodeError(`An attribute value is nested more than ${MAX_VALUE_DEPTH} levels deep.`);
    }
    const { reader } = this;
    let value: AnyValue = { type: 'empty' };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          value = { type: 'string', value: reader.string(end) };
          continue;
        case varint(2):
          value = { type: 'bool', value: reader.bool() };
          continue;
        case varint(3):
          value = { type: 'int', value: safeInt(reader.int64()) };
          continue;
        case fixed64(4):
          value = { type: 'double', value: reader.double() };
          continue;
        case delimited(5):
          value = { type: 'array', value: this.arrayValues(reader.end(end), depth + 1) };
          continue;
        case delimited(6):
          value = { type: 'kvlist', value: this.listValues(reader.end(end), depth + 1) };
          continue;
        case delimited(7):
          value = { type: 'bytes', value: reader.bytesField(end) };
          continue;
      }
      reader.skipUnknown(tag, 7, 'AnyValue');
    }
    return value;
  }

  private arrayValues(end: number, depth: number): AnyValue[] {
    const { reader } = this;
    const values: AnyValue[] = [];
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        values.push(this.anyValue(reader.end(end), depth));
        continue;
      }
      reader.skipUnknown(tag, 1, 'ArrayValue');
    }
    return values;
  }

  private listValues(end: number, depth: number): KeyValue[] {
    const { reader } = this;
    const values: KeyValue[] = [];
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        values.push(this.keyValue(reader.end(end), depth));
        continue;
      }
      reader.skipUnknown(tag, 1, 'KeyValueList');
    }
    return values;
  }

  /** Spans of one trace follow each other: one string for all of them. */
  private sharedTraceId(limit: number): string {
    const { reader } = this;
    if (this.lastTraceId !== '' && reader.skipIfSameBytes(this.lastTraceIdAt, TRACE_ID_BYTES)) {
      return this.lastTraceId;
    }
    const id = reader.hex(limit);
    if (id.length === 2 * TRACE_ID_BYTES) {
      this.lastTraceId = id;
      this.lastTraceIdAt = reader.position - TRACE_ID_BYTES;
    }
    return id;
  }

  private checkedId(id: string, bytes: number, what: string): string {
    if (isZeroId(id)) {
      throw new OtlpDecodeError(id === '' ? `A span has no ${what}.` : `A span's ${what} is all zeros.`);
    }
    return this.sizedId(id, bytes, what);
  }

  private sizedId(id: string, bytes: number, what: string): string {
    if (this.strictIds && id.length !== 2 * bytes) {
      throw new OtlpDecodeError(`A span's ${what} "${id}" is ${id.length / 2} bytes long, expected ${bytes}.`);
    }
    return paddedId(id, bytes, what);
  }
}

const ZERO = BigInt(0);

function paddedId(id: string, bytes: number, what: string): string {
  if (id.length > 2 * bytes) {
    throw new OtlpDecodeError(`A ${what} is ${id.length / 2} bytes long, expected ${bytes}.`);
  }
  return id.padStart(2 * bytes, '0');
}
