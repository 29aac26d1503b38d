import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Span } from '../../trace/model';
import { runSteps } from '../../trace/steps';
import { decodeExportRequestJson, encodeOtlpJson, encodeResourceSpansJson, otlpJsonTextSteps } from '../otlp';
import { TraceFileError } from './error';
import { type TraceFile, traceFileSteps, type TracesOfFile } from './read-trace-file';

fc.configureGlobal({ seed: 15 });

const CONTRACT = join(__dirname, '../../../tests/contract');
const readText = (path: string) => readFileSync(join(CONTRACT, path), 'utf8');
const read = (content: unknown): TraceFile =>
  runSteps(traceFileSteps(typeof content === 'string' ? content : JSON.stringify(content)));

function traces(content: unknown): TracesOfFile {
  const file = read(content);
  expect(file.type).toBe('traces');
  return file as TracesOfFile;
}
const allSpans = (content: unknown) => traces(content).traces.flatMap(({ spans }) => spans);
const bySpanId = (spans: Span[]) => [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
const withoutFlags = (spans: Span[]) =>
  spans.map((span) => ({
    ...span,
    flags: undefined,
    links: span.links.map((link) => ({ ...link, flags: undefined })),
  }));

const hotrod = decodeExportRequestJson(readText('dataset/hotrod.json'));
const odd = decodeExportRequestJson(readText('dataset/odd.json'));
const text = (key: string, value: string) => ({ key, value: { type: 'string', value } });

describe('OTLP JSON', () => {
  it.each([
    ['hotrod', hotrod],
    ['odd values', odd],
  ])('D11: what is exported is read back exactly: %s', (_, spans) => {
    const exported = runSteps(otlpJsonTextSteps(spans)).join('');
    expect(JSON.parse(exported)).toEqual(encodeOtlpJson(spans));
    expect(bySpanId(allSpans(exported))).toEqual(bySpanId(spans));
  });

  it('lists the traces of a file, each with its own spans', () => {
    const { format, traces: list } = traces(readText('dataset/hotrod.json'));
    expect(format).toBe('otlp');
    expect(list.map(({ traceId }) => traceId)).toEqual([...new Set(hotrod.map(({ traceId }) => traceId))]);
    list.forEach(({ traceId, spans }) =>
      expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
    );
  });

  it('reads the old shape, a bare list, and one request a line', () => {
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'old', startTimeUnixNano: '1' };
    const old = [{ instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'lib' }, spans: [span] }] }];
    for (const content of [{ batches: old }, { resourceSpans: old }, old]) {
      expect(allSpans(content)).toMatchObject([{ name: 'old', scope: { name: 'lib' } }]);
    }
    const line = (name: string) =>
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, name }] }] }] });
    expect(allSpans(`${line('one')}\n${line('two')}\n`).map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it("reads Grafana's own download: short trace ids, bare numbers, enums in lower case", () => {
    const content =
      '{"batches":[{"resource":{"attributes":[]},"instrumentationLibrarySpans":[{"instrumentationLibrary":{},"spans":' +
      '[{"traceId":"ab12","spanId":"cd","parentSpanId":"","name":"x","kind":"server","startTimeUnixNano":1795255500123456789,' +
      '"endTimeUnixNano":1795255500123456790,"status":{"code":2}}]}]}]}';
    expect(allSpans(content)).toMatchObject([
      {
        traceId: 'ab12'.padStart(32, '0'),
        spanId: 'cd'.padStart(16, '0'),
        kind: 'server',
        status: { code: 'error' },
        startTimeUnixNano: BigInt('1795255500123456789'),
      },
    ]);
  });
});

describe("Tempo's answers", () => {
  it('reads v1 and v2, with ids in base64', () => {
    expect(traces({ batches: encodeResourceSpansJson(hotrod) }).format).toBe('otlp');
    expect(bySpanId(allSpans({ batches: encodeResourceSpansJson(hotrod) }))).toEqual(bySpanId(withoutFlags(hotrod)));
    const v2 = { trace: { resourceSpans: encodeResourceSpansJson(odd) }, status: 'PARTIAL', message: 'too large' };
    expect(traces(v2)).toMatchObject({ format: 'tempo', partial: 'too large' });
    expect(bySpanId(allSpans(v2))).toEqual(bySpanId(withoutFlags(odd)));
  });

  it('reads what a real Tempo answered', () => {
    const { body } = JSON.parse(readText('golden/trace-v2-hotrod.json'));
    expect(allSpans(body)).toHaveLength(39);
  });
});

describe('Jaeger', () => {
  const trace = {
    traceID: 'abc',
    processes: { p1: { serviceName: 'shop', tags: [{ key: 'hostname', type: 'string', value: 'h1' }] } },
    spans: [
      {
        traceID: 'abc',
        spanID: '1',
        operationName: 'GET /',
        references: [],
        startTime: 1_700_000_000_000_000,
        duration: 1500,
        processID: 'p1',
        tags: [
          { key: 'span.kind', type: 'string', value: 'server' },
          { key: 'error', type: 'bool', value: true },
          { key: 'otel.status_description', type: 'string', value: 'boom' },
          { key: 'size', type: 'int64', value: '9007199254740993' },
          { key: 'ratio', type: 'float64', value: 1 },
          { key: 'otel.scope.name', type: 'string', value: 'lib' },
        ],
        logs: [
          {
            timestamp: 1_700_000_000_000_001,
            fields: [
              { key: 'event', type: 'string', value: 'retry' },
              { key: 'attempt', type: 'int64', value: 2 },
            ],
          },
        ],
      },
      {
        traceID: 'abc',
        spanID: '2',
        operationName: 'SELECT',
        references: [
          { refType: 'FOLLOWS_FROM', traceID: 'def', spanID: '9' },
          { refType: 'CHILD_OF', traceID: 'abc', spanID: '1' },
        ],
        startTime: 1_700_000_000_000_200.5,
        duration: 10,
        processID: 'p1',
        tags: [{ key: 'span.kind', type: 'string', value: 'client' }],
        logs: [],
      },
    ],
  };

  it.each([
    ['an answer of its API', { data: [trace], total: 0, errors: null }],
    ['one trace', trace],
    ['a list of traces', [trace]],
  ])('reads %s', (_, content) => {
    const { format, traces: list } = traces(content);
    expect(format).toBe('jaeger');
    expect(list).toHaveLength(1);
    const [server, client] = list[0].spans;
    expect(server).toMatchObject({
      traceId: 'abc'.padStart(32, '0'),
      spanId: '0000000000000001',
      parentSpanId: '',
      kind: 'server',
      status: { code: 'error', message: 'boom' },
      scope: { name: 'lib' },
      startTimeUnixNano: BigInt('1700000000000000000'),
      endTimeUnixNano: BigInt('1700000000001500000'),
      resource: { attributes: [text('service.name', 'shop'), text('hostname', 'h1')] },
      events: [{ name: 'retry', timeUnixNano: BigInt('1700000000000001000'), attributes: [{ key: 'attempt' }] }],
    });
    expect(server.attributes).toEqual([
      { key: 'error', value: { type: 'bool', value: true } },
      { key: 'size', value: { type: 'int', value: BigInt('9007199254740993') } },
      { key: 'ratio', value: { type: 'double', value: 1 } },
    ]);
    expect(client).toMatchObject({
      parentSpanId: '0000000000000001',
      startTimeUnixNano: BigInt('1700000000000200500'),
      links: [{ traceId: 'def'.padStart(32, '0'), spanId: '0000000000000009' }],
    });
    expect(client.resource).toBe(server.resource);
  });

  it('is exported as OTLP and read back the same', () => {
    const { spans } = traces({ data: [trace] }).traces[0];
    expect(allSpans(runSteps(otlpJsonTextSteps(spans)).join(''))).toEqual(spans);
  });
});

describe('Zipkin', () => {
  const client = {
    traceId: '5af7183fb1d4cf5f',
    id: '352bff9a74ca9ad2',
    parentId: '6b221d5bc9e6496c',
    kind: 'CLIENT',
    name: 'get',
    timestamp: 1_556_604_172_355_737,
    duration: 1431,
    localEndpoint: { serviceName: 'frontend', ipv4: '192.0.2.1' },
    remoteEndpoint: { serviceName: 'backend', port: 9000 },
    annotations: [{ timestamp: 1_556_604_172_355_900, value: 'ws' }],
    tags: { 'http.method': 'GET', error: '500' },
  };

  it.each([
    ['a list of spans', [client]],
    ['a list of traces', [[client]]],
  ])('reads %s', (_, content) => {
    expect(traces(content).format).toBe('zipkin');
    expect(allSpans(content)).toMatchObject([
      {
        traceId: '00000000000000005af7183fb1d4cf5f',
        spanId: '352bff9a74ca9ad2',
        parentSpanId: '6b221d5bc9e6496c',
        kind: 'client',
        name: 'get',
        status: { code: 'error', message: '500' },
        startTimeUnixNano: BigInt('1556604172355737000'),
        endTimeUnixNano: BigInt('1556604172357168000'),
        resource: { attributes: [text('service.name', 'frontend'), text('net.host.ip', '192.0.2.1')] },
        events: [{ name: 'ws' }],
        attributes: [
          text('http.method', 'GET'),
          text('error', '500'),
          text('peer.service', 'backend'),
          { key: 'net.peer.port', value: { type: 'int', value: 9000 } },
        ],
      },
    ]);
  });

  it('makes two spans of one that client and server share, with the rest of the tree in its place', () => {
    const server = { ...client, kind: 'SERVER', shared: true, localEndpoint: { serviceName: 'backend' } };
    const below = {
      ...client,
      id: 'ff',
      parentId: client.id,
      kind: 'CLIENT',
      localEndpoint: { serviceName: 'backend' },
    };
    const [first, second, third] = allSpans([client, server, below]);
    expect(second.parentSpanId).toBe(first.spanId);
    expect(second.spanId).not.toBe(first.spanId);
    expect(third.parentSpanId).toBe(second.spanId);
  });
});

describe('service graph frames', () => {
  const nodes = {
    name: 'Nodes',
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: [
      {
        name: 'id',
        type: 'string',
        config: { links: [{ title: 'x', url: 'javascript:alert(1)' }] },
        values: ['a', 'b'],
      },
      { name: 'mainstat', type: 'number', config: { unit: 'ms/r' }, values: { buffer: [1, 2] } },
    ],
  };
  const edges = {
    name: 'Edges',
    fields: [
      { name: 'id', type: 'string', config: {}, values: ['1', '2'] },
      { name: 'source', type: 'string', config: {}, values: ['a', 'gone'] },
      { name: 'target', type: 'string', config: {}, values: ['b', 'b'] },
    ],
  };

  it('reads frames as Grafana saves them, without their links and without edges that lead nowhere', () => {
    const file = read([nodes, edges]);
    expect(file).toMatchObject({ type: 'graph', droppedEdges: 1 });
    const frames = file.type === 'graph' ? file.frames : [];
    expect(frames.map((frame) => [frame.name, frame.length])).toEqual([
      ['Nodes', 2],
      ['Edges', 1],
    ]);
    expect(frames[0].meta?.preferredVisualisationType).toBe('nodeGraph');
    expect(frames[0].fields[1]).toMatchObject({ config: { unit: 'ms/r' }, values: [1, 2] });
    expect(JSON.stringify(frames)).not.toContain('javascript:');
  });

  it('says when frames are no graph', () => {
    expect(() => read([{ fields: [{ name: 'Time', values: [1] }] }])).toThrow(/no service graph/);
    expect(() =>
      read([
        {
          fields: [
            { name: 'id', values: ['a'] },
            { name: 'title', values: [] },
          ],
        },
      ])
    ).toThrow(/different numbers/);
  });
});

describe('files that cannot be read', () => {
  it.each<[string, unknown, RegExp]>([
    ['an empty file', '  ', /empty/],
    ['no JSON', '<html></html>', /not JSON/],
    ['JSON that is cut off', '{"resourceSpans":[{', /not JSON, or it is cut off/],
    ['a fault in a line', '{"resourceSpans":[]}\n{"resourceSpans":', /^Line 2 /],
    ['other JSON', { hello: 1 }, /holds no traces/],
    ['a number', '12', /holds no traces/],
    ['no spans', { resourceSpans: [] }, /without any span/],
    [
      'a bad time',
      { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a', spanId: 'b', startTimeUnixNano: 'noon' }] }] }] },
      /looks like OTLP JSON.*resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.startTimeUnixNano/,
    ],
    [
      'a bad Jaeger id',
      { data: [{ traceID: 'x', processes: {}, spans: [{ traceID: 'zz', spanID: '1' }] }] },
      /Jaeger's JSON.*data\[0\]\.spans\[0\]\.traceID "zz"/,
    ],
    ['a Zipkin span without a time', [{ traceId: 'a', id: 'b' }], /Zipkin's JSON.*\$\[0\]\.timestamp is missing/],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(TraceFileError);
    expect(() => read(content)).toThrow(message);
  });

  it('names line and column of a fault', () => {
    expect(() => read('{\n  "resourceSpans": nonsense\n}')).toThrow(/line 2, column 20/);
  });
});

describe('whatever the JSON is', () => {
  /** Values that are close to what the readers look for, so that they get deep. */
  const keys = fc.constantFrom(
    ...[
      'resourceSpans',
      'batches',
      'scopeSpans',
      'spans',
      'trace',
      'data',
      'processes',
      'traceID',
      'spanID',
      'traceId',
    ],
    ...[
      'id',
      'tags',
      'logs',
      'references',
      'fields',
      'schema',
      'values',
      'attributes',
      'key',
      'value',
      'intValue',
      'status',
    ],
    ...[
      'kind',
      'timestamp',
      'startTime',
      'duration',
      'annotations',
      'localEndpoint',
      'name',
      'config',
      'events',
      'links',
    ]
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom<unknown>(
        null,
        true,
        '',
        'a',
        'ab12',
        '__proto__',
        0,
        -1,
        1.5,
        1e300,
        1_700_000_000_000_000,
        {},
        []
      ),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(keys, tie('json'), { maxKeys: 5 })
    ),
  }));

  it('is read, or refused with a reason', () => {
    fc.assert(
      fc.property(json, (value) => {
        try {
          read(value);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceFileError);
          expect((error as TraceFileError).message).not.toBe('');
        }
      }),
      { numRuns: 2000 }
    );
  });

  it('any text is read, or refused with a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        try {
          read(content);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceFileError);
        }
      })
    );
  });

  it('a good file cut anywhere is refused with a reason', () => {
    const good = runSteps(otlpJsonTextSteps(odd)).join('');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.trimEnd().length - 1 }), (length) => {
        expect(() => read(good.slice(0, length))).toThrow(TraceFileError);
      })
    );
  });
});
