import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeExportRequestJson } from '../tempo/otlp';
import { type TraceSearchResult } from '../tempo/types';
import { type Span, type Trace } from '../trace/model';
import { runSteps } from '../trace/steps';
import { fromNodeGraphFrames } from './from-frames';
import { graphFromTracesSteps } from './from-traces';
import { chooseTraces, sampleServiceGraph } from './sample';
import { errorShare, toNodeGraphFrames } from './to-frames';

type Part = Partial<Omit<Span, 'attributes'>> & { service: string; attributes?: Record<string, string> };

const MS = 1_000_000;
let count = 0;

/** A span of 10 ms unless it says otherwise. */
function span({ service, attributes = {}, ...rest }: Part): Span {
  const texts = (pairs: Record<string, string>) =>
    Object.entries(pairs).map(([key, value]) => ({ key, value: { type: 'string' as const, value } }));
  return {
    traceId: 'a'.repeat(32),
    spanId: (++count).toString(16).padStart(16, '0'),
    parentSpanId: '',
    traceState: '',
    name: 'x',
    kind: 'internal',
    startTimeUnixNano: BigInt(0),
    endTimeUnixNano: BigInt(10 * MS),
    attributes: texts(attributes),
    events: [],
    links: [],
    status: { code: 'unset', message: '' },
    resource: { attributes: texts(service === '' ? {} : { 'service.name': service }) },
    scope: { name: '', version: '', attributes: [] },
    ...rest,
  };
}

const ERROR = { code: 'error', message: '' } as const;
const graphOf = (...spans: Span[]) => runSteps(graphFromTracesSteps([{ traceId: 'a'.repeat(32), spans }]));
const callsOf = (...spans: Span[]) =>
  graphOf(...spans).calls.map(({ source, target, connectionType }) => [source, target, connectionType]);

describe('calls between services', () => {
  it('a server below a client is a call; it failed when either side did; its latency is the server’s', () => {
    const ask = (status: Span['status'], ms: number) => {
      const client = span({ service: 'shop', kind: 'client', endTimeUnixNano: BigInt(100 * MS), status });
      return [
        client,
        span({ service: 'cart', kind: 'server', parentSpanId: client.spanId, endTimeUnixNano: BigInt(ms * MS) }),
      ];
    };
    const unset = { code: 'unset', message: '' } as const;
    const { calls, services } = graphOf(...ask(unset, 10), ...ask(ERROR, 20), ...ask(unset, 30), ...ask(unset, 40));
    expect(calls).toMatchObject([
      { source: 'shop', target: 'cart', connectionType: '', stats: { sample: { requests: 4, failed: 1 } } },
    ]);
    expect(calls[0].stats.mean).toBeCloseTo(0.025);
    expect(calls[0].stats.p50).toBeCloseTo(0.025);
    expect(calls[0].stats.p99).toBeCloseTo(0.0397);
    expect(calls[0].stats.rate).toBeUndefined();
    expect(errorShare(calls[0].stats)).toBe(0.25);
    const byName = new Map(services.map((service) => [service.name, service]));
    expect(byName.get('cart')?.stats.sample).toEqual({ requests: 4, failed: 1 });
    expect(byName.get('shop')?.stats).toEqual({});
  });

  it('pairs whatever the order of the spans, and a service that calls itself', () => {
    const client = span({ service: 'mysql', kind: 'client' });
    const server = span({ service: 'mysql', kind: 'server', parentSpanId: client.spanId });
    expect(callsOf(server, client)).toEqual([['mysql', 'mysql', '']]);
  });

  it('tells services of two namespaces apart', () => {
    const inNamespace = (part: Part, namespace: string) => {
      const made = span(part);
      made.resource.attributes.push({ key: 'service.namespace', value: { type: 'string', value: namespace } });
      return made;
    };
    const client = inNamespace({ service: 'shop', kind: 'client' }, 'blue');
    const server = inNamespace({ service: 'shop', kind: 'server', parentSpanId: client.spanId }, 'green');
    expect(callsOf(client, server)).toEqual([['["blue","shop"]', '["green","shop"]', '']]);
  });

  it('keeps a service without calls', () => {
    expect(graphOf(span({ service: 'cron' })).services).toMatchObject([{ name: 'cron', kind: 'service', stats: {} }]);
  });
});

describe('what sends no spans', () => {
  it.each<[string, Part, string[], string | undefined]>([
    [
      'a request without a caller is of the user',
      { service: 'web', kind: 'server' },
      ['user', 'web', 'virtual_node'],
      'user',
    ],
    [
      'a client that names its callee',
      { service: 'web', kind: 'client', attributes: { 'peer.service': 'stripe' } },
      ['web', 'stripe', 'virtual_node'],
      'external',
    ],
    [
      'a database, by its address',
      { service: 'web', kind: 'client', attributes: { 'db.system': 'mysql', 'server.address': 'db.local' } },
      ['web', 'db.local', 'database'],
      'database',
    ],
    [
      'a database, by its peer and port',
      {
        service: 'web',
        kind: 'client',
        attributes: { 'db.name': 'o', 'network.peer.address': '10.0.0.1', 'network.peer.port': '5432' },
      },
      ['web', '10.0.0.1:5432', 'database'],
      'database',
    ],
    [
      'a database, by its name',
      { service: 'web', kind: 'client', attributes: { 'db.namespace': 'orders', 'db.system': 'mysql' } },
      ['web', 'orders', 'database'],
      'database',
    ],
    [
      'a broker that a producer sends to',
      { service: 'web', kind: 'producer', attributes: { 'messaging.system': 'kafka' } },
      ['web', 'kafka', 'virtual_node'],
      'messaging',
    ],
  ])('%s', (_, part, call, kind) => {
    const graph = graphOf(span(part));
    expect(graph.calls.map(({ source, target, connectionType }) => [source, target, connectionType])).toEqual([call]);
    expect(graph.services.find((service) => service.kind !== 'service')?.kind).toBe(kind);
  });

  it('a client that says nothing of its callee, and a server whose parent is lost, are no calls', () => {
    expect(callsOf(span({ service: 'web', kind: 'client' }))).toEqual([]);
    expect(callsOf(span({ service: 'web', kind: 'server', parentSpanId: 'f'.repeat(16) }))).toEqual([]);
  });

  it('a client whose server answered is no call of its peer, too', () => {
    const client = span({ service: 'web', kind: 'client', attributes: { 'peer.service': 'cart-lb' } });
    expect(callsOf(client, span({ service: 'cart', kind: 'server', parentSpanId: client.spanId }))).toEqual([
      ['web', 'cart', ''],
    ]);
  });
});

describe('messages', () => {
  it('a consumer below its producer', () => {
    const producer = span({ service: 'web', kind: 'producer', attributes: { 'messaging.system': 'kafka' } });
    const consumer = span({ service: 'mail', kind: 'consumer', parentSpanId: producer.spanId });
    expect(callsOf(producer, consumer)).toEqual([['web', 'mail', 'messaging_system']]);
  });

  it('a consumer that links to producers of other traces', () => {
    const producer = span({ service: 'web', kind: 'producer', attributes: { 'messaging.system': 'kafka' } });
    const link = { traceId: producer.traceId, spanId: producer.spanId, traceState: '', attributes: [] };
    const consumer = span({ service: 'mail', kind: 'consumer', traceId: 'b'.repeat(32), links: [link, link] });
    expect(
      runSteps(
        graphFromTracesSteps([
          { traceId: consumer.traceId, spans: [consumer] },
          { traceId: producer.traceId, spans: [producer] },
        ])
      ).calls
    ).toMatchObject([
      { source: 'web', target: 'mail', connectionType: 'messaging_system', stats: { sample: { requests: 1 } } },
    ]);
  });
});

it('HotROD has the calls that its own spans tell', () => {
  const text = readFileSync(join(__dirname, '../../tests/contract/dataset/hotrod.json'), 'utf8');
  const { services, calls } = runSteps(graphFromTracesSteps([{ traceId: '', spans: decodeExportRequestJson(text) }]));
  expect(services.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining(['customer', 'driver', 'frontend', 'mysql', 'route'])
  );
  const pairs = calls.map(({ source, target }) => `${source} -> ${target}`);
  expect(pairs).toEqual(expect.arrayContaining(['frontend -> customer', 'frontend -> driver', 'frontend -> route']));
  calls.forEach(({ stats }) => expect(stats.sample?.requests).toBeGreaterThan(0));
});

it('the frames of a sample say counts instead of rates, and are read back as such', () => {
  const graph = graphOf(span({ service: 'web', kind: 'server', status: ERROR }));
  const frames = toNodeGraphFrames(graph);
  expect(frames[1].fields.find(({ name }) => name === 'secondarystat')).toMatchObject({
    values: [1],
    config: { displayName: 'Requests in the sample', unit: 'requests' },
  });
  expect(fromNodeGraphFrames(frames)?.calls).toMatchObject([{ stats: { sample: { requests: 1, failed: 1 } } }]);
});

describe('sampleServiceGraph', () => {
  const found = (id: string, rootServiceName: string, services: string[] = []): TraceSearchResult => ({
    traceId: id.padStart(32, '0'),
    rootServiceName,
    rootTraceName: '',
    startTimeUnixNano: BigInt(0),
    durationMs: 1,
    spanSets: [],
    serviceStats: Object.fromEntries(services.map((name) => [name, { spanCount: 1, errorCount: 0 }])),
  });
  const traceOf = (traceId: string): Trace => ({ traceId, spans: [span({ service: 'web', kind: 'server', traceId })] });
  const range = { from: 0, to: 4_000_000 };

  it('takes traces of all parts of the range, and says that it is a sample', async () => {
    const search = jest.fn(async ({ start = 0 }: { start?: number }) => ({
      traces: Array.from({ length: 10 }, (_, i) => found(`${start / 1000 + 1}${i}`, 'web')),
      metrics: {},
    }));
    const trace = jest.fn(async ({ traceId }: { traceId: string }) => ({ trace: traceOf(traceId), found: true }));
    const graph = await sampleServiceGraph({ search, trace }, range, { traces: 8 }, new AbortController().signal);
    expect(search.mock.calls.map(([{ start }]) => start)).toEqual([0, 1000, 2000, 3000]);
    expect(trace).toHaveBeenCalledTimes(8);
    const parts = new Set(trace.mock.calls.map(([{ traceId }]) => traceId.slice(-2, -1)));
    expect([...parts].sort()).toEqual(['1', '2', '3', '4']);
    expect(graph.traceCount).toBe(8);
    expect(graph.calls[0].stats.sample).toEqual({ requests: 8, failed: 0 });
    expect(graph.notices[0]).toMatch(/^From 8 sampled traces, not from all requests/);
  });

  it('leaves out what cannot be loaded, and says so', async () => {
    const search = jest.fn(async () => ({ traces: [found('1', 'web'), found('2', 'web')], metrics: {} }));
    const trace = jest.fn(async ({ traceId }: { traceId: string }) => {
      if (traceId.endsWith('2')) {
        throw new Error('too large');
      }
      return { trace: traceOf(traceId), found: true, partial: 'cut' };
    });
    const graph = await sampleServiceGraph({ search, trace }, range, {}, new AbortController().signal);
    expect(graph.traceCount).toBe(1);
    expect(graph.notices.slice(1)).toEqual(['1 traces could not be loaded.', '1 traces are not complete.']);
  });

  it('fails with the reason when no search succeeds', async () => {
    const search = jest.fn(async () => Promise.reject(new Error('down')));
    const trace = jest.fn();
    await expect(sampleServiceGraph({ search, trace }, range, {}, new AbortController().signal)).rejects.toThrow(
      'down'
    );
    expect(trace).not.toHaveBeenCalled();
  });

  it('prefers traces that show further services', () => {
    const candidates = [found('1', 'web'), found('2', 'web'), found('3', 'web', ['web', 'cart']), found('4', 'cron')];
    expect(chooseTraces(candidates, 3).map(({ traceId }) => Number(traceId))).toEqual([1, 3, 4]);
  });
});
