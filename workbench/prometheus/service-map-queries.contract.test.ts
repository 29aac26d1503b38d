/** Every query of the service map, evaluated by a real Prometheus over series whose numbers are known. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { callFailedRate, callHeatmap, callQuantile, callRate } from '../../src/servicegraph/call-promql';
import {
  type HistogramKind,
  METRICS_DIALECTS,
  type MetricsDialect,
  type SpanMetricNames,
  STANDARD_PREFIX,
  withPrefix,
} from '../../src/servicegraph/dialect';
import { loadComparison } from '../../src/servicegraph/load-comparison';
import { callId, type RequestStats, type ServiceGraph } from '../../src/servicegraph/model';
import { partQueries } from '../../src/servicegraph/part-queries';
import { probeExpression } from '../../src/servicegraph/probe';
import { callScope, requestRate, servicesScope } from '../../src/servicegraph/promql';
import { queryServiceGraph } from '../../src/servicegraph/query';
import { queryGraph } from '../../src/servicegraph/query-around';
import { loadReplay } from '../../src/servicegraph/replay';
import { type GraphScope, type ServerFocus } from '../../src/servicegraph/scope';
import { type CallEnds } from '../../src/servicegraph/service-matchers';
import {
  failedIncomingRate,
  failedShare,
  incomingRate,
  latencyHeatmap,
  latencyQuantile,
  namespacesOfSeries,
  sampleSeries,
  timeInRequests,
} from '../../src/servicegraph/service-promql';
import { type TimeSeries, writeOnce } from '../tempo/generator';

import { exemplarsIn, hasHistograms, rowsAt, runAt, runRange } from './ask-prometheus.fixture';
import {
  bucketAround,
  counter,
  END_MS,
  histogram,
  type HistogramOptions,
  type Observations,
} from './known-series.fixture';
import { type RunningPrometheus, startPrometheus } from './prometheus';

const PORT = 13394;
const WINDOW_S = 600;
const RANGE = { from: END_MS - WINDOW_S * 1000, to: END_MS };
const WINDOW = `${WINDOW_S}s`;
const CASES = ['classic', 'native', 'both', 'failed_label', 'milliseconds'] as const;
type Case = (typeof CASES)[number];

const KINDS: Record<Case, HistogramKind> = {
  classic: 'classic',
  native: 'native',
  both: 'both',
  failed_label: 'classic',
  milliseconds: 'both',
};
const BASES: Partial<Record<Case, string>> = { failed_label: 'otel-failed-label', milliseconds: 'otel-milliseconds' };
/** What the map reads where there are both */
const isNative = (name: Case) => KINDS[name] !== 'classic';

function dialectOf(name: Case | 'odd' | 'clusters'): MetricsDialect {
  const base = METRICS_DIALECTS.find(({ id }) => id === (BASES[name as Case] ?? 'tempo')) ?? METRICS_DIALECTS[0];
  const histogramKind = KINDS[name as Case] ?? 'classic';
  const spanMetrics: SpanMetricNames = {
    calls: `${name}_calls_total`,
    latency: `${name}_duration`,
    unit: base.unit,
    serviceLabel: 'service',
    namespaceLabel: 'service_namespace',
    histogram: histogramKind,
  };
  return {
    ...withPrefix({ ...base, histogram: histogramKind, spanMetrics }, `${name}_${STANDARD_PREFIX}`),
    ...(name === 'clusters' ? { identity: ['k8s_cluster_name'] } : {}),
  };
}

const EDGES = {
  user: { client: 'user', server: 'web', connection_type: 'virtual_node' },
  shop: { client: 'web', server: 'shop' },
  database: { client: 'shop', server: 'pg', connection_type: 'database' },
  batch: { client: 'batch', server: 'shop' },
  appeared: { client: 'old', server: 'web' },
  vanished: { client: 'gone', server: 'web' },
};

/** No quantile is at the edge of a bucket, where versions of Prometheus differ. */
const OF_USERS: Observations = [
  [0.08, 33],
  [0.4, 25],
  [1.5, 2],
];
/** Two replicas of the shop, which see together what the users see */
const OF_REPLICA_A: Observations = [
  [0.08, 11],
  [0.4, 4],
];
const OF_REPLICA_B: Observations = [
  [0.08, 22],
  [0.4, 21],
  [1.5, 2],
];
/** Replica B starts again inside of the window */
const RESTART = { restart: 210 };
const SHORT_LIFE = { from: 450, to: 300, past: 1000 };
const GONE_LIFE = { to: 750 };

function seriesOf(name: Case): TimeSeries[] {
  const { requests, failed, serverLatency, clientLatency = '', spanMetrics } = dialectOf(name);
  const { unit } = dialectOf(name);
  const options = (life: Partial<HistogramOptions> = {}): HistogramOptions => ({ kind: KINDS[name], unit, ...life });
  const replica = (id: string) => ({ ...EDGES.shop, instance: id });
  const failures =
    'counter' in failed
      ? [counter(requests, replica('b'), 3, RESTART), counter(failed.counter, replica('b'), 1, RESTART)]
      : [
          counter(requests, { ...replica('b'), failed: 'false' }, 2, RESTART),
          counter(requests, { ...replica('b'), failed: 'true' }, 1, RESTART),
        ];
  const exemplars = [{ labels: [{ name: 'traceID', value: 'abc' }], value: 0.4, timestampMs: END_MS - 60_000 }];
  const served = (status: string, operation: string) => ({
    service: 'shop',
    span_kind: 'SPAN_KIND_SERVER',
    status_code: `STATUS_CODE_${status}`,
    span_name: operation,
  });
  const spans = spanMetrics!;
  return [
    counter(requests, EDGES.user, 4),
    counter(requests, replica('a'), 1),
    ...failures,
    counter(requests, EDGES.database, 2),
    counter(requests, EDGES.batch, 0.2),
    counter(requests, EDGES.appeared, 1, SHORT_LIFE),
    counter(requests, EDGES.vanished, 1, GONE_LIFE),
    ...histogram(serverLatency, EDGES.user, OF_USERS, options()),
    ...histogram(clientLatency, EDGES.user, [[0, 60]], options()),
    ...histogram(serverLatency, replica('a'), OF_REPLICA_A, options({ exemplars })),
    ...histogram(serverLatency, replica('b'), OF_REPLICA_B, options(RESTART)),
    ...histogram(serverLatency, EDGES.database, [[0, 30]], options()),
    ...histogram(clientLatency, EDGES.database, [[0.4, 30]], options()),
    ...histogram(serverLatency, EDGES.batch, [[1.5, 3]], options()),
    ...histogram(serverLatency, EDGES.appeared, [[0.4, 15]], options(SHORT_LIFE)),
    counter(spans.calls, served('UNSET', 'GET /a'), 3.2),
    counter(spans.calls, served('ERROR', 'GET /b'), 1),
    counter(spans.calls, { service: 'shop', span_kind: 'SPAN_KIND_CLIENT', status_code: 'STATUS_CODE_UNSET' }, 9),
    counter(spans.calls, { service: 'cron', span_kind: 'SPAN_KIND_CONSUMER', status_code: 'STATUS_CODE_UNSET' }, 1),
    ...histogram(
      spans.latency,
      served('UNSET', 'GET /a'),
      [
        [0.08, 30],
        [0.4, 18],
      ],
      options()
    ),
    ...histogram(spans.latency, served('ERROR', 'GET /b'), [[1.5, 15]], options()),
  ];
}

/** Quotes, braces, line breaks, backslashes, and what regular expressions take for their own. */
const ODD = 'pay(v1.0)|"x"\\y{z="w"}\n[a-b]+$';
/** What ODD would match if its characters were not escaped */
const LIKE_ODD = 'pay(v1_0)|"x"\\y{z="w"}\n[a-b]+$';
const ODD_CALLS: Array<Record<string, string>> = [
  { client: ODD, server: 'b', client_service_namespace: ODD },
  { client: LIKE_ODD, server: 'b', client_service_namespace: LIKE_ODD },
  { client: 'a', server: ODD, server_service_namespace: ODD },
  { client: 'a', server: LIKE_ODD, server_service_namespace: LIKE_ODD },
];

const cluster = (client: string, server: string, client_k8s_cluster_name: string, server_k8s_cluster_name: string) => ({
  client,
  server,
  client_k8s_cluster_name,
  server_k8s_cluster_name,
});

function seriesOfOdd(): TimeSeries[] {
  const { requests, spanMetrics } = dialectOf('odd');
  const served = { span_kind: 'SPAN_KIND_SERVER', status_code: 'STATUS_CODE_ERROR', span_name: ODD };
  return [
    ...ODD_CALLS.map((labels, index) => counter(requests, labels, index + 1)),
    counter(spanMetrics!.calls, { ...served, service: ODD, service_namespace: ODD }, 3),
    counter(spanMetrics!.calls, { ...served, service: LIKE_ODD, service_namespace: LIKE_ODD }, 4),
  ];
}

function seriesOfClusters(): TimeSeries[] {
  const { requests, failed, serverLatency, spanMetrics } = dialectOf('clusters');
  const failures = 'counter' in failed ? failed.counter : '';
  const kind: HistogramOptions = { kind: 'classic' };
  const served = { service: 'b', span_kind: 'SPAN_KIND_SERVER', status_code: 'STATUS_CODE_UNSET' };
  return [
    counter(requests, cluster('a', 'b', 'eu', 'eu'), 1),
    counter(requests, cluster('a', 'b', 'us', 'us'), 2),
    counter(requests, cluster('a', 'b', '', ''), 4),
    // Only its caller sends spans, so some series do not tell its cluster.
    counter(requests, cluster('a', 'db', 'eu', 'eu'), 8),
    counter(requests, cluster('a', 'db', 'eu', ''), 16),
    counter(failures, cluster('a', 'b', 'eu', 'eu'), 0.5),
    counter(failures, cluster('a', 'b', 'us', 'us'), 1),
    ...histogram(serverLatency, cluster('a', 'b', 'eu', 'eu'), [[0.05, 15]], kind),
    ...histogram(serverLatency, cluster('a', 'b', 'us', 'us'), [[1.5, 30]], kind),
    counter(spanMetrics!.calls, { ...served, k8s_cluster_name: 'eu' }, 1),
    counter(spanMetrics!.calls, { ...served, k8s_cluster_name: 'us' }, 2),
    counter(spanMetrics!.calls, { ...served, service: 'alone', k8s_cluster_name: 'eu' }, 3),
    counter(spanMetrics!.calls, { ...served, service: 'alone', k8s_cluster_name: 'us' }, 4),
  ];
}

let directory: string;
let prometheus: RunningPrometheus;
const log: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prometheus-queries-'));
  prometheus = await startPrometheus({ port: PORT, dataDir: directory, log: (line) => log.push(line) });
  const timeseries = [...CASES.flatMap(seriesOf), ...seriesOfOdd(), ...seriesOfClusters()];
  // All series of one time before those of the next: a server refuses what is an hour older than its latest sample.
  await writeOnce(prometheus.writeUrl, { timeseries });
}, 120_000);

afterAll(async () => {
  await prometheus?.close();
  await rm(directory, { recursive: true, force: true });
});

const graphOf = (dialect: MetricsDialect, more: { scope?: GraphScope; focus?: ServerFocus } = {}) =>
  queryGraph({ runPromQL: runAt(prometheus.url, END_MS), dialect, range: RANGE, ...more });
const rows = (query: string) => rowsAt(prometheus.url, query, END_MS);
const only = async (query: string) => {
  const found = await rows(query);
  expect(found).toHaveLength(1);
  return found[0].value;
};
const service = (graph: ServiceGraph, name: string) => graph.services.find((one) => one.name === name);
const names = ({ services }: ServiceGraph) => services.map(({ name }) => name).sort();

function ends(graph: ServiceGraph, source: string, target: string): CallEnds {
  const call = graph.calls.find((one) => one.source === source && one.target === target);
  const [from, to] = [source, target].map((id) => graph.services.find((one) => one.id === id));
  if (!call || !from || !to) {
    throw new Error(`No call from ${source} to ${target}`);
  }
  return { call, source: from, target: to };
}

const stats = (graph: ServiceGraph, source: string, target: string): RequestStats =>
  graph.calls.find((call) => call.source === source && call.target === target)?.stats ?? {};

/** @param native a value of the bucket that a native histogram has it in; @param classic interpolated in its bucket */
function expectQuantile(name: Case, value: number | undefined, native: number, classic: number, uses = isNative(name)) {
  if (uses) {
    const { least, most } = bucketAround(native, dialectOf(name).unit);
    expect(value).toBeGreaterThanOrEqual(least - 1e-9);
    expect(value).toBeLessThanOrEqual(most + 1e-9);
  } else {
    expect(value).toBeCloseTo(classic, 6);
  }
}

it('takes all series', () => expect(log).toEqual([]));

it('sees which names and labels there are', async () => {
  const found = await rows(probeExpression(WINDOW_S));
  const present = new Set(found.map(({ labels }) => labels.__name__));
  for (const name of CASES) {
    const { requests, serverLatency } = dialectOf(name);
    expect(present).toContain(requests);
    expect([present.has(serverLatency), present.has(`${serverLatency}_count`)]).toEqual([
      KINDS[name] !== 'classic',
      KINDS[name] !== 'native',
    ]);
  }
  const labelled = found.filter(({ labels }) => labels.failed).map(({ labels }) => labels.__name__);
  expect(new Set(labelled)).toEqual(new Set([dialectOf('failed_label').requests]));
});

describe.each(CASES)('%s', (name) => {
  const dialect = dialectOf(name);
  const factor = dialect.unit === 'ms' ? 1000 : 1;
  let graph: ServiceGraph;
  beforeAll(async () => {
    graph = await graphOf(dialect);
  });

  it('has rates and failures of calls, also over a restart and of what ended inside of the window', () => {
    expect(graph.notices).toEqual([]);
    expect(graph.calls).toHaveLength(5);
    expect(stats(graph, 'user', 'web')).toMatchObject({ rate: expect.closeTo(4), errorRate: 0 });
    expect(stats(graph, 'web', 'shop')).toMatchObject({ rate: expect.closeTo(4), errorRate: expect.closeTo(1) });
    expect(stats(graph, 'shop', 'pg')).toMatchObject({ rate: expect.closeTo(2), errorRate: 0 });
    expect(stats(graph, 'batch', 'shop')).toMatchObject({ rate: expect.closeTo(0.2), errorRate: 0 });
    // 150 requests in 150 s, and half an interval before and after, over the window of 600 s
    expect(stats(graph, 'old', 'web').rate).toBeCloseTo(165 / 600, 6);
  });

  it('has latencies of calls', () => {
    for (const call of [stats(graph, 'user', 'web'), stats(graph, 'web', 'shop')]) {
      expect(call.mean).toBeCloseTo(15.64 / 60, 6);
      expectQuantile(name, call.p50, 0.08, (0.1 * 30) / 33);
      expectQuantile(name, call.p95, 0.4, 0.1 + (0.4 * 24) / 25);
      expectQuantile(name, call.p99, 1.5, 1.55);
    }
    expect(stats(graph, 'old', 'web').mean).toBeCloseTo(0.4, 6);
  });

  it('has the latency that the caller saw where the callee sends no spans', () => {
    const call = stats(graph, 'shop', 'pg');
    expect(call.mean).toBeCloseTo(0.4, 6);
    expectQuantile(name, call.p50, 0.4, 0.3);
    expectQuantile(name, call.p95, 0.4, 0.48);
    expectQuantile(name, service(graph, 'pg')?.stats.p95, 0.4, 0.48);
    expect(service(graph, 'pg')?.kind).toBe('database');
  });

  it('has the numbers of services', () => {
    const shop = service(graph, 'shop');
    expect(shop?.stats).toMatchObject({ rate: expect.closeTo(4.2), errorRate: expect.closeTo(1) });
    expect(shop?.stats.mean).toBeCloseTo(20.14 / 63, 6);
    expectQuantile(name, shop?.stats.p50, 0.08, (0.1 * 31.5) / 33);
    expectQuantile(name, shop?.stats.p95, 1.5, 0.5 + (1.5 * 1.85) / 5);
    expectQuantile(name, shop?.stats.p99, 1.5, 0.5 + (1.5 * 4.37) / 5);
    expect(shop?.reported).toEqual({ rate: expect.closeTo(4.2), errorRate: expect.closeTo(1) });
    expect(service(graph, 'cron')?.stats).toEqual({ rate: expect.closeTo(1), errorRate: 0 });
    expect(names(graph)).toEqual(['batch', 'cron', 'old', 'pg', 'shop', 'user', 'web']);
  });

  it('has the same numbers for one call and one service as for all', async () => {
    const call = ends(graph, 'web', 'shop');
    expect(await only(callRate(dialect, call, WINDOW))).toBeCloseTo(4, 6);
    expect(await only(callFailedRate(dialect, call, WINDOW))).toBeCloseTo(1, 6);
    expect(await only(callFailedRate(dialect, ends(graph, 'user', 'web'), WINDOW))).toBe(0);
    // Classic buckets where there are any: only they have exemplars.
    const p99 = (await only(callQuantile(dialect, call, 0.99, WINDOW))) / factor;
    expectQuantile(name, p99, 1.5, 1.55, KINDS[name] === 'native');
    const database = ends(graph, 'shop', 'pg');
    const asCaller = (await only(callQuantile(dialect, database, 0.5, WINDOW, ['client']))) / factor;
    expectQuantile(name, asCaller, 0.4, 0.3, KINDS[name] === 'native');

    const part = partQueries(dialect, { kind: 'service', service: service(graph, 'shop')! }, WINDOW_S);
    const sum = async (query: string) => (await rows(query)).reduce((all, { value }) => all + value, 0);
    expect(await sum(part.rate)).toBeCloseTo(4.2, 6);
    expect(await sum(part.failed)).toBeCloseTo(1, 6);
    const p95 = await rows(part.p95);
    expect(p95).toHaveLength(1);
    expectQuantile(name, p95[0].value / factor, 1.5, 0.5 + (1.5 * 1.85) / 5);
    const alone = partQueries(dialect, { kind: 'service', service: service(graph, 'cron')! }, WINDOW_S, false);
    expect(await only(alone.rate)).toBeCloseTo(1, 6);
    expect(await only(alone.failed)).toBe(0);
  });

  it('has the buckets of one call', async () => {
    const heatmap = callHeatmap(dialect, ends(graph, 'web', 'shop'), WINDOW);
    if (KINDS[name] === 'native') {
      expect(await hasHistograms(prometheus.url, heatmap, END_MS)).toBe(true);
    } else {
      const buckets = new Map((await rows(heatmap)).map(({ labels, value }) => [labels.le, value]));
      expect(buckets.get(String(0.1 * factor))).toBeCloseTo(33 * 40, 3);
      expect(buckets.get(String(0.5 * factor))).toBeCloseTo(58 * 40, 3);
      expect(buckets.get('+Inf')).toBeCloseTo(60 * 40, 3);
    }
  });

  it('leads to the exemplars of one call', async () => {
    const { exemplars } = partQueries(dialect, { kind: 'call', ...fullCall(graph, 'web', 'shop') }, WINDOW_S);
    const found = await exemplarsIn(prometheus.url, exemplars, RANGE.from, RANGE.to);
    expect(found).toEqual(KINDS[name] === 'native' ? [] : [{ traceID: 'abc' }]);
  });

  it('has what services say of themselves, by operation too', async () => {
    const spans = dialect.spanMetrics!;
    const kind = KINDS[name];
    const scope = { service: 'shop' };
    const byOperation = async (query: string) =>
      Object.fromEntries((await rows(query)).map(({ labels, value }) => [labels.span_name, value]));
    expect(await only(incomingRate(spans, scope, WINDOW))).toBeCloseTo(4.2, 6);
    expect(await only(failedIncomingRate(spans, scope, WINDOW))).toBeCloseTo(1, 6);
    expect(await only(failedShare(spans, scope, WINDOW))).toBeCloseTo(1 / 4.2, 6);
    expect(await byOperation(failedShare(spans, scope, WINDOW, ['span_name']))).toEqual({ 'GET /a': 0, 'GET /b': 1 });
    expect(await only(incomingRate(spans, { ...scope, operation: 'GET /b' }, WINDOW))).toBeCloseTo(1, 6);
    const p50 = await only(latencyQuantile(spans, kind, 0.5, scope, WINDOW));
    expectQuantile(name, p50 / factor, 0.4, 0.1 + (0.4 * 1.5) / 18, kind === 'native');
    const slow = await byOperation(latencyQuantile(spans, kind, 0.5, scope, WINDOW, ['span_name']));
    expectQuantile(name, slow['GET /b'] / factor, 1.5, 1.25, kind === 'native');
    expect((await only(timeInRequests(spans, kind, scope, WINDOW))) / factor).toBeCloseTo(32.1 / 15, 6);
    expect(await hasHistograms(prometheus.url, latencyHeatmap(spans, kind, scope, WINDOW), END_MS)).toBe(
      kind === 'native'
    );
    expect(await rows(sampleSeries(spans, scope, WINDOW_S))).toHaveLength(2);
    expect(await rows(namespacesOfSeries(spans, 'shop', WINDOW_S))).toHaveLength(1);
  });

  it('leaves out all but the busiest, and still has the sums', async () => {
    const reduced = await graphOf(dialect, { scope: { reduction: { topCalls: 2 } } });
    expect(reduced.calls.map(({ id }) => id).sort()).toEqual([
      callId('user', 'web', 'virtual_node'),
      callId('web', 'shop', ''),
    ]);
    const [web, shop] = [service(reduced, 'web'), service(reduced, 'shop')];
    expect(shop?.stats).toMatchObject({ rate: expect.closeTo(4.2), errorRate: expect.closeTo(1) });
    expect(shop?.stats.mean).toBeCloseTo(20.14 / 63, 6);
    expectQuantile(name, shop?.stats.p95, 1.5, 0.5 + (1.5 * 1.85) / 5);
    expect(shop?.leftOut).toEqual({ incoming: expect.closeTo(0.2), outgoing: expect.closeTo(2) });
    expect(web?.stats.rate).toBeCloseTo(4 + 165 / 600, 6);
    expect(reduced.all).toEqual({ calls: 5, rate: expect.closeTo(10.2 + 165 / 600) });
    expect(reduced.notices).toEqual(['3 of 5 calls with 24% of the requests are not shown']);
  });

  it('leaves out what is called less often than asked for', async () => {
    const busy = await graphOf(dialect, { scope: { reduction: { minRate: 1 } } });
    expect(busy.calls).toHaveLength(3);
    expect(service(busy, 'shop')?.stats.rate).toBeCloseTo(4.2, 6);
    expect(stats(busy, 'web', 'shop').mean).toBeCloseTo(15.64 / 60, 6);
  });

  it('finds neighbours hop by hop', async () => {
    const around = (hops: number, direction: ServerFocus['direction']) =>
      graphOf(dialect, { focus: { service: 'shop', hops, direction } });
    expect(names(await around(1, 'up'))).toEqual(['batch', 'shop', 'web']);
    expect(names(await around(2, 'up'))).toEqual(['batch', 'old', 'shop', 'user', 'web']);
    const down = await around(1, 'down');
    expect(names(down)).toEqual(['pg', 'shop']);
    expect(stats(down, 'shop', 'pg').mean).toBeCloseTo(0.4, 6);
    expect(service(down, 'shop')?.stats.rate).toBeCloseTo(4.2, 6);
  });

  it('compares with the window before', async () => {
    const { calls, services } = await loadComparison({
      runPromQLAt: ({ to }) => runAt(prometheus.url, to),
      dialect,
      range: RANGE,
      comparison: { kind: 'before' },
    });
    const presence = new Map(calls.map(({ id, presence }) => [id, presence]));
    expect(presence.get(callId('old', 'web', ''))).toBe('appeared');
    expect(presence.get(callId('gone', 'web', ''))).toBe('vanished');
    const shop = services.find(({ now }) => now?.name === 'shop');
    expect(shop?.stats.rate).toMatchObject({ before: expect.closeTo(4.2), now: expect.closeTo(4.2), size: 0 });
    expect(shop?.leading).toBeUndefined();
  });

  it('replays the range, in which a call comes and goes', async () => {
    const replay = await loadReplay({ runPromQLRange: runRange(prometheus.url), dialect, range: RANGE });
    const at = (before: number) => replay.graphAt(replay.times.indexOf(END_MS - before * 1000));
    expect(replay.step).toBe(60);
    expect(stats(at(360), 'old', 'web')).toMatchObject({ rate: expect.closeTo(1), mean: expect.closeTo(0.4) });
    expect(stats(at(0), 'old', 'web')).toEqual({});
    for (const time of [480, 180, 0]) {
      expect(stats(at(time), 'web', 'shop')).toMatchObject({ rate: expect.closeTo(4), errorRate: expect.closeTo(1) });
      expect(stats(at(time), 'web', 'shop').mean).toBeCloseTo(15.64 / 60, 6);
      expectQuantile(name, stats(at(time), 'shop', 'pg').p95, 0.4, 0.48);
    }
    expect(replay.totals.at(-1)).toEqual({ rate: expect.closeTo(10.2), errorRate: expect.closeTo(1) });
  });
});

function fullCall(graph: ServiceGraph, source: string, target: string) {
  const { source: from, target: to } = ends(graph, source, target);
  const call = graph.calls.find((one) => one.source === source && one.target === target)!;
  return { call, source: from, target: to };
}

describe('names of any characters', () => {
  const dialect = dialectOf('odd');

  it('are found, and nothing that only looks like them', async () => {
    const graph = await graphOf(dialect);
    const [odd, b, a] = [ODD, 'b', 'a'].map((name) => service(graph, name)!);
    expect(odd.namespace).toBe(ODD);
    expect(await only(callRate(dialect, ends(graph, odd.id, b.id), WINDOW))).toBeCloseTo(1, 6);
    expect(await only(callRate(dialect, ends(graph, a.id, odd.id), WINDOW))).toBeCloseTo(3, 6);
    const part = partQueries(dialect, { kind: 'service', service: odd }, WINDOW_S);
    expect(await only(part.rate)).toBeCloseTo(3, 6);
    const spans = { service: ODD, namespace: ODD, operation: ODD };
    expect(await only(incomingRate(dialect.spanMetrics!, spans, WINDOW))).toBeCloseTo(3, 6);
    expect(await rows(namespacesOfSeries(dialect.spanMetrics!, ODD, WINDOW_S))).toEqual([
      { labels: { service_namespace: ODD }, value: 1 },
    ]);
  });

  it.each<[string, GraphScope]>([
    ['a call', callScope(dialect, { client: ODD, clientNamespace: ODD })],
    ['services of a list', { reduction: { services: [ODD, 'b', 'none'] } }],
  ])('are found by %s', async (_, scope) => {
    const found = await rows(requestRate({ dialect, window: WINDOW_S, scope }));
    expect(found.map(({ labels, value }) => [labels.client, value])).toEqual([[ODD, expect.closeTo(1)]]);
  });

  it('are found at either end', async () => {
    const found = await rows(requestRate({ dialect, window: WINDOW_S, scope: servicesScope(dialect, [ODD, 'none']) }));
    expect(found.map(({ value }) => Math.round(value)).sort()).toEqual([1, 3]);
  });

  it('are found hop by hop', async () => {
    const graph = await graphOf(dialect, { focus: { service: ODD, namespace: ODD, hops: 1, direction: 'both' } });
    expect(names(graph)).toEqual(['a', 'b', ODD].sort());
    expect(service(graph, 'b')?.leftOut).toEqual({ incoming: expect.closeTo(2) });
  });
});

describe('services that a label tells apart', () => {
  const dialect = dialectOf('clusters');
  const of = (graph: ServiceGraph, name: string, clusterName?: string) =>
    graph.services.find((one) => one.name === name && one.labels?.k8s_cluster_name === clusterName)!;

  it('keep their calls apart', async () => {
    const graph = await graphOf(dialect);
    const rate = (source: { id: string }, target: { id: string }) =>
      only(callRate(dialect, ends(graph, source.id, target.id), WINDOW));
    expect(await rate(of(graph, 'a', 'eu'), of(graph, 'b', 'eu'))).toBeCloseTo(1, 6);
    expect(await rate(of(graph, 'a', 'us'), of(graph, 'b', 'us'))).toBeCloseTo(2, 6);
    // Series that do not tell the cluster are those of a third service while there are two.
    expect(await rate(of(graph, 'a'), of(graph, 'b'))).toBeCloseTo(4, 6);
    // There is one database, so the series that do not tell its cluster are its own.
    expect(await rate(of(graph, 'a', 'eu'), of(graph, 'db', 'eu'))).toBeCloseTo(24, 6);
    const eu = ends(graph, of(graph, 'a', 'eu').id, of(graph, 'b', 'eu').id);
    expect(await only(callFailedRate(dialect, eu, WINDOW))).toBeCloseTo(0.5, 6);
    expect(await only(callQuantile(dialect, eu, 0.99, WINDOW))).toBeLessThanOrEqual(0.1);
    expect(
      await only(partQueries(dialect, { kind: 'call', ...fullCall(graph, eu.source.id, eu.target.id) }, WINDOW_S).rate)
    ).toBeCloseTo(1, 6);
  });

  it('keep their own numbers apart', async () => {
    const graph = await graphOf(dialect);
    const queries = (name: string, clusterName: string, hasCallers = true) =>
      partQueries(dialect, { kind: 'service', service: of(graph, name, clusterName) }, WINDOW_S, hasCallers);
    expect(await only(queries('b', 'us').rate)).toBeCloseTo(2, 6);
    expect(await only(queries('alone', 'eu', false).rate)).toBeCloseTo(3, 6);
    expect(of(graph, 'b', 'us').reported?.rate).toBeCloseTo(2, 6);
    expect(of(graph, 'b', 'us').stats.p99).toBeGreaterThan(0.5);
  });
});

it('a graph without answers is empty, and nothing is made up', async () => {
  const graph = await queryServiceGraph({
    runPromQL: runAt(prometheus.url, END_MS),
    dialect: withPrefix(METRICS_DIALECTS[0], 'nobody'),
    range: RANGE,
  });
  expect(graph).toEqual({ services: [], calls: [], notices: [] });
});
