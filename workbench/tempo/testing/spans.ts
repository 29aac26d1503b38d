import { type AnyValue, type KeyValue, type Span } from '../../../src/trace/model';

const MS = BigInt(1_000_000);

/** 2026-11-21 10:05:00 UTC, ns since the Unix epoch. */
export const TEST_START_NANOS = BigInt(1_795_255_500) * BigInt(1_000_000_000);

type PlainValue = string | number | boolean | string[] | number[] | AnyValue;

export interface SpanSketch {
  id: string;
  parent?: string;
  trace?: string;
  name?: string;
  service?: string;
  kind?: Span['kind'];
  status?: Span['status']['code'];
  statusMessage?: string;
  /** ms after the start of the test */
  at?: number;
  /** ms */
  for?: number;
  attributes?: Record<string, PlainValue>;
  resource?: Record<string, PlainValue>;
  events?: Array<{ name: string; at?: number; attributes?: Record<string, PlainValue> }>;
  links?: Array<{ trace: string; span: string; attributes?: Record<string, PlainValue> }>;
}

/** Numbers with a fraction are doubles, others integers; ids are padded with zeros. */
export function spansOf(sketches: readonly SpanSketch[]): Span[] {
  return sketches.map(spanOf);
}

function spanOf(sketch: SpanSketch): Span {
  const start = TEST_START_NANOS + nanos(sketch.at ?? 0);
  return {
    traceId: (sketch.trace ?? '1').padStart(32, '0'),
    spanId: sketch.id.padStart(16, '0'),
    parentSpanId: sketch.parent === undefined ? '' : sketch.parent.padStart(16, '0'),
    traceState: '',
    name: sketch.name ?? sketch.id,
    kind: sketch.kind ?? 'internal',
    startTimeUnixNano: start,
    endTimeUnixNano: start + nanos(sketch.for ?? 10),
    attributes: attributesOf(sketch.attributes),
    events: (sketch.events ?? []).map(({ name, at = 0, attributes }) => ({
      name,
      timeUnixNano: start + nanos(at),
      attributes: attributesOf(attributes),
    })),
    links: (sketch.links ?? []).map(({ trace, span, attributes }) => ({
      traceId: trace.padStart(32, '0'),
      spanId: span.padStart(16, '0'),
      traceState: '',
      attributes: attributesOf(attributes),
    })),
    status: { code: sketch.status ?? 'unset', message: sketch.statusMessage ?? '' },
    resource: { attributes: attributesOf({ 'service.name': sketch.service ?? 'shop', ...sketch.resource }) },
    scope: { name: 'test', version: '1', attributes: [] },
  };
}

function nanos(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * (MS / BigInt(1000));
}

function attributesOf(record: Record<string, PlainValue> = {}): KeyValue[] {
  return Object.entries(record).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: PlainValue): AnyValue {
  if (Array.isArray(value)) {
    return { type: 'array', value: value.map((element: string | number) => anyValue(element)) };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string', value };
    case 'boolean':
      return { type: 'bool', value };
    case 'number':
      return Number.isInteger(value) ? { type: 'int', value } : { type: 'double', value };
    default:
      return value;
  }
}
