import {
  type InstrumentationScope,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { OtlpDecodeError } from './error';
import { isZeroId, parentIdOf, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { type AttributeDecoder } from './protobuf-attributes';
import { type OtlpReader } from './protobuf-reader';
import { delimited, fixed32, fixed64, varint } from './protobuf-tags';

const ZERO = BigInt(0);

/** Span of opentelemetry-proto, with its events, links and status. */
export class SpanDecoder {
  private lastTraceId = '';
  private lastTraceIdAt = 0;

  constructor(
    private readonly reader: OtlpReader,
    private readonly attributes: AttributeDecoder,
    /** Refuse ids of the wrong length; else pad short ones. */
    private readonly strictIds: boolean
  ) {}

  decode(end: number, resource: Resource, scope: InstrumentationScope): Span {
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
          span.attributes.push(this.attributes.decode(reader.end(end)));
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
          event.attributes.push(this.attributes.decode(reader.end(end)));
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
          link.attributes.push(this.attributes.decode(reader.end(end)));
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

function paddedId(id: string, bytes: number, what: string): string {
  if (id.length > 2 * bytes) {
    throw new OtlpDecodeError(`A ${what} is ${id.length / 2} bytes long, expected ${bytes}.`);
  }
  return id.padStart(2 * bytes, '0');
}
