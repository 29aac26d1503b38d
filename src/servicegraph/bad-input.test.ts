/** What producers and servers get wrong must cost no more than the numbers concerned. */
import { DEFAULT_DIALECT, type MetricsDialect } from './dialect';
import { graphFromSeries, type GraphSeries, graphSteps } from './from-series';
import { type ServiceGraph } from './model';
import { queryServiceGraph } from './query';
import { type PromqlRow } from './run-promql';
import { runSteps } from '../trace/steps';

function row(client: string, server: string, value: number, labels: Record<string, string> = {}): PromqlRow {
  return { labels: { client, server, ...labels }, value };
}

function build(series: Partial<GraphSeries>, dialect: MetricsDialect = DEFAULT_DIALECT): ServiceGraph {
  return graphFromSeries({ requests: [], ...series }, dialect);
}

const names = ({ services }: ServiceGraph) => services.map(({ name }) => name);
const LONG = 'x'.repeat(500);

describe('names', () => {
  it.each([
    ['quotes', '"a"'],
    ['braces', '{a}'],
    ['newline', 'a\nb'],
    ['500 characters', LONG],
    ['emoji', '🛒'],
    ['like an id', '["a","b"]'],
    ['prototype', '__proto__'],
    ['constructor', 'constructor'],
  ])('of any kind are kept: %s', (_, name) => {
    const graph = build({ requests: [row('a', name, 1), row(name, 'b', 2)], failed: [row(name, 'b', 1)] });
    expect(names(graph)).toEqual(['a', name, 'b']);
    expect(graph.calls.map(({ stats }) => stats)).toEqual([
      { rate: 1, errorRate: 0 },
      { rate: 2, errorRate: 1 },
    ]);
  });

  it('that are empty stand for one unnamed service', () => {
    const graph = build({ requests: [row('', 'a', 1), { labels: { server: 'a' }, value: 2 }] });
    expect(names(graph)).toEqual(['(unnamed)', 'a']);
    expect(graph.calls.map(({ stats }) => stats.rate)).toEqual([3]);
  });

  it('never make one id of two services', () => {
    const graph = build({
      requests: [row('["n","a"]', 'x', 1), row('a', 'x', 1, { client_service_namespace: 'n' }), row('a', 'y', 1)],
    });
    expect(new Set(graph.services.map(({ id }) => id)).size).toBe(graph.services.length);
  });
});

describe('calls', () => {
  it('of a service to itself stay one call', () => {
    const graph = build({ requests: [row('a', 'a', 1)] });
    expect(graph.calls).toMatchObject([{ source: 'a', target: 'a', stats: { rate: 1 } }]);
    expect(graph.services).toHaveLength(1);
  });

  it('that come twice are added up', () => {
    const graph = build({
      requests: [row('a', 'b', 1), row('a', 'b', 2)],
      failed: [row('a', 'b', 0.5), row('a', 'b', 0.5)],
    });
    expect(graph.calls.map(({ stats }) => stats)).toEqual([{ rate: 3, errorRate: 1 }]);
  });

  it('whose request counter vanished are not made up of their latency', () => {
    const graph = build({
      requests: [row('a', 'b', 1)],
      callMeans: [row('a', 'gone', 3)],
      failed: [row('a', 'gone', 1)],
    });
    expect(names(graph)).toEqual(['a', 'b']);
  });

  it.each([NaN, Infinity, -Infinity, -1])('with a rate of %p have no rate', (value) => {
    const graph = build({ requests: [row('a', 'b', value), row('c', 'b', 2)], failed: [] });
    expect(graph.calls.map(({ stats }) => stats.rate)).toEqual([undefined, 2]);
    expect(graph.services.find(({ name }) => name === 'b')?.stats).toEqual({ rate: 2, errorRate: 0 });
  });

  it('between two services may be 20,000', () => {
    const dialect: MetricsDialect = { ...DEFAULT_DIALECT, identity: ['shard'] };
    const requests = Array.from({ length: 20_000 }, (_, index) => row('a', 'b', 1, { server_shard: String(index) }));
    const graph = build({ requests, failed: requests }, dialect);
    expect(graph.calls).toHaveLength(20_000);
    expect(graph.services).toHaveLength(20_001);
  });
});

describe('further dimensions', () => {
  const dialect: MetricsDialect = { ...DEFAULT_DIALECT, identity: ['k8s_cluster_name'] };
  const cluster = (client: string, server: string) => ({
    client_k8s_cluster_name: client,
    server_k8s_cluster_name: server,
  });

  it('tell services of one name apart', () => {
    const graph = build(
      { requests: [row('a', 'b', 1, cluster('eu', 'eu')), row('a', 'b', 2, cluster('us', 'us'))] },
      dialect
    );
    expect(graph.services.map(({ name, labels }) => [name, labels])).toEqual([
      ['a', { k8s_cluster_name: 'eu' }],
      ['b', { k8s_cluster_name: 'eu' }],
      ['a', { k8s_cluster_name: 'us' }],
      ['b', { k8s_cluster_name: 'us' }],
    ]);
  });

  it('are completed where some series lack them', () => {
    const graph = build(
      { requests: [row('a', 'db', 1, cluster('eu', '')), row('a', 'db', 2, cluster('eu', 'eu'))] },
      dialect
    );
    expect(graph.services).toHaveLength(2);
    expect(graph.calls.map(({ stats }) => stats.rate)).toEqual([3]);
  });
});

describe('a reduced graph', () => {
  const part = (left_out_part: string, labels: Record<string, string>, value: number): PromqlRow => ({
    labels: { left_out_part, ...labels },
    value,
  });
  const reduced = (series: Partial<GraphSeries>) =>
    runSteps(
      graphSteps({ requests: [row('a', 'b', 6)], failed: [row('a', 'b', 1)], ...series }, DEFAULT_DIALECT, {
        reduced: true,
      })
    );
  const leftOut = [
    part('incoming', { server: 'b' }, 4),
    part('incoming_failed', { server: 'b' }, 1),
    part('time', { server: 'b' }, 3),
    part('time', { server: 'b', server_service_namespace: '' }, 2),
    part('requests', { server: 'b' }, 10),
    part('outgoing', { client: 'b' }, 7),
    part('incoming', { server: 'a' }, 2),
    part('rate', {}, 100),
    part('calls', {}, 25_000),
  ];

  it('has the numbers of services whole', () => {
    const graph = reduced({ leftOut });
    expect(graph.services.find(({ name }) => name === 'b')).toMatchObject({
      stats: { rate: 10, errorRate: 2, mean: 0.5 },
      leftOut: { incoming: 4, outgoing: 7 },
    });
    expect(graph.services.find(({ name }) => name === 'a')?.stats).toMatchObject({ rate: 2 });
    expect(graph.all).toEqual({ rate: 100, calls: 25_000 });
  });

  it('has none rather than half of them where the sums cannot be had', () => {
    expect(reduced({}).services.find(({ name }) => name === 'b')?.stats).toEqual({});
    expect(reduced({}).calls[0].stats.rate).toBe(6);
  });
});

describe('a graph of some namespaces', () => {
  const of = (client: string, server: string) => ({
    client_service_namespace: client,
    server_service_namespace: server,
  });
  const graph = runSteps(
    graphSteps(
      {
        requests: [row('cart', 'pay', 1, of('shop', 'bank')), row('web', 'cart', 2, of('shop', 'shop'))],
        failed: [],
        leftOut: [
          { labels: { left_out_part: 'incoming', server: 'pg', server_service_namespace: '' }, value: 3 },
          { labels: { service: 'cron', service_namespace: 'shop', span_kind: 'SPAN_KIND_SERVER' }, value: 4 },
        ],
      },
      DEFAULT_DIALECT,
      { reduced: true, namespaces: ['shop'] }
    )
  );
  const stats = (wanted: string) => graph.services.find(({ name }) => name === wanted)?.stats;

  it('has no numbers of services of others, of which only some requests are known', () => {
    expect(stats('pay')).toEqual({});
    expect(stats('cart')).toEqual({ rate: 2, errorRate: 0 });
    expect(graph.calls.map((call) => call.stats.rate)).toEqual([1, 2]);
  });

  it('has its services without calls', () => {
    expect(names(graph)).toEqual(['cart', 'pay', 'web', 'cron']);
    expect(stats('cron')).toEqual({ rate: 4, errorRate: 0 });
  });
});

describe('what a service says of itself', () => {
  const spans = (service: string, status_code: string, value: number): PromqlRow => ({
    labels: { service, span_kind: 'SPAN_KIND_SERVER', status_code },
    value,
  });

  it('stands beside what its callers see', () => {
    const graph = build({
      requests: [row('a', 'b', 10)],
      failed: [row('a', 'b', 3)],
      spans: [spans('b', 'STATUS_CODE_UNSET', 9), spans('b', 'STATUS_CODE_ERROR', 1)],
    });
    expect(graph.services.find(({ name }) => name === 'b')).toMatchObject({
      stats: { rate: 10, errorRate: 3 },
      reported: { rate: 10, errorRate: 1 },
    });
  });

  it('does not put it on the map twice when only the graph tells its namespace', () => {
    const graph = build({
      requests: [row('a', 'b', 1, { server_service_namespace: 'x' })],
      spans: [spans('b', 'STATUS_CODE_UNSET', 1), spans('alone', 'STATUS_CODE_UNSET', 1)],
    });
    expect(names(graph)).toEqual(['a', 'b', 'alone']);
  });
});

it('a refused query is told from others', async () => {
  const answer = queryServiceGraph({
    runPromQL: () => Promise.reject(new Error('query processing would load too many samples into memory')),
    dialect: DEFAULT_DIALECT,
    range: { from: 0, to: 600_000 },
  });
  await expect(answer).rejects.toMatchObject({ name: 'GraphRefusedError', reason: 'too-many-samples' });
});
