import { type AnyValue, type KeyValue, type Span, type SpanEvent, type SpanLink } from '../../../src/trace/model';

/** Tempo's `distributor.max_attribute_bytes`: longer keys and texts are cut before the generator sees them. */
const MAX_ATTRIBUTE_BYTES = 2048;

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const FIXED32_FIELD = 1 + 4;
const FIXED64_FIELD = 1 + 8;
/** Field numbers from 16 on need a second byte. */
const LARGE_TAG = 1;

/** Bytes that the span takes as an `opentelemetry.proto.trace.v1.Span` message, without its resource and scope. */
export function spanSize(span: Span): number {
  return (
    bytesField(TRACE_ID_BYTES) +
    bytesField(SPAN_ID_BYTES) +
    textField(span.traceState) +
    (span.parentSpanId === '' ? 0 : bytesField(SPAN_ID_BYTES)) +
    textField(span.name) +
    (span.kind === 'unspecified' ? 0 : 2) +
    timeField(span.startTimeUnixNano) +
    timeField(span.endTimeUnixNano) +
    attributesSize(span.attributes) +
    countField(span.droppedAttributesCount) +
    total(span.events, (event) => bytesField(eventSize(event))) +
    countField(span.droppedEventsCount) +
    total(span.links, (link) => bytesField(linkSize(link))) +
    countField(span.droppedLinksCount) +
    bytesField(textField(span.status.message) + (span.status.code === 'unset' ? 0 : 2)) +
    (span.flags ? LARGE_TAG + FIXED32_FIELD : 0)
  );
}

function eventSize(event: SpanEvent): number {
  return (
    timeField(event.timeUnixNano) +
    textField(event.name) +
    attributesSize(event.attributes) +
    countField(event.droppedAttributesCount)
  );
}

function linkSize(link: SpanLink): number {
  return (
    bytesField(TRACE_ID_BYTES) +
    bytesField(SPAN_ID_BYTES) +
    textField(link.traceState) +
    attributesSize(link.attributes) +
    countField(link.droppedAttributesCount) +
    (link.flags ? FIXED32_FIELD : 0)
  );
}

function attributesSize(attributes: readonly KeyValue[]): number {
  return total(attributes, (attribute) => bytesField(keyValueSize(attribute, MAX_ATTRIBUTE_BYTES)));
}

function keyValueSize({ key, value }: KeyValue, maxBytes: number): number {
  return textField(key, maxBytes) + bytesField(valueSize(value, maxBytes));
}

/** Only a text that is an attribute's own value is cut, not one inside an array or a key-value list. */
function valueSize(value: AnyValue, maxBytes = Infinity): number {
  switch (value.type) {
    case 'string':
      return bytesField(Math.min(utf8Length(value.value), maxBytes));
    case 'bool':
      return 2;
    case 'int':
      return 1 + varintSize(BigInt(value.value));
    case 'double':
      return FIXED64_FIELD;
    case 'array':
      return bytesField(total(value.value, (element) => bytesField(valueSize(element))));
    case 'kvlist':
      return bytesField(total(value.value, (pair) => bytesField(keyValueSize(pair, Infinity))));
    case 'bytes':
      return bytesField(value.value.length);
    case 'empty':
      return 0;
  }
}

function total<T>(items: readonly T[], size: (item: T) => number): number {
  let sum = 0;
  for (const item of items) {
    sum += size(item);
  }
  return sum;
}

function bytesField(length: number): number {
  return 1 + lengthSize(length) + length;
}

/** proto3 leaves out an empty text. */
function textField(text: string, maxBytes = Infinity): number {
  return text === '' ? 0 : bytesField(Math.min(utf8Length(text), maxBytes));
}

function timeField(unixNano: bigint): number {
  return unixNano === BigInt(0) ? 0 : FIXED64_FIELD;
}

function countField(count = 0): number {
  return count === 0 ? 0 : 1 + lengthSize(count);
}

function lengthSize(length: number): number {
  let size = 1;
  for (let rest = length; rest >= 128; rest = Math.floor(rest / 128)) {
    size++;
  }
  return size;
}

function varintSize(value: bigint): number {
  let size = 1;
  for (let rest = BigInt.asUintN(64, value); rest > BigInt(127); rest >>= BigInt(7)) {
    size++;
  }
  return size;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
