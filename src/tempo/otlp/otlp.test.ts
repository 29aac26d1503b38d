import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyValue, type Span } from '../../trace/model';
import {
  decodeExportRequestJson,
  decodeExportRequestProtobuf,
  decodeTempoTraceJson,
  decodeTraceByIdResponseProtobuf,
  decodeTraceProtobuf,
  encodeOtlpJson,
  encodeResourceSpansJson,
  encodeTraceByIdResponseProtobuf,
  encodeTraceProtobuf,
  OtlpDecodeError,
} from './index';

const CONTRACT = join(__dirname, '../../../tests/contract');
const DATASET_FILES = ['hotrod.json', 'k6-template.json', 'odd.json'];

const readText = (path: string) => readFileSync(join(CONTRACT, path), 'utf8');
const golden = (name: string) => JSON.parse(readText(`golden/${name}.json`));
const goldenBytes = (name: string) => new Uint8Array(Buffer.from(golden(name).bodyBase64, 'base64'));

/** toEqual sees absent and undefined as equal; identity of resources is not part of the wire format. */
const bySpanId = (spans: Span[]) => [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));

/** Go writes one U+FFFD for each byte of a character cut in two, browsers one for all of them (WHATWG Encoding). */
function withOneReplacementCharacter(spans: Span[]): Span[] {
  return bySpanId(spans).map((span) => ({
    ...span,
    attributes: span.attributes.map(({ key, value }) => ({
      key,
      value: value.type === 'string' ? { ...value, value: value.value.replace(/\ufffd+/g, '\ufffd') } : value,
    })),
  }));
}

/** What Tempo keeps of the spans. */
function withoutFlags(spans: readonly Span[]): Span[] {
  return spans.map((span) => ({
    ...span,
    flags: undefined,
    links: span.links.map((link) => ({ ...link, flags: undefined })),
  }));
}

function exportRequest(span: object): string {
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}
const IDS = { traceId: '0123456789abcdef0123456789abcdef', spanId: '0123456789abcdef' };

describe('the contract data set', () => {
  it.each(DATASET_FILES)('%s survives every wire format', (file) => {
    const text = readText(`dataset/${file}`);
    const spans = decodeExportRequestJson(text);
    expect(spans).toHaveLength(JSON.parse(readText('dataset/index.json')).files[file].spans);
    expect(decodeExportRequestJson(JSON.stringify(encodeOtlpJson(spans)))).toEqual(spans);
    expect(decodeExportRequestProtobuf(encodeTraceProtobuf(spans))).toEqual(withoutFlags(spans));
    const tempoJson = JSON.stringify({ batches: encodeResourceSpansJson(spans) });
    expect(decodeTempoTraceJson(tempoJson).spans).toEqual(withoutFlags(spans));
  });

  it('shares one resource and one scope object among the spans of a group', () => {
    const spans = decodeExportRequestProtobuf(
      encodeTraceProtobuf(decodeExportRequestJson(readText('dataset/k6-template.json')))
    );
    expect(new Set(spans.map((span) => span.resource)).size).toBeLessThan(spans.length);
    expect(spans[0].resource).toBe(spans[1].resource);
    expect(spans[0].scope).toBe(spans[1].scope);
  });
});

describe('what Tempo answered', () => {
  it.each(['trace-v2-hotrod', 'trace-v2-odd-attribute-values'])('%s is the same as protobuf and as JSON', (name) => {
    const fromProtobuf = decodeTraceByIdResponseProtobuf(goldenBytes(`${name}-protobuf`));
    const fromJson = decodeTempoTraceJson(JSON.stringify(golden(name).body));
    expect(fromProtobuf.spans.length).toBeGreaterThan(0);
    expect(withOneReplacementCharacter(fromProtobuf.spans)).toEqual(withOneReplacementCharacter(fromJson.spans));
    expect(fromProtobuf.partial).toBe(false);
  });

  it('reads the v1 answer in both forms', () => {
    const fromProtobuf = decodeTraceProtobuf(goldenBytes('trace-v1-hotrod-protobuf'));
    const fromJson = decodeTempoTraceJson(JSON.stringify(golden('trace-v1-hotrod').body));
    expect(fromProtobuf).toHaveLength(39);
    expect(bySpanId(fromProtobuf)).toEqual(bySpanId(fromJson.spans));
  });

  it('knows an unknown trace by its having no spans', () => {
    expect(decodeTraceByIdResponseProtobuf(goldenBytes('trace-v2-unknown-protobuf')).spans).toEqual([]);
    expect(decodeTempoTraceJson(JSON.stringify(golden('trace-v2-unknown').body)).spans).toEqual([]);
  });

  it('says that a filtered trace is partial', () => {
    const { status, message } = golden('trace-v2-filter-q').body;
    const answer = decodeTempoTraceJson(JSON.stringify(golden('trace-v2-filter-q').body));
    expect({ partial: answer.partial, message: answer.message }).toEqual({
      partial: status === 'PARTIAL',
      message: message ?? '',
    });
    const encoded = encodeTraceByIdResponseProtobuf({ ...answer, partial: true, message: 'cut' });
    expect(decodeTraceByIdResponseProtobuf(encoded)).toEqual({ ...answer, partial: true, message: 'cut' });
  });

  it.each(['hotrod', 'odd-attribute-values', 'odd-links-and-events', 'odd-kinds-and-states', 'odd-no-resource'])(
    'writes trace-v2-%s as Tempo does',
    (name) => {
      const body = golden(`trace-v2-${name}`).body;
      const { spans } = decodeTempoTraceJson(JSON.stringify(body));
      expect(encodeResourceSpansJson(spans)).toEqual(body.trace.resourceSpans);
    }
  );
});

describe('OTLP/JSON', () => {
  it.each([
    [2, 'server'],
    ['SPAN_KIND_SERVER', 'server'],
    [undefined, 'unspecified'],
    [99, 'unspecified'],
  ])('reads kind %p as %s', (kind, expected) => {
    expect(decodeExportRequestJson(exportRequest({ ...IDS, kind }))[0].kind).toBe(expected);
  });

  it.each<[string, AnyValue]>([
    ['{"intValue":"9223372036854775807"}', { type: 'int', value: BigInt('9223372036854775807') }],
    ['{"intValue": -9223372036854775808 }', { type: 'int', value: BigInt('-9223372036854775808') }],
    ['{"intValue":42}', { type: 'int', value: 42 }],
    ['{"doubleValue":"NaN"}', { type: 'double', value: NaN }],
    ['{"doubleValue":"-Infinity"}', { type: 'double', value: -Infinity }],
    ['{"bytesValue":"AQL/"}', { type: 'bytes', value: new Uint8Array([1, 2, 255]) }],
    ['{"boolValue":false}', { type: 'bool', value: false }],
    ['{"stringValue":""}', { type: 'string', value: '' }],
    ['{"stringValue":"\\"intValue\\":12345678901234567}"}', { type: 'string', value: '"intValue":12345678901234567}' }],
    ['{}', { type: 'empty' }],
    ['null', { type: 'empty' }],
  ])('reads the value %s', (json, expected) => {
    const text = exportRequest({ ...IDS, attributes: [{ key: 'a', value: 'VALUE' }] }).replace('"VALUE"', () => json);
    expect(decodeExportRequestJson(text)[0].attributes).toEqual([{ key: 'a', value: expected }]);
  });

  it('takes upper-case ids, the old name of scopes, and an all-zero parent as a root', () => {
    const span = { traceId: IDS.traceId.toUpperCase(), spanId: IDS.spanId, parentSpanId: '0000000000000000' };
    const text = JSON.stringify({
      batches: [{ instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'lib' }, spans: [span] }] }],
    });
    expect(decodeExportRequestJson(text)).toMatchObject([{ ...IDS, parentSpanId: '', scope: { name: 'lib' } }]);
  });

  it.each<[string, string, string]>([
    ['a short id', exportRequest({ ...IDS, spanId: 'abcd' }), 'spans[0].spanId "abcd" has 4 hex digits, expected 16'],
    ['an id of zeros', exportRequest({ ...IDS, spanId: '0000000000000000' }), 'spanId is all zeros'],
    ['no id', exportRequest({ spanId: IDS.spanId }), 'traceId is missing'],
    ['base64', exportRequest({ ...IDS, spanId: 'WJTVnJNpi34=' }), 'is not hexadecimal'],
    ['an unknown kind', exportRequest({ ...IDS, kind: 'SERVER' }), 'kind: "SERVER" is not one of'],
    ['a fraction as time', exportRequest({ ...IDS, startTimeUnixNano: 1.5 }), 'startTimeUnixNano is not a time'],
    ['spans that are no list', '{"resourceSpans":{"a":1}}', 'resourceSpans is not a list'],
    ['cut JSON', '{"resourceSpans":[{', 'not JSON, or it is cut off'],
    ['something else', '"hello"', '$ is not an object'],
  ])('refuses %s and says where', (_, text, message) => {
    expect(() => decodeExportRequestJson(text)).toThrow(OtlpDecodeError);
    expect(() => decodeExportRequestJson(text)).toThrow(message);
  });
});

describe('protobuf that is damaged', () => {
  const good = encodeTraceProtobuf(decodeExportRequestJson(readText('dataset/odd.json')).slice(0, 12));

  it('is refused wherever it is cut, or decodes to whole spans only', () => {
    const whole = decodeTraceProtobuf(good);
    for (let length = 0; length < good.length; length++) {
      const spans = spansOrError(good.slice(0, length));
      // A cut between two ResourceSpans is a valid, shorter message.
      expect(spans === undefined || whole.slice(0, spans.length)).toEqual(spans ?? true);
    }
  });

  it('never hangs and throws nothing but OtlpDecodeError on noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        spansOrError(bytes);
      }),
      { seed: 20261121, numRuns: 2000 }
    );
  });

  it('never hangs and throws nothing but OtlpDecodeError on flipped bytes', () => {
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(flips, (changes) => {
        const bytes = good.slice();
        changes.forEach(([at, value]) => (bytes[at] = value));
        spansOrError(bytes);
      }),
      { seed: 20261121, numRuns: 2000 }
    );
  });

  it.each<[string, number[], RegExp]>([
    ['an oversized length', [0x0a, 0xff, 0xff, 0x7f], /says it is \d+ bytes long/],
    ['a string where a message belongs', [0x08, 0x01], /Field 1 of the trace has the wire type varint/],
    ['field number 0', [0x00, 0x01], /not a protobuf message/],
    ['an endless varint', new Array<number>(20).fill(0xff), /./],
  ])('explains %s', (_, bytes, message) => {
    expect(() => decodeTraceProtobuf(new Uint8Array(bytes))).toThrow(OtlpDecodeError);
    expect(() => decodeTraceProtobuf(new Uint8Array(bytes))).toThrow(message);
  });

  it('stops at values that are nested too deep', () => {
    let value: AnyValue = { type: 'empty' };
    for (let depth = 0; depth < 100; depth++) {
      value = { type: 'array', value: [value] };
    }
    const [span] = decodeExportRequestJson(exportRequest(IDS));
    const bytes = encodeTraceProtobuf([{ ...span, attributes: [{ key: 'deep', value }] }]);
    expect(() => decodeTraceProtobuf(bytes)).toThrow('nested more than 64 levels deep');
  });
});

function spansOrError(bytes: Uint8Array): Span[] | undefined {
  try {
    return decodeTraceProtobuf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(OtlpDecodeError);
    return undefined;
  }
}
