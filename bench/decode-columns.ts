/** The most compact form of a trace that a worker can hand over: lists of texts and typed arrays that are moved, not copied. */
import { type Span } from '../src/trace/model';

export interface TraceColumns {
  /** Every text once; the columns below index into it */
  texts: string[];
  /** Every attribute once: key and value of each */
  attributeKeys: Uint32Array<ArrayBuffer>;
  attributeValues: unknown[];
  /** 8 bytes a span */
  spanIds: Uint8Array<ArrayBuffer>;
  parentIds: Uint8Array<ArrayBuffer>;
  names: Uint32Array<ArrayBuffer>;
  services: Uint32Array<ArrayBuffer>;
  /** ms */
  starts: Float64Array<ArrayBuffer>;
  durations: Float64Array<ArrayBuffer>;
  /** Attributes of span i: attributes[attributeStarts[i]] to attributes[attributeStarts[i + 1]] */
  attributeStarts: Uint32Array<ArrayBuffer>;
  attributes: Uint32Array<ArrayBuffer>;
}

class Table<T> {
  readonly values: T[] = [];
  private readonly indexes = new Map<T, number>();

  index(value: T): number {
    let index = this.indexes.get(value);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.indexes.set(value, index);
    }
    return index;
  }
}

function writeId(ids: Uint8Array, at: number, hex: string): void {
  for (let i = 0; i < hex.length / 2; i++) {
    ids[8 * at + i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
}

/** In the worker. */
export function columnsOf(spans: readonly Span[], serviceOf: (span: Span) => string): TraceColumns {
  const texts = new Table<string>();
  const pairs = new Table<Span['attributes'][number]>();
  const total = spans.reduce((sum, { attributes }) => sum + attributes.length, 0);
  const columns = {
    spanIds: new Uint8Array(8 * spans.length),
    parentIds: new Uint8Array(8 * spans.length),
    names: new Uint32Array(spans.length),
    services: new Uint32Array(spans.length),
    starts: new Float64Array(spans.length),
    durations: new Float64Array(spans.length),
    attributeStarts: new Uint32Array(spans.length + 1),
    attributes: new Uint32Array(total),
  };
  let at = 0;
  spans.forEach((span, i) => {
    writeId(columns.spanIds, i, span.spanId);
    writeId(columns.parentIds, i, span.parentSpanId);
    columns.names[i] = texts.index(span.name);
    columns.services[i] = texts.index(serviceOf(span));
    columns.starts[i] = Number(span.startTimeUnixNano) / 1e6;
    columns.durations[i] = Number(span.endTimeUnixNano - span.startTimeUnixNano) / 1e6;
    for (const attribute of span.attributes) {
      columns.attributes[at++] = pairs.index(attribute);
    }
    columns.attributeStarts[i + 1] = at;
  });
  return {
    ...columns,
    attributeKeys: Uint32Array.from(pairs.values, ({ key }) => texts.index(key)),
    attributeValues: pairs.values.map(({ value }) => (value.type === 'empty' ? null : value.value)),
    texts: texts.values,
  };
}

function hexColumn(ids: Uint8Array, count: number): string[] {
  const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let byte = 8 * i; byte < 8 * i + 8; byte++) {
      text += hex[ids[byte]];
    }
    return text;
  });
}

/** On the main thread: the columns of the frame that cannot be typed arrays. Events and links are left out: a lower bound. */
export function columnsToFrameValues(columns: TraceColumns): unknown[] {
  const { texts, attributes, attributeStarts } = columns;
  const count = columns.names.length;
  const tags = columns.attributeValues.map((value, i) => ({ key: texts[columns.attributeKeys[i]], value }));
  return [
    hexColumn(columns.spanIds, count),
    hexColumn(columns.parentIds, count),
    Array.from(columns.names, (index) => texts[index]),
    Array.from(columns.services, (index) => texts[index]),
    Array.from(columns.starts),
    Array.from(columns.durations),
    Array.from({ length: count }, (_, i) => {
      const own = [];
      for (let at = attributeStarts[i]; at < attributeStarts[i + 1]; at++) {
        own.push(tags[attributes[at]]);
      }
      return own;
    }),
  ];
}
