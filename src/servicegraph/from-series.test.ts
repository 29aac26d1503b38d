import { DEFAULT_DIALECT, METRICS_DIALECTS } from './dialect';
import { graphFromSeries, type GraphSeries, receivedStats } from './from-series';
import { type ServiceCall, type ServiceGraph } from './model';
import { type PromqlRow } from './run-promql';

function row(client: string, server: string, value: number, labels: Record<string, string> = {}): PromqlRow {
  return { labels: { client, server, ...labels }, value };
}

function side(name: 'client' | 'server'): Record<string, string> {
  return { latency_side: name };
}

const P95 = { latency_quantile: '0.95' };
/** Over all label sets of a name */
const MERGED = { ...P95, latency_merged: 'true' };

const VIRTUAL = { connection_type: 'virtual_node' };
const DATABASE = { connection_type: 'database' };

function build(series: Partial<GraphSeries>): ServiceGraph {
  return graphFromSeries({ requests: [], ...series }, DEFAULT_DIALECT);
}

function service(graph: ServiceGraph, name: string) {
  return graph.services.find((candidate) => candidate.name === name);
}

describe('rates and errors', () => {
  it('has an error rate of 0 where requests were seen and no failed series exists', () => {
    const graph = build({ requests: [row('a', 'b', 2)], failed: [] });
    expect(graph.calls[0].stats).toEqual({ rate: 2, errorRate: 0 });
    expect(service(graph, 'b')?.stats).toEqual({ rate: 2, errorRate: 0 });
  });

  it('has no error rate when the query for failures failed, or without requests', () => {
    expect(build({ requests: [row('a', 'b', 2)] }).calls[0].stats).toEqual({ rate: 2 });
    expect(build({ requests: [row('a', 'b', 0)], failed: [] }).calls[0].stats).toEqual({ rate: 0 });
  });

  it('never has more failures than requests, as the two rates are extrapolated apart', () => {
    expect(build({ requests: [row('a', 'b', 1)], failed: [row('a', 'b', 1.01)] }).calls[0].stats.errorRate).toBe(1);
  });

  it.each([NaN, Infinity, -Infinity, -1])('takes %p for no measurement', (value) => {
    const graph = build({
      requests: [row('a', 'b', value)],
      failed: [row('a', 'b', value)],
      callMeans: [row('a', 'b', value, side('server'))],
      callQuantiles: [row('a', 'b', value, P95)],
    });
    expect(graph.calls).toHaveLength(1);
    expect(graph.calls[0].stats).toEqual({});
  });

  it('sums what a service received', () => {
    const graph = build({ requests: [row('a', 'c', 1), row('b', 'c', 3)], failed: [row('b', 'c', 1)] });
    expect(service(graph, 'c')?.stats).toEqual({ rate: 4, errorRate: 1 });
    expect(service(graph, 'a')?.stats).toEqual({});
  });
});

describe('latency', () => {
  it('weighs means by rate and converts milliseconds', () => {
    const dialect = METRICS_DIALECTS.find(({ id }) => id === 'otel-milliseconds')!;
    const graph = graphFromSeries(
      {
        requests: [row('a', 'c', 1), row('b', 'c', 3)],
        callMeans: [row('a', 'c', 100, side('server')), row('b', 'c', 500, side('server'))],
        serviceQuantiles: [{ labels: { server: 'c', ...P95 }, value: 900 }],
      },
      dialect
    );
    expect(service(graph, 'c')?.stats).toEqual({ rate: 4, mean: 0.4, p95: 0.9 });
  });

  it("takes the client's view of a service without spans, whose own histogram holds zeros", () => {
    const labels = VIRTUAL;
    const graph = build({
      requests: [row('shop', 'payments.example.com', 1, labels)],
      callMeans: [
        row('shop', 'payments.example.com', 0, { ...labels, ...side('server') }),
        row('shop', 'payments.example.com', 0.18, { ...labels, ...side('client') }),
      ],
      callQuantiles: [
        // The query takes it from the client's histogram.
        row('shop', 'payments.example.com', 0.19, { ...labels, ...P95 }),
      ],
    });
    expect(graph.calls[0].stats).toEqual({ rate: 1, mean: 0.18, p95: 0.19 });
    expect(service(graph, 'payments.example.com')?.kind).toBe('external');
  });

  it("takes the server's view of a request from outside", () => {
    const graph = build({
      requests: [row('user', 'frontend', 1, VIRTUAL)],
      callMeans: [
        row('user', 'frontend', 0.7, { ...VIRTUAL, ...side('server') }),
        row('user', 'frontend', 0, { ...VIRTUAL, ...side('client') }),
      ],
    });
    expect(graph.calls[0].stats.mean).toBe(0.7);
    expect(service(graph, 'user')?.kind).toBe('user');
    expect(service(graph, 'frontend')?.kind).toBe('service');
  });

  it('makes no quantile out of the first bucket when every observation was 0', () => {
    const graph = build({
      requests: [row('user', 'fast', 1, VIRTUAL)],
      callMeans: [row('user', 'fast', 0, { ...VIRTUAL, ...side('server') })],
      callQuantiles: [row('user', 'fast', 0.095, { ...VIRTUAL, ...P95 })],
    });
    expect(graph.calls[0].stats).toEqual({ rate: 1, mean: 0 });
  });

  it('has no mean for a service when a busy call lacks one', () => {
    const call = (rate: number, mean?: number): ServiceCall => ({
      id: '',
      source: 'a',
      target: 'b',
      connectionType: '',
      stats: { rate, mean },
    });
    expect(receivedStats([call(1, 2), call(1)]).mean).toBeUndefined();
    expect(receivedStats([call(1, 2), call(0)]).mean).toBe(2);
  });
});

describe('latency of a call whose callee some series name with fewer labels', () => {
  const NAMED = { server_service_namespace: 'shop' };
  const OTHER = { server_service_namespace: 'ride' };
  const database = (value: number, labels: Record<string, string> = {}) =>
    row('cart', 'pg', value, { ...DATABASE, ...labels });
  const both = { requests: [database(1), database(3, NAMED)], failed: [] };
  const quantiles = [database(0.2, P95), database(0.8, { ...NAMED, ...P95 })];
  const ofService = (value: number, labels: Record<string, string>) => ({ labels: { server: 'pg', ...labels }, value });
  const p95 = (series: Partial<GraphSeries>) => build(series).calls.map(({ stats }) => stats.p95);

  it('is that of all its series', () => {
    expect(p95({ ...both, callQuantiles: [...quantiles, database(0.6, MERGED)] })).toEqual([0.6]);
  });

  it('is that of the one label set in use', () => {
    const requests = [database(0), database(3, NAMED)];
    expect(p95({ requests, callQuantiles: [...quantiles.slice(1), database(0.6, MERGED)] })).toEqual([0.8]);
  });

  it('is absent rather than that of some series, where the query does not have all', () => {
    expect(p95({ ...both, callQuantiles: quantiles })).toEqual([undefined]);
    expect(p95({ ...both, callQuantiles: quantiles.slice(1) })).toEqual([undefined]);
  });

  it('stays that of each where the labels tell several databases apart', () => {
    const requests = [...both.requests, database(5, OTHER)];
    const callQuantiles = [...quantiles, database(0.4, { ...OTHER, ...P95 }), database(0.6, MERGED)];
    expect(p95({ requests, callQuantiles })).toEqual([0.2, 0.8, 0.4]);
  });

  it('is of the connection type that it is for', () => {
    const requests = [
      ...both.requests,
      row('cart', 'pg', 2, { ...VIRTUAL }),
      row('cart', 'pg', 2, { ...VIRTUAL, ...NAMED }),
    ];
    const callQuantiles = [database(0.6, MERGED), row('cart', 'pg', 0.3, { ...VIRTUAL, ...MERGED })];
    expect(p95({ requests, callQuantiles })).toEqual([0.6, 0.3]);
  });

  it('takes the average of each label set from the end that measured it', () => {
    const virtual = (value: number, labels: Record<string, string>) =>
      row('cart', 'pay', value, { ...VIRTUAL, ...labels });
    const graph = build({
      requests: [virtual(1, {}), virtual(3, NAMED)],
      callMeans: [
        virtual(0, side('server')),
        virtual(0.9, side('client')),
        virtual(0.1, { ...NAMED, ...side('server') }),
        virtual(0, { ...NAMED, ...side('client') }),
      ],
    });
    expect(graph.calls[0].stats.mean).toBeCloseTo((0.9 + 3 * 0.1) / 4);
    expect(service(graph, 'pay')?.stats.mean).toBeCloseTo((0.9 + 3 * 0.1) / 4);
  });

  it.each<[string, PromqlRow[], number | undefined]>([
    ['all of them', [ofService(0.2, P95), ofService(0.8, { ...NAMED, ...P95 }), ofService(0.6, MERGED)], 0.6],
    ['nothing without the sum', [ofService(0.2, P95), ofService(0.8, { ...NAMED, ...P95 })], undefined],
    ['the only one', [ofService(0.8, { ...NAMED, ...P95 })], 0.8],
    [
      'nothing where others of the name are among them',
      [
        ofService(0.2, P95),
        ofService(0.8, { ...NAMED, ...P95 }),
        ofService(0.3, { ...OTHER, ...P95 }),
        ofService(0.6, MERGED),
      ],
      undefined,
    ],
  ])('of the service is that of %s', (_, serviceQuantiles, expected) => {
    expect(service(build({ ...both, serviceQuantiles }), 'pg')?.stats.p95).toBe(expected);
  });
});

describe('services', () => {
  it.each([
    ['a database', row('shop', 'orders', 1, DATABASE), 'orders', 'database'],
    [
      'a named external caller',
      row('partner', 'edge', 1, { ...VIRTUAL, virtual_node: 'client' }),
      'partner',
      'external',
    ],
    [
      'a service it called',
      row('shop', 'api.example.com', 1, { ...VIRTUAL, virtual_node: 'server' }),
      'api.example.com',
      'external',
    ],
    ['a broker', row('shop', 'kafka', 1, { ...VIRTUAL, virtual_node: 'server' }), 'kafka', 'messaging'],
    ['a database that calls itself', row('mysql', 'mysql', 1, DATABASE), 'mysql', 'database'],
    ['a consumer', row('orders', 'shipping', 1, { connection_type: 'messaging_system' }), 'shipping', 'service'],
  ])('knows %s', (_, request, name, kind) => {
    expect(service(build({ requests: [request] }), name)?.kind).toBe(kind);
  });

  it('takes a database for a service once that sends spans itself', () => {
    const graph = build({ requests: [row('a', 'b', 1, DATABASE), row('b', 'c', 1)] });
    expect(service(graph, 'b')?.kind).toBe('service');
  });

  it('tells services apart by namespace and keeps odd names apart', () => {
    const graph = build({
      requests: [
        row('a_b', 'c', 1, { server_service_namespace: 'y' }),
        row('a', 'b_c', 1),
        row('a', 'c', 1, { server_service_namespace: 'x' }),
        row('', '"}\n', 1),
      ],
    });
    expect(new Set(graph.calls.map(({ id }) => id)).size).toBe(4);
    expect(graph.services.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['a_b', undefined],
      ['c', 'y'],
      ['a', undefined],
      ['b_c', undefined],
      ['c', 'x'],
      ['(unnamed)', undefined],
      ['"}\n', undefined],
    ]);
  });

  it('adds services without calls from span metrics, with the requests they served', () => {
    const spans = (service: string, span_kind: string, status_code: string, value: number): PromqlRow => ({
      labels: { service, span_kind, status_code },
      value,
    });
    const graph = build({
      requests: [row('a', 'b', 1)],
      failed: [],
      spans: [
        spans('lonely', 'SPAN_KIND_SERVER', 'STATUS_CODE_UNSET', 3),
        spans('lonely', 'SPAN_KIND_SERVER', 'STATUS_CODE_ERROR', 1),
        spans('lonely', 'SPAN_KIND_INTERNAL', 'STATUS_CODE_UNSET', 50),
        spans('batch', 'SPAN_KIND_INTERNAL', 'STATUS_CODE_UNSET', 1),
        spans('b', 'SPAN_KIND_SERVER', 'STATUS_CODE_UNSET', 9),
      ],
    });
    expect(service(graph, 'lonely')?.stats).toEqual({ rate: 4, errorRate: 1 });
    expect(service(graph, 'batch')?.stats).toEqual({});
    expect(service(graph, 'b')?.stats.rate).toBe(1);
  });
});
