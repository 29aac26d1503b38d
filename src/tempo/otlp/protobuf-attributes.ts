import { type AnyValue, type KeyValue } from '../../trace/model';
import { OtlpDecodeError } from './error';
import { safeInt } from './int64';
import { MAX_VALUE_DEPTH } from './max-value-depth';
import { type MessageCache } from './message-cache';
import { type OtlpReader } from './protobuf-reader';
import { delimited, fixed64, varint } from './protobuf-tags';

/** KeyValue and AnyValue of opentelemetry-proto. */
export class AttributeDecoder {
  private readonly cache: MessageCache<KeyValue>;

  constructor(private readonly reader: OtlpReader) {
    this.cache = reader.newCache();
  }

  /** Equal attributes are one object. */
  decode(end: number): KeyValue {
    const { reader, cache } = this;
    const start = reader.position;
    const known = cache.find(start, end);
    if (known) {
      reader.skipTo(end);
      return known;
    }
    const attribute = this.keyValue(end, 0);
    cache.add(start, end, attribute);
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
}
