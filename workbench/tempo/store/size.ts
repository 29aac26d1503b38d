import { type AnyValue, type KeyValue, type Span } from '../../../src/trace/model';

/** Rough sizes of JavaScript objects, bytes: an object with a few fields, an entry of an array. */
const OBJECT = 80;
const SPAN = 400;

/** What a span takes in memory, approximately, bytes. Its resource and scope are shared and not counted. */
export function approximateBytes(span: Span): number {
  let bytes = SPAN + textBytes(span.name) + textBytes(span.status.message) + attributesBytes(span.attributes);
  for (const event of span.events) {
    bytes += OBJECT + textBytes(event.name) + attributesBytes(event.attributes);
  }
  for (const link of span.links) {
    bytes += 2 * OBJECT + attributesBytes(link.attributes);
  }
  return bytes;
}

function attributesBytes(attributes: readonly KeyValue[]): number {
  let bytes = 0;
  for (const { key, value } of attributes) {
    bytes += 2 * OBJECT + textBytes(key) + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: AnyValue): number {
  switch (value.type) {
    case 'string':
      return textBytes(value.value);
    case 'bytes':
      return value.value.length;
    case 'array':
      return value.value.reduce((total, element) => total + OBJECT + valueBytes(element), 0);
    case 'kvlist':
      return attributesBytes(value.value);
    default:
      return 16;
  }
}

function textBytes(text: string): number {
  return text.length * 2;
}
