/** Bytes and JSON from anywhere: decoded, or refused with a reason; never anything else, and never for long. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTempoClient } from '../client';
import { TempoError } from '../error';
import { traceFromFrame } from '../../trace/from-frame';
import { type AnyValue, type Span, SPAN_KINDS, STATUS_CODES } from '../../trace/model';
import { traceToFrame } from '../../trace/to-frame';
import { buildTraceTree } from '../../trace/tree';
import {
  decodeExportRequestJson,
  decodeTempoTraceJson,
  decodeTraceByIdResponseProtobuf,
  decodeTraceProtobuf,
  encodeOtlpJson,
  encodeTraceByIdResponseProtobuf,
  encodeTraceProtobuf,
  OtlpDecodeError,
} from './index';

fc.configureGlobal({ seed: 14 });

const dataset = readFileSync(join(__dirname, '../../../tests/contract/dataset/odd.json'), 'utf8');
const odd = decodeExportRequestJson(dataset).slice(0, 30);
const good = encodeTraceByIdResponseProtobuf({ spans: odd, partial: false, message: '' });

function decodedOrRefused(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(OtlpDecodeError);
    expect((error as OtlpDecodeError).message).not.toBe('');
  }
}

describe('protobuf', () => {
  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodedOrRefused(() => decodeTraceProtobuf(bytes));
        decodedOrRefused(() => decodeTraceByIdResponseProtobuf(bytes));
      }),
      { numRuns: 2000 }
    );
  });

  it('cut anywhere: refused, unless all spans were there before the cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: good.length - 1 }), (length) => {
        decodedOrRefused(() => {
          expect(decodeTraceByIdResponseProtobuf(good.slice(0, length)).spans).toHaveLength(odd.length);
        });
      }),
      { numRuns: 300 }
    );
  });

  it('with bytes changed: wrong wire types, lengths that are too large', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: good.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = new Uint8Array(good);
        changes.forEach(([at, byte]) => (bytes[at] = byte));
        decodedOrRefused(() => decodeTraceByIdResponseProtobuf(bytes));
      }),
      { numRuns: 1000 }
    );
  });

  it('a megabyte of noise is refused at once', () => {
    let state = 7;
    const noise = Uint8Array.from({ length: 1_000_000 }, () => (state = (Math.imul(state, 1103515245) + 12345) & 0xff));
    decodedOrRefused(() => decodeTraceByIdResponseProtobuf(noise));
    decodedOrRefused(() => decodeTraceByIdResponseProtobuf(new Uint8Array(1_000_000).fill(0x0a)));
  });
});

describe('JSON', () => {
  it.each([
    ['OTLP', decodeExportRequestJson],
    ['Tempo', decodeTempoTraceJson],
  ])('any text: %s', (_, decode) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => decodedOrRefused(() => decode(text))),
      { numRuns: 500 }
    );
  });

  it('a good one with any value put in any place', () => {
    const paths: Array<Array<string | number>> = [];
    const walk = (value: unknown, path: Array<string | number>) => {
      if (typeof value === 'object' && value !== null) {
        for (const [key, child] of Object.entries(value)) {
          const next = [...path, Array.isArray(value) ? Number(key) : key];
          paths.push(next);
          walk(child, next);
        }
      }
    };
    const base = { resourceSpans: JSON.parse(dataset).resourceSpans.slice(0, 3) };
    walk(base, []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const copy: unknown = JSON.parse(JSON.stringify(base));
        let at: unknown = copy;
        for (const key of path.slice(0, -1)) {
          at = Reflect.get(Object(at), key);
        }
        Reflect.set(Object(at), path[path.length - 1], value);
        decodedOrRefused(() => decodeExportRequestJson(JSON.stringify(copy)));
        decodedOrRefused(() => decodeTempoTraceJson(JSON.stringify(copy)));
      }),
      { numRuns: 500 }
    );
  });
});

it('whatever comes as a trace, the client rejects with a TempoError and nothing else', async () => {
  const contentType = fc.constantFrom('application/protobuf', 'application/json', 'text/plain', '');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), contentType, async (bytes, type) => {
      const body = new Uint8Array(bytes).buffer;
      const client = createTempoClient({ get: async () => ({ status: 200, contentType: type, body }) });
      const outcome: unknown = await client.trace({ traceId: 'ab' }).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(TempoError);
      }
    }),
    { numRuns: 300 }
  );
});

describe('any spans at all', () => {
  const { value } = fc.letrec<{ value: AnyValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string().map((text): AnyValue => ({ type: 'string', value: text })),
      fc.boolean().map((flag): AnyValue => ({ type: 'bool', value: flag })),
      fc.maxSafeInteger().map((int): AnyValue => ({ type: 'int', value: int })),
      fc
        .bigInt({ min: BigInt('-9223372036854775808'), max: BigInt('-9007199254740992') })
        .map((int): AnyValue => ({ type: 'int', value: int })),
      fc.double().map((double): AnyValue => ({ type: 'double', value: double })),
      fc.uint8Array({ maxLength: 9 }).map((bytes): AnyValue => ({ type: 'bytes', value: bytes })),
      fc.constant<AnyValue>({ type: 'empty' }),
      fc.array(tie('value'), { maxLength: 3 }).map((list): AnyValue => ({ type: 'array', value: list })),
      fc
        .array(fc.record({ key: fc.string(), value: tie('value') }), { maxLength: 3 })
        .map((list): AnyValue => ({ type: 'kvlist', value: list }))
    ),
  }));
  const attributes = fc.array(fc.record({ key: fc.string(), value }), { maxLength: 4 });
  const hex = (digits: number) =>
    fc
      .bigInt({ min: BigInt(1), max: (BigInt(1) << BigInt(4 * digits)) - BigInt(1) })
      .map((id) => id.toString(16).padStart(digits, '0'));
  // Few ids, so that parents exist, repeat, and form rings.
  const spanId = fc.integer({ min: 1, max: 6 }).map((id) => id.toString(16).padStart(16, '0'));
  const time = fc.bigInt({ min: BigInt(0), max: (BigInt(1) << BigInt(64)) - BigInt(1) });
  const span = fc.record({
    spanId,
    parentSpanId: fc.oneof(fc.constant(''), spanId),
    traceState: fc.string(),
    name: fc.string(),
    kind: fc.constantFrom(...SPAN_KINDS),
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    events: fc.array(fc.record({ timeUnixNano: time, name: fc.string(), attributes }), { maxLength: 2 }),
    links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), traceState: fc.string(), attributes }), {
      maxLength: 2,
    }),
    status: fc.record({ code: fc.constantFrom(...STATUS_CODES), message: fc.string() }),
  });
  const trace = fc
    .tuple(hex(32), attributes, fc.array(span, { maxLength: 8 }))
    .map(([traceId, resourceAttributes, spans]) => {
      const resource = { attributes: resourceAttributes };
      const scope = { name: 's', version: '', attributes: [] };
      return { traceId, spans: spans.map((part): Span => ({ ...part, traceId, resource, scope })) };
    });

  it('survive OTLP JSON and protobuf exactly', () => {
    fc.assert(
      fc.property(trace, ({ spans }) => {
        expect(decodeExportRequestJson(JSON.stringify(encodeOtlpJson(spans)))).toEqual(spans);
        expect(decodeTraceProtobuf(encodeTraceProtobuf(spans))).toEqual(spans);
      }),
      { numRuns: 300 }
    );
  });

  it('make a frame of columns of one length, which is read back span for span, and a tree with each of them once', () => {
    fc.assert(
      fc.property(trace, (one) => {
        const frame = traceToFrame(one, { refId: 'A' });
        frame.fields.forEach(({ values }) => expect(values).toHaveLength(one.spans.length));
        expect(() => JSON.stringify(frame)).not.toThrow();
        const copied = { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [...field.values] })) };
        const back = traceFromFrame(copied).trace.spans;
        expect(back.map(({ spanId: id, name, kind }) => [id, name, kind])).toEqual(
          one.spans.map(({ spanId: id, name, kind }) => [id, name, kind])
        );
        const tree = buildTraceTree(one);
        expect(new Set(tree.nodes.map((node) => node.span))).toEqual(new Set(one.spans));
        expect(tree.nodes).toHaveLength(one.spans.length);
      }),
      { numRuns: 300 }
    );
  });
});
