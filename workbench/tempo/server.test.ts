import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';

import { BinaryReader } from '@bufbuild/protobuf/wire';

import { encodeOtlpJson, encodeTraceProtobuf } from '../../src/tempo/otlp';

import { type InMemoryTempo, startInMemoryTempo } from './server';
import { spansOf } from './testing/spans';

const NOW_MS = 1_795_255_501_000;
const SPANS = spansOf([
  { trace: 'abc', id: '1', name: 'root', service: 'web', kind: 'server' },
  { trace: 'abc', id: '2', parent: '1', name: 'call', service: 'web', kind: 'client' },
]);
const JSON_BODY = JSON.stringify(encodeOtlpJson(SPANS));

let tempo: InMemoryTempo;
const pushed: number[] = [];

beforeEach(async () => {
  pushed.length = 0;
  tempo = await startInMemoryTempo({
    apiPort: 0,
    otlpPort: 0,
    maxRequestBytes: 100_000,
    clock: () => NOW_MS,
    generator: {
      push: (spans, nowMs) => pushed.push(spans.length, nowMs),
      collect: () => ({ timeseries: [] }),
    },
  });
});

afterEach(() => tempo.close());

function post(
  body: BodyInit,
  headers: Record<string, string> = { 'Content-Type': 'application/json' }
): Promise<Response> {
  return fetch(`${tempo.otlpUrl}/v1/traces`, { method: 'POST', body, headers });
}

const PROTOBUF = { 'Content-Type': 'application/x-protobuf' };

describe('OTLP in', () => {
  it.each<[string, BodyInit, Record<string, string>]>([
    ['JSON', JSON_BODY, { 'Content-Type': 'application/json; charset=utf-8' }],
    ['gzipped JSON', gzipSync(JSON_BODY), { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }],
    ['protobuf', Buffer.from(encodeTraceProtobuf(SPANS)), PROTOBUF],
    ['gzipped protobuf', gzipSync(encodeTraceProtobuf(SPANS)), { ...PROTOBUF, 'Content-Encoding': 'gzip' }],
  ])('takes %s, keeps the spans and hands them to the generator', async (_, body, headers) => {
    const response = await post(body, headers);
    expect(response.status).toBe(200);
    expect(tempo.store.spanCount).toBe(2);
    expect(pushed).toEqual([2, NOW_MS]);
    const found = await fetch(`${tempo.apiUrl}/api/v2/traces/abc`).then((answer) => answer.json());
    expect(JSON.stringify(found)).toContain('"name":"call"');
  });

  it('answers JSON with JSON', async () => {
    const response = await post(JSON_BODY);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'application/json',
      '{"partialSuccess":{}}',
    ]);
  });

  it.each<[string, BodyInit, Record<string, string>, number, RegExp]>([
    ['no JSON', '{"resourceSpans":', { 'Content-Type': 'application/json' }, 400, /not JSON/],
    ['broken protobuf', Buffer.from([10, 200, 1, 2]), PROTOBUF, 400, /./],
    [
      'a short trace id',
      JSON_BODY.replace(/"traceId":"0+abc"/, '"traceId":"abc1"'),
      { 'Content-Type': 'application/json' },
      400,
      /trace/i,
    ],
    [
      'a zero span id',
      JSON_BODY.replace('"spanId":"0000000000000002"', '"spanId":"0000000000000000"'),
      { 'Content-Type': 'application/json' },
      400,
      /span/i,
    ],
    [
      'broken gzip',
      Buffer.from('nope'),
      { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      400,
      /cannot read the request body/,
    ],
    [
      'an unknown encoding',
      JSON_BODY,
      { 'Content-Type': 'application/json', 'Content-Encoding': 'br' },
      415,
      /Content-Encoding .*br/,
    ],
    ['another type', JSON_BODY, { 'Content-Type': 'text/plain' }, 415, /unsupported media type/],
    ['too much', `"${'x'.repeat(200_000)}"`, { 'Content-Type': 'application/json' }, 413, /limit of 100000 bytes/],
    [
      'little that unpacks to too much',
      gzipSync(Buffer.alloc(5_000_000)),
      { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      413,
      /limit of 100000 bytes/,
    ],
  ])('refuses %s whole, says why and lives on', async (_, body, headers, status, reason) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(reason);
    expect(tempo.store.spanCount).toBe(0);
    expect((await post(JSON_BODY)).status).toBe(200);
    expect(tempo.store.spanCount).toBe(2);
  });

  it('gives the reason as a status in the format of the request', async () => {
    const json = await post('nonsense');
    expect(json.headers.get('content-type')).toBe('application/json');
    expect(await json.json()).toEqual({ code: 3, message: expect.stringContaining('not JSON') });
    const protobuf = await post(Buffer.from([10, 200, 1, 2]), PROTOBUF);
    expect(protobuf.headers.get('content-type')).toBe('application/x-protobuf');
    const reader = new BinaryReader(new Uint8Array(await protobuf.arrayBuffer()));
    expect([reader.tag(), reader.int32(), reader.tag()]).toEqual([[1, 0], 3, [2, 2]]);
    expect(reader.string()).not.toBe('');
  });

  it('takes POST to /v1/traces only', async () => {
    expect((await fetch(`${tempo.otlpUrl}/v1/traces`)).status).toBe(405);
    expect((await fetch(`${tempo.otlpUrl}/v1/metrics`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('survives a client that goes away in the middle of a request', async () => {
    const { port, hostname } = new URL(tempo.otlpUrl);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"res'
        );
        socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await post(JSON_BODY)).status).toBe(200);
  });
});

describe('the query API', () => {
  it('compresses when asked to', async () => {
    tempo.ingest(spansOf(Array.from({ length: 100 }, (_, i) => ({ trace: 'd', id: String(i + 1) }))), NOW_MS);
    const { port, hostname } = new URL(tempo.apiUrl);
    const raw = await new Promise<Buffer>((resolve) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET /api/traces/d HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n')
      );
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks)));
    });
    const headEnd = raw.indexOf('\r\n\r\n');
    expect(raw.subarray(0, headEnd).toString()).toMatch(/content-encoding: gzip/i);
    const { batches } = JSON.parse(gunzipSync(raw.subarray(headEnd + 4)).toString());
    expect(batches).toHaveLength(100);
  });

  it('answers garbage with a refusal', async () => {
    const answers = await Promise.all(
      ['/api/search?q=%7B%20%22', '/api/traces/%ff', '/api/search?q=%E0%A4%A', '/%'].map((path) =>
        fetch(tempo.apiUrl + path)
      )
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 404]);
  });
});

describe('starting and stopping', () => {
  it('says when a port is taken, and frees the other one', async () => {
    const port = Number(new URL(tempo.otlpUrl).port);
    await expect(startInMemoryTempo({ apiPort: 0, otlpPort: port })).rejects.toThrow(/EADDRINUSE/);
  });

  it('sends the series of the generator to Prometheus', async () => {
    const { createServer } = await import('node:http');
    const received = new Promise<string | undefined>((resolve) => {
      const prometheus = createServer((request, response) => {
        resolve(request.url);
        request.resume();
        response.writeHead(204, { Connection: 'close' }).end();
        prometheus.close();
      });
      prometheus.listen(0, '127.0.0.1', async () => {
        const address = prometheus.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        const writing = await startInMemoryTempo({
          apiPort: 0,
          otlpPort: 0,
          clock: () => NOW_MS,
          remoteWriteUrl: `http://127.0.0.1:${port}/api/v1/write`,
        });
        writing.ingest(SPANS, NOW_MS);
        // Closing collects and sends a last time.
        await writing.close();
      });
    });
    await expect(received).resolves.toBe('/api/v1/write');
  });
});
