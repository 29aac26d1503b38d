/**
 * @jest-environment node
 *
 * Everything that can go wrong between here and Tempo, made by a real server: each is a message that says what to do.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createTempoClient } from './client';
import { TempoError } from './error';
import { fetchHttpGet } from './fetch-http-get';
import { type SlicePlatform } from './slices/run-slices';
import { searchInSlices, type SliceOptions } from './slices/search-in-slices';
import { type TempoErrorKind } from './types';
import { withTimeout } from './with-timeout';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handle: Handler;
let requests: URL[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(new URL(request.url ?? '', 'http://localhost'));
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  requests = [];
});

function client(timeoutMs = 60_000) {
  const { port } = server.address() as AddressInfo;
  return createTempoClient({ get: withTimeout(fetchHttpGet(`http://127.0.0.1:${port}`), timeoutMs) });
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Handler {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const HTML = { 'Content-Type': 'text/html' };
const TRACE = '{"traces":[{"traceID":"1","startTimeUnixNano":"1795255500000000000"}],"metrics":{}}';

const drip: Handler = (_request, response) => {
  response.writeHead(200, JSON_TYPE);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(TRACE.charAt(sent++));
    if (sent === TRACE.length) {
      clearInterval(timer);
      response.end();
    }
  }, 2);
};

describe('one request', () => {
  it.each<[string, Handler, TempoErrorKind, RegExp]>([
    ['a reset connection', (request) => request.socket.destroy(), 'unavailable', /cannot be reached.*Check the URL/],
    [
      'a connection that breaks in the middle of the answer',
      (request, response) => {
        response.writeHead(200, { ...JSON_TYPE, 'Content-Length': '1000' });
        response.write(TRACE.slice(0, 20), () => request.socket.destroy());
      },
      'unavailable',
      /cannot be reached/,
    ],
    ['400', answer(400, 'invalid limit: must be a positive number', TEXT), 'query', /refused.*invalid limit/],
    ['401', answer(401, 'no org id\n', TEXT), 'auth', /tenant \(X-Scope-OrgID\).*no org id/],
    ['403', answer(403, 'forbidden', TEXT), 'auth', /Check the credentials/],
    ['404', answer(404, '404 page not found', TEXT), 'notFound', /URL of the data source points to Tempo/],
    ['413', answer(413, '', TEXT), 'tooLarge', /Narrow the time range/],
    ['422', answer(422, 'trace exceeds max size (max bytes: 5)', TEXT), 'tooLarge', /max bytes: 5/],
    ['429', answer(429, 'too many outstanding requests', TEXT), 'rateLimited', /Wait a little/],
    ['500', answer(500, 'boom', TEXT), 'unavailable', /Tempo's log.*boom/],
    [
      '502 with a web page',
      answer(502, '<html><h1>Bad Gateway</h1></html>', HTML),
      'badAnswer',
      /502.*down or restart/,
    ],
    ['503', answer(503, 'starting', TEXT), 'unavailable', /Try again/],
    ['504', answer(504, '', TEXT), 'unavailable', /in time.*Narrow the time range/],
    ['JSON that is cut off', answer(200, TRACE.slice(0, 40), JSON_TYPE), 'badAnswer', /cut off/],
    ['nothing', answer(200, '', JSON_TYPE), 'badAnswer', /empty/],
    ['a login page', answer(200, '<!doctype html><form>', HTML), 'badAnswer', /login page/],
    [
      'protobuf instead of JSON',
      answer(200, '\u0008\u0001', { 'Content-Type': 'application/protobuf' }),
      'badAnswer',
      /not what Tempo/,
    ],
  ])('%s', async (_name, handler, kind, message) => {
    handle = handler;
    const failure = await client()
      .search({ query: '{}' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TempoError);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it.each<[string, Handler]>([
    ['that comes byte by byte', drip],
    ['that says it is text', answer(200, TRACE, TEXT)],
    ['that says nothing of its type', answer(200, TRACE)],
  ])('an answer %s is read', async (_name, handler) => {
    handle = handler;
    const { traces } = await client().search({ query: '{}' });
    expect(traces).toHaveLength(1);
  });

  it('an answer that never comes ends when the request is cancelled, and the server sees it', async () => {
    const closed = new Promise<void>((resolve) => {
      handle = (_request, response) => {
        response.on('close', () => resolve());
        controller.abort();
      };
    });
    const controller = new AbortController();
    await expect(client().search({ query: '{}' }, controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    await closed;
  });

  it.each<[string, Handler]>([
    ['never comes', () => undefined],
    [
      'never ends',
      (_request, response) => {
        response.writeHead(200, JSON_TYPE);
        const timer = setInterval(() => response.write(' '), 2);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])(
    'an answer that %s ends by itself, the connection too, with a message that says what to do',
    async (_name, slow) => {
      const closed = new Promise<void>((resolve) => {
        handle = (request, response) => {
          response.on('close', () => resolve());
          slow(request, response);
        };
      });
      await expect(client(50).search({ query: '{}' })).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringMatching(/No complete answer from Tempo within 0.05 s.*Narrow the time range/),
      });
      await closed;
    }
  );

  it('reads how long to wait from Retry-After', async () => {
    handle = answer(429, 'busy', { ...TEXT, 'Retry-After': '7' });
    await expect(client().search({ query: '{}' })).rejects.toMatchObject({ retryAfterMs: 7000 });
    handle = answer(503, 'busy', { ...TEXT, 'Retry-After': 'Thu, 01 Jan 1970 00:00:00 GMT' });
    await expect(client().search({ query: '{}' })).rejects.toMatchObject({ retryAfterMs: 0 });
  });
});

describe('a search in slices', () => {
  const END = 1_795_305_600;
  const HOUR = 3600;
  const REQUEST = { query: '{}', limit: 100, start: END - 6 * HOUR, end: END };

  function options(): SliceOptions & { waits: number[] } {
    const waits: number[] = [];
    const platform: SlicePlatform = {
      now: () => 0,
      random: () => 0.5,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    };
    return { progressive: true, parallel: 2, limits: {}, platform, signal: new AbortController().signal, waits };
  }

  /** A trace for each request, at the start of its range. */
  const found: Handler = (request, response) => {
    const start = new URL(request.url ?? '', 'http://localhost').searchParams.get('start') ?? '';
    response.writeHead(200, JSON_TYPE);
    response.end(`{"traces":[{"traceID":"${start}","startTimeUnixNano":"${start}000000000"}]}`);
  };

  it.each<[string, Handler]>([
    ['429', answer(429, 'busy', TEXT)],
    ['500', answer(500, 'boom', TEXT)],
    ['502 with a web page', answer(502, '<html>', HTML)],
    ['a reset', (request) => request.socket.destroy()],
  ])('gets over %s', async (_name, fault) => {
    let failures = 3;
    handle = (request, response) => (failures-- > 0 ? fault : found)(request, response);
    const { waits, ...rest } = options();
    const result = await searchInSlices(client().search, REQUEST, rest);
    expect(result).not.toHaveProperty('error');
    expect(result.progress).toMatchObject({ state: 'done', setbacks: 3 });
    expect(result.response.traces.length).toBe(result.progress.requests);
    expect(waits.length).toBe(3);
  });

  it.each<[string, Handler, RegExp]>([
    ['a reset', (request) => request.socket.destroy(), /cannot be reached/],
    ['401', answer(401, 'no org id', TEXT), /X-Scope-OrgID/],
    ['500', answer(500, 'boom', TEXT), /Tempo's log/],
    ['JSON that is cut off', answer(200, '{"traces":[', JSON_TYPE), /cut off/],
    ['a login page', answer(200, '<html>', HTML), /web page/],
  ])('that ends with %s keeps the traces that came, and says why', async (_name, fault, message) => {
    handle = (request, response) => (requests.length > 3 ? fault : found)(request, response);
    const result = await searchInSlices(client().search, REQUEST, options());
    expect(result.response.traces.length).toBeGreaterThan(0);
    expect(result).toMatchObject({
      progress: { state: 'failed' },
      error: expect.objectContaining({ message: expect.stringMatching(message) }),
    });
    expect(result.progress.coveredFrom).toBeGreaterThan(REQUEST.start);
  });

  it('that gets no answer any more ends after one wait, not after several', async () => {
    handle = (request, response) => requests.length <= 3 && found(request, response);
    const { waits, ...rest } = options();
    const result = await searchInSlices(client(500).search, REQUEST, rest);
    expect(result.response.traces).toHaveLength(3);
    expect(result).toMatchObject({
      error: expect.objectContaining({ message: expect.stringMatching(/No complete answer/) }),
    });
    expect(waits).toEqual([]);
  });
});
