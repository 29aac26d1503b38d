/** The graph of some namespaces, asked of a real Prometheus: only their series are read, and every number is whole or absent. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DEFAULT_DIALECT } from '../../src/servicegraph/dialect';
import { inNamespaces } from '../../src/servicegraph/focus';
import { type ServiceGraph } from '../../src/servicegraph/model';
import { graphQueries, queryServiceGraph } from '../../src/servicegraph/query';
import { queryNamespaces } from '../../src/servicegraph/query-namespaces';
import { type GraphScope } from '../../src/servicegraph/scope';
import { type TimeSeries, writeOnce } from '../tempo/generator';

import { runAt } from './ask-prometheus.fixture';
import { counter, END_MS, histogram, type Observations, STEP_S } from './known-series.fixture';
import { type RunningPrometheus, startPrometheus } from './prometheus';

const PORT = 13399;
const RANGE = { from: END_MS - 900_000, to: END_MS };
const SPANS = 'traces_spanmetrics_calls_total';

interface KnownCall {
  client: string;
  server: string;
  from?: string;
  to?: string;
  type?: string;
  observed: Observations;
}

const CALLS: KnownCall[] = [
  { client: 'user', server: 'web', to: 'shop', type: 'virtual_node', observed: [[0.08, 15]] },
  { client: 'web', from: 'shop', server: 'cart', to: 'shop', observed: [[0.08, 30]] },
  // Across the border, both ways
  { client: 'cart', from: 'shop', server: 'pay', to: 'bank', observed: [[0.4, 15]] },
  { client: 'audit', from: 'bank', server: 'cart', to: 'shop', observed: [[1.5, 10]] },
  { client: 'audit', from: 'bank', server: 'pay', to: 'bank', observed: [[1.5, 60]] },
  // A database of the namespace, which some series do not tell, called from inside and outside
  { client: 'cart', from: 'shop', server: 'pg', to: 'shop', type: 'database', observed: [[0.08, 15]] },
  { client: 'cart', from: 'shop', server: 'pg', type: 'database', observed: [[0.08, 15]] },
  { client: 'audit', from: 'bank', server: 'pg', type: 'database', observed: [[1.5, 10]] },
  // Of other namespaces altogether
  { client: 'a', from: 'far', server: 'b', to: 'far', observed: [[0.4, 150]] },
];

function seriesOf({ client, server, from = '', to = '', type = '', observed }: KnownCall): TimeSeries[] {
  const labels = {
    client,
    server,
    connection_type: type,
    client_service_namespace: from,
    server_service_namespace: to,
  };
  const { requests, serverLatency, clientLatency = '' } = DEFAULT_DIALECT;
  return [
    counter(requests, labels, observed.reduce((all, [, count]) => all + count, 0) / STEP_S),
    ...histogram(serverLatency, labels, observed, { kind: 'classic' }),
    ...histogram(clientLatency, labels, observed, { kind: 'classic' }),
  ];
}

const alone = (service: string, service_namespace: string, rate: number) =>
  counter(SPANS, { service, service_namespace, span_kind: 'SPAN_KIND_SERVER', status_code: 'STATUS_CODE_UNSET' }, rate);

let directory: string;
let prometheus: RunningPrometheus;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prometheus-namespaces-'));
  prometheus = await startPrometheus({ port: PORT, dataDir: directory, log: () => undefined });
  const timeseries = [...CALLS.flatMap(seriesOf), alone('cron', 'shop', 1), alone('batch', 'far', 2)];
  await writeOnce(prometheus.writeUrl, { timeseries });
}, 120_000);

afterAll(async () => {
  await prometheus?.close();
  await rm(directory, { recursive: true, force: true });
});

const request = () => ({ runPromQL: runAt(prometheus.url, END_MS), dialect: DEFAULT_DIALECT, range: RANGE });
const graphOf = (scope?: GraphScope) => queryServiceGraph({ ...request(), scope });
const names = ({ services }: ServiceGraph) => services.map(({ name }) => name).sort();
const service = ({ services }: ServiceGraph, name: string) => services.find((one) => one.name === name);

it('has the services and calls that the browser would pick from the whole', async () => {
  const picked = inNamespaces(await graphOf(), ['shop']);
  const asked = await graphOf({ namespaces: ['shop'] });
  expect(asked.notices).toEqual([]);
  expect(names(asked)).toEqual(['audit', 'cart', 'cron', 'pay', 'pg', 'user', 'web']);
  expect(names(asked)).toEqual(names(picked));
  const ids = ({ calls }: ServiceGraph) => calls.map(({ id }) => id).sort();
  // That of a caller outside to a database whose series do not tell its namespace is only in its sums.
  const unseen = ids(picked).filter((id) => !ids(asked).includes(id));
  expect(unseen).toEqual([expect.stringMatching(/audit.*pg/)]);
  expect(ids(asked)).toEqual(ids(picked).filter((id) => !unseen.includes(id)));
});

it('has the numbers of its services over all their callers, also those of other namespaces', async () => {
  const [whole, asked] = [await graphOf(), await graphOf({ namespaces: ['shop'] })];
  for (const name of ['web', 'cart', 'pg', 'cron']) {
    const [all, some] = [whole, asked].map((graph) => service(graph, name)?.stats);
    expect(Object.keys(some ?? {})).toEqual(Object.keys(all ?? {}));
    for (const [key, value] of Object.entries(all ?? {})) {
      expect([name, key, some?.[key as keyof typeof some]]).toEqual([name, key, expect.closeTo(value, 6)]);
    }
  }
  expect(service(asked, 'pg')?.stats.rate).toBeCloseTo(40 / 15, 6);
  expect(service(asked, 'pg')?.stats.p95).toBeCloseTo(1.7, 6);
  expect(service(asked, 'pg')?.leftOut?.incoming).toBeCloseTo(10 / 15, 6);
});

it('has no numbers of services outside, rather than those of some of their requests', async () => {
  const graph = await graphOf({ namespaces: ['shop'] });
  expect(service(graph, 'pay')?.stats).toEqual({});
  const border = graph.calls.find(({ source, target }) => source.includes('cart') && target.includes('pay'));
  expect(border?.stats).toMatchObject({ rate: expect.closeTo(1), mean: expect.closeTo(0.4) });
});

it('takes several namespaces, and the busiest of their calls', async () => {
  expect(names(await graphOf({ namespaces: ['far', 'bank'] }))).toEqual(
    ['a', 'audit', 'b', 'batch', 'cart', 'pay', 'pg'].sort()
  );
  const top = await graphOf({ namespaces: ['shop'], reduction: { topCalls: 1 } });
  expect(names(top)).toEqual(['cart', 'web']);
  expect(service(top, 'cart')?.stats.rate).toBeCloseTo(40 / 15, 6);
});

it('is at most six queries, each of which names the namespace', () => {
  const queries = graphQueries(DEFAULT_DIALECT, RANGE, { namespaces: ['shop'] });
  expect(queries.length).toBeLessThanOrEqual(6);
  for (const { expr } of queries) {
    const selectors = expr.match(/traces_\w+\{[^}]*\}|traces_\w+\[/g) ?? [];
    expect(selectors.filter((selector) => !/_namespace=~?"\|?shop"/.test(selector))).toEqual([]);
  }
});

it('the choice has all namespaces', async () => {
  expect(await queryNamespaces(request())).toEqual(['bank', 'far', 'shop']);
});
