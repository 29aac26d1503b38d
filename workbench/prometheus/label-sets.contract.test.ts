/** Latencies of calls and services whose series do not all have the same labels, nor are measured by the same end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { callHeatmap, callQuantile } from '../../src/servicegraph/call-promql';
import { DEFAULT_DIALECT, type MetricsDialect, STANDARD_PREFIX, withPrefix } from '../../src/servicegraph/dialect';
import { type RequestStats, type ServiceGraph } from '../../src/servicegraph/model';
import { partHistory, partQueries } from '../../src/servicegraph/part-queries';
import { graphSteps } from '../../src/servicegraph/from-series';
import { EVERY_CALLEE, graphQueries, queryServiceGraph, type ServiceGraphRequest } from '../../src/servicegraph/query';
import { recordedName } from '../../src/servicegraph/recorded';
import { type PromqlRow } from '../../src/servicegraph/run-promql';
import { type GraphScope } from '../../src/servicegraph/scope';
import { runSteps } from '../../src/trace/steps';
import { type TimeSeries, writeOnce } from '../tempo/generator';

import { hasHistograms, rowsAt, runAt } from './ask-prometheus.fixture';
import { bucketAround, counter, END_MS, histogram, type Observations, STEP_S } from './known-series.fixture';
import { type RunningPrometheus, startPrometheus } from './prometheus';

const PORT = 13398;
const WINDOW_S = 900;
const RANGE = { from: END_MS - WINDOW_S * 1000, to: END_MS };
const CASES = ['classic', 'native', 'recorded'] as const;
type Case = (typeof CASES)[number];

const kindOf = (name: Case) => (name === 'native' ? 'native' : 'classic');

function dialectOf(name: Case): MetricsDialect {
  const dialect = { ...DEFAULT_DIALECT, histogram: kindOf(name), spanMetrics: undefined } as const;
  return {
    ...withPrefix(dialect, `${name}_${STANDARD_PREFIX}`),
    ...(name === 'recorded' ? { recorded: { interval: 60, only: true, spans: false } } : {}),
  };
}

const SHOP = { server_service_namespace: 'shop' };
const RIDE = { server_service_namespace: 'ride' };
const DATABASE = { connection_type: 'database' };
const VIRTUAL = { connection_type: 'virtual_node' };

interface KnownCall {
  labels: Record<string, string>;
  server: Observations;
  client: Observations;
}

/** A database that sends spans itself: of some calls its own come first, so its namespace is known. */
const OF_DATABASE: KnownCall[] = [
  { labels: { client: 'cart', server: 'pg', ...DATABASE, instance: 'a' }, server: [[0.08, 15]], client: [[0.08, 15]] },
  { labels: { client: 'cart', server: 'pg', ...DATABASE, instance: 'b' }, server: [[0.08, 15]], client: [[0.08, 15]] },
  { labels: { client: 'cart', server: 'pg', ...DATABASE, ...SHOP }, server: [[1.5, 10]], client: [[1.5, 10]] },
];
/** Two databases of one name */
const TOLD_APART: KnownCall[] = [
  { labels: { client: 'cart', server: 'orders', ...DATABASE, ...SHOP }, server: [[0.08, 15]], client: [[0.08, 15]] },
  { labels: { client: 'cart', server: 'orders', ...DATABASE, ...RIDE }, server: [[1.5, 15]], client: [[1.5, 15]] },
];
/** A service whose spans came too late for some of its calls: those only the caller measured. */
const OF_SERVICE: KnownCall[] = [
  { labels: { client: 'web', server: 'api', ...SHOP }, server: [[0.08, 30]], client: [[0.4, 30]] },
  { labels: { client: 'cart', server: 'api', ...VIRTUAL }, server: [[0, 10]], client: [[1.5, 10]] },
];
const OF_USER: KnownCall[] = [
  { labels: { client: 'user', server: 'web', ...VIRTUAL }, server: [[0.4, 15]], client: [[0, 15]] },
];
/** Both ends send spans; some replicas of the one or the other are not told their namespace. The client waits longer. */
const OF_REPLICAS: KnownCall[] = [
  { labels: { client: 'cart', server: 'pay' }, server: [[0.08, 15]], client: [[0.4, 15]] },
  { labels: { client: 'cart', server: 'pay', ...SHOP }, server: [[1.5, 5]], client: [[1.5, 5]] },
  { labels: { client: 'kiosk', server: 'till', ...SHOP }, server: [[0.08, 9]], client: [[0.4, 9]] },
  {
    labels: { client: 'kiosk', server: 'till', client_service_namespace: 'shop', ...SHOP },
    server: [[1.5, 3]],
    client: [[1.5, 3]],
  },
];
/** Two services of one name, and calls that tell neither */
const REPLICAS_TOLD_APART: KnownCall[] = [
  { labels: { client: 'kiosk', server: 'stock', ...SHOP }, server: [[0.08, 3]], client: [[0.4, 3]] },
  { labels: { client: 'kiosk', server: 'stock', ...RIDE }, server: [[1.5, 3]], client: [[1.5, 3]] },
  { labels: { client: 'kiosk', server: 'stock' }, server: [[0.4, 3]], client: [[0.4, 3]] },
];
const CALLS = [...OF_DATABASE, ...TOLD_APART, ...OF_SERVICE, ...OF_USER, ...OF_REPLICAS, ...REPLICAS_TOLD_APART];

function seriesOf(name: Case): TimeSeries[] {
  const { requests, serverLatency, clientLatency = '' } = dialectOf(name);
  const options = { kind: kindOf(name) } as const;
  const series = CALLS.flatMap(({ labels, server, client }) => [
    counter(requests, labels, server.reduce((all, [, count]) => all + count, 0) / STEP_S),
    ...histogram(serverLatency, labels, server, options),
    ...histogram(clientLatency, labels, client, options),
  ]);
  return name === 'recorded' ? series.map(recordedSeries) : series;
}

/** The rate of a counter that grows evenly, once a minute, as the recording rules write it */
function recordedSeries({ labels, samples, ...rest }: TimeSeries): TimeSeries {
  const perSecond = ((samples[1]?.value ?? 0) - (samples[0]?.value ?? 0)) / STEP_S;
  return {
    ...rest,
    labels: labels.map(({ name, value }) => ({ name, value: name === '__name__' ? recordedName(value) : value })),
    samples: samples
      .filter(({ timestampMs }) => timestampMs % 60_000 === 0)
      .map(({ timestampMs }) => ({ timestampMs, value: perSecond })),
  };
}

let directory: string;
let prometheus: RunningPrometheus;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prometheus-label-sets-'));
  prometheus = await startPrometheus({ port: PORT, dataDir: directory, log: () => undefined });
  await writeOnce(prometheus.writeUrl, { timeseries: CASES.flatMap(seriesOf) });
}, 120_000);

afterAll(async () => {
  await prometheus?.close();
  await rm(directory, { recursive: true, force: true });
});

const graphOf = (
  dialect: MetricsDialect,
  scope?: GraphScope,
  severalLabelSets?: ServiceGraphRequest['severalLabelSets']
) => queryServiceGraph({ runPromQL: runAt(prometheus.url, END_MS), dialect, range: RANGE, scope, severalLabelSets });

/** The same out of queries that do not name what is chosen, so that everything is read. */
async function graphOfEverything(dialect: MetricsDialect, scope: GraphScope): Promise<ServiceGraph> {
  const answers = graphQueries(dialect, RANGE, scope).map(async ({ refId, expr }): Promise<[string, PromqlRow[]]> => [
    refId,
    await rowsAt(prometheus.url, expr, END_MS),
  ]);
  const series = { requests: [], ...Object.fromEntries(await Promise.all(answers)) };
  return runSteps(graphSteps(series, dialect, { reduced: true, namespaces: scope.namespaces }));
}

/** Without notices, which are put beside a graph by `queryServiceGraph` */
const numbersOf = ({ services, calls, all }: ServiceGraph) => ({ services, calls, all });

const service = ({ services }: ServiceGraph, wanted: string, namespace?: string) =>
  services.find((one) => one.name === wanted && (namespace === undefined || one.namespace === namespace));

/** @param native of the value in a native bucket; @param classic interpolated in the bucket */
function expectQuantile(name: Case, value: number | undefined, native: number, classic: number) {
  if (kindOf(name) === 'native') {
    const { least, most } = bucketAround(native, 's');
    expect(value).toBeGreaterThanOrEqual(least - 1e-9);
    expect(value).toBeLessThanOrEqual(most + 1e-9);
  } else {
    expect(value).toBeCloseTo(classic, 6);
  }
}

describe.each(CASES)('%s', (name) => {
  const dialect = dialectOf(name);
  const call = (graph: ServiceGraph, source: string, target: string, namespace?: string) => {
    const from = service(graph, source)?.id;
    const to = service(graph, target, namespace)?.id;
    return graph.calls.filter((one) => one.source === from && one.target === to).map(({ stats }) => stats);
  };

  /** 30 requests of 80 ms and 10 of 1.5 s, between two samples */
  function expectMixture({ mean, p50, p95, p99 }: RequestStats = {}) {
    expect(mean).toBeCloseTo(17.4 / 40, 6);
    expectQuantile(name, p50, 0.08, (0.1 * 20) / 30);
    expectQuantile(name, p95, 1.5, 0.5 + (1.5 * 8) / 10);
    expectQuantile(name, p99, 1.5, 0.5 + (1.5 * 9.6) / 10);
  }

  it.each([
    ['by a callee that is not always told its namespace', 'cart', 'pay', 20 / 15],
    ['by a caller that is not', 'kiosk', 'till', 12 / 15],
  ])('a call whose ends both send spans has the percentiles of all its series: %s', async (_, from, to, rate) => {
    const graph = await graphOf(dialect);
    const [stats, ...others] = call(graph, from, to);
    expect(others).toEqual([]);
    expect(stats.rate).toBeCloseTo(rate, 6);
    expectMixture(stats);
    expectMixture(service(graph, to)?.stats);
  });

  it('a database call has the percentiles of all its series, and so has the database', async () => {
    const graph = await graphOf(dialect);
    expect(graph.notices).toEqual([]);
    const [stats, ...others] = call(graph, 'cart', 'pg');
    expect(others).toEqual([]);
    expect(stats.rate).toBeCloseTo(40 / 15, 6);
    expectMixture(stats);
    expectMixture(service(graph, 'pg')?.stats);
  });

  it('services that their labels tell apart keep their own, and calls that tell neither are not theirs', async () => {
    const graph = await graphOf(dialect);
    expect(graph.services.filter((one) => one.name === 'stock')).toHaveLength(3);
    for (const [namespace, native, classic] of [
      ['shop', 0.08, 0.05],
      ['ride', 1.5, 1.25],
    ] as const) {
      const [stats, ...others] = call(graph, 'kiosk', 'stock', namespace);
      expect(others).toEqual([]);
      expectQuantile(name, stats.p50, native, classic);
      expectQuantile(name, service(graph, 'stock', namespace)?.stats.p50, native, classic);
    }
  });

  it('databases that their labels tell apart keep their own', async () => {
    const graph = await graphOf(dialect);
    for (const [namespace, native, classic] of [
      ['shop', 0.08, 0.05],
      ['ride', 1.5, 1.25],
    ] as const) {
      const [stats, ...others] = call(graph, 'cart', 'orders', namespace);
      expect(others).toEqual([]);
      expectQuantile(name, stats.p50, native, classic);
      expectQuantile(name, service(graph, 'orders', namespace)?.stats.p50, native, classic);
    }
  });

  it('a service has the latency of all its calls, each by the end that measured it', async () => {
    const graph = await graphOf(dialect);
    expectMixture(service(graph, 'api')?.stats);
    expectQuantile(name, call(graph, 'web', 'api')[0].p50, 0.08, 0.05);
    expectQuantile(name, call(graph, 'cart', 'api')[0].p50, 1.5, 1.25);
    expectQuantile(name, call(graph, 'user', 'web')[0].p50, 0.4, 0.3);
    expectQuantile(name, service(graph, 'web')?.stats.p50, 0.4, 0.3);
  });

  it('the next answer, for which only these are read twice, is the same', async () => {
    const graph = await graphOf(dialect);
    expect(graph.severalLabelSets).toEqual(['api', 'orders', 'pay', 'pg', 'stock', 'till']);
    expect(await graphOf(dialect, undefined, graph.severalLabelSets)).toEqual(graph);
    expect(await graphOf(dialect, undefined, EVERY_CALLEE)).toEqual(graph);
  });

  it.each<[string, GraphScope]>([
    ['the busiest', { reduction: { topCalls: 2 } }],
    ['all label sets of a call', { reduction: { topCalls: 5 } }],
    ['not all label sets of a call', { reduction: { topCalls: 4 } }],
    ['a lowest rate', { reduction: { minRate: 0.5 } }],
    ['both', { reduction: { minRate: 0.5, topCalls: 3 } }],
    ['the busiest of a namespace', { namespaces: ['shop'], reduction: { topCalls: 4 } }],
    ['of a filter', { selectors: [[{ label: 'client', operator: '=', value: 'cart' }]], reduction: { topCalls: 3 } }],
  ])('numbers are the same whether all series are read or those of the chosen calls: %s', async (_, scope) => {
    const graph = await graphOf(dialect, scope);
    expect(graph.calls.length).toBeGreaterThan(0);
    expect(numbersOf(graph)).toEqual(numbersOf(await graphOfEverything(dialect, scope)));
  });

  it('a caller that only makes calls of a reduced graph has the percentiles of those it receives', async () => {
    const graph = await graphOf(dialect, { reduction: { topCalls: 2 } });
    expect(graph.calls.some(({ target }) => target === service(graph, 'web')?.id)).toBe(false);
    expectQuantile(name, service(graph, 'web')?.stats.p50, 0.4, 0.3);
  });

  it('so it has when most calls are left out', async () => {
    const graph = await graphOf(dialect, { reduction: { topCalls: 2 } });
    expect(graph.calls).toHaveLength(2);
    const api = service(graph, 'api');
    expect(api?.leftOut?.incoming).toBeCloseTo(10 / 15, 6);
    expectMixture(api?.stats);
  });

  it('the course of one service has the same percentile', async () => {
    const graph = await graphOf(dialect);
    for (const part of ['pg', 'api']) {
      const queries = partQueries(dialect, { kind: 'service', service: service(graph, part)! }, WINDOW_S);
      const rows = await rowsAt(prometheus.url, queries.p95, END_MS);
      const p95 = rows.map(({ labels, value }) => ({ labels, times: [END_MS], values: [value] }));
      expect(p95).toHaveLength(1);
      expectQuantile(name, partHistory(queries, { rate: [], failed: [], p95 }).p95[0] ?? undefined, 1.5, 1.7);
    }
  });
});

// Pages of a call read the series themselves.
describe.each(['classic', 'native'] as const)('one call, %s', (name) => {
  it.each([
    ['cart', 'api', 1.5, 1.25],
    ['user', 'web', 0.4, 0.3],
    ['cart', 'pg', 0.08, (0.1 * 20) / 30],
  ])('%s to %s has the latency of the end that measured it', async (source, target, native, classic) => {
    const dialect = dialectOf(name);
    const graph = await graphOf(dialect);
    const [from, to] = [service(graph, source)!, service(graph, target)!];
    const call = graph.calls.find((one) => one.source === from.id && one.target === to.id)!;
    const ends = { call, source: from, target: to };
    const rows = await rowsAt(prometheus.url, callQuantile(dialect, ends, 0.5, '900s'), END_MS);
    expect(rows).toHaveLength(1);
    expectQuantile(name, rows[0].value, native, classic);
    const heatmap = callHeatmap(dialect, ends, '900s');
    expect(await hasHistograms(prometheus.url, heatmap, END_MS)).toBe(name === 'native');
  });
});
