import { parser } from '@prometheus-io/lezer-promql';
import {
  DEFAULT_DIALECT,
  METRICS_DIALECTS,
  type MetricsDialect,
  SPAN_METRIC_NAMES,
  UNTRANSLATED_SPAN_METRICS,
} from './dialect';
import { UNNAMED } from './ends';
import { type Service, serviceId } from './model';
import { operationsBatch } from './operations';
import { chooseOperations, operationQueries, queryOperations, readOperations } from './operations-of-services';
import { type PromqlRow } from './run-promql';
import { service } from './service-graph.fixture';

function isPromQL(expression: string): boolean {
  let valid = true;
  parser.parse(expression).iterate({ enter: ({ type }) => void (valid = valid && !type.isError) });
  return valid;
}

function serviceOf(name: string, namespace?: string, labels?: Record<string, string>): Service {
  return service(name, { id: serviceId(name, namespace, labels), namespace, labels });
}

const NASTY = 'a"b}{\\\nc|日本';
const CART = serviceOf('cart', 'shop');

describe('queries', () => {
  it('ask for the busiest and the failing operations of all services together', () => {
    const requests = '{service=~"cart|web", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}';
    const failed =
      '{service=~"cart|web", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", status_code="STATUS_CODE_ERROR"}';
    const each = 'service, service_namespace, span_name';
    const chosen =
      `topk by (service, service_namespace) (4, sum by (${each}) (rate(traces_spanmetrics_calls_total${requests}[60s])))` +
      ` or topk by (service, service_namespace) (2, sum by (${each}) (rate(traces_spanmetrics_calls_total${failed}[60s])) > 0)`;
    expect(operationQueries(DEFAULT_DIALECT, [CART, serviceOf('web')], 60)).toEqual({
      counts: `(sum by (${each}, status_code) (rate(traces_spanmetrics_calls_total${requests}[60s]))) and on (${each}) (${chosen})`,
      p95: `histogram_quantile(0.95, (sum by (${each}, le) (rate(traces_spanmetrics_latency_bucket${requests}[60s]))) and on (${each}) (${chosen}))`,
    });
  });

  const dialects: Array<[string, MetricsDialect]> = [
    ...METRICS_DIALECTS.map((dialect): [string, MetricsDialect] => [dialect.id, dialect]),
    ...SPAN_METRIC_NAMES.map((spanMetrics): [string, MetricsDialect] => [
      `${spanMetrics.calls} ${spanMetrics.latency}`,
      { ...DEFAULT_DIALECT, spanMetrics },
    ]),
    ['recorded rates', { ...DEFAULT_DIALECT, recorded: { interval: 60, only: false, spans: true } }],
  ];
  it.each(dialects)('name the series of %s', (_, dialect) => {
    const { spanMetrics: names, histogram } = dialect;
    for (const kind of ['classic', 'native', 'both', histogram] as const) {
      const queries = operationQueries(
        { ...dialect, spanMetrics: names && { ...names, histogram: kind }, identity: ['cluster', 'odd.label'] },
        [serviceOf(NASTY, 'ns'), serviceOf(UNNAMED)],
        3600
      );
      expect(Object.values(queries ?? {}).filter((expr) => !isPromQL(expr))).toEqual([]);
      expect(queries?.counts).toContain(names?.calls);
      expect(queries?.p95).toContain(`${names?.latency}${kind === 'native' ? '' : '_bucket'}`);
      expect(queries?.p95.includes('le)')).toBe(kind !== 'native');
      expect(queries?.counts).toContain('"odd.label"');
      // Rules leave operations out.
      expect(queries?.counts).not.toContain(':rate5m');
    }
  });

  it('are spelt as OpenTelemetry has the labels where the series have those', () => {
    const untranslated = { ...DEFAULT_DIALECT, spanMetrics: UNTRANSLATED_SPAN_METRICS };
    const { counts = '' } = operationQueries(untranslated, [CART], 60) ?? {};
    expect(counts).toContain('sum by ("service.name", "service.namespace", "span.name", "status.code")');
    expect(counts).toContain('"span.kind"=~');
  });

  it('are none without span metrics', () => {
    expect(operationQueries({ ...DEFAULT_DIALECT, spanMetrics: undefined }, [CART], 60)).toBeUndefined();
  });

  it('are for 40 services at most, and fewer where names are long', () => {
    const many = Array.from({ length: 100 }, (_, index) => serviceOf(`service-${index}`));
    expect(operationsBatch(many)).toEqual(many.slice(0, 40));
    expect(operationsBatch(many.slice(0, 3))).toHaveLength(3);
    const long = many.map(({ name }) => serviceOf(name.padEnd(500, 'x')));
    expect(operationsBatch(long)).toHaveLength(7);
    expect(operationsBatch([serviceOf('x'.repeat(9000))])).toHaveLength(1);
  });
});

type Row = [labels: Record<string, string>, value: number];
const rows = (list: Row[]): PromqlRow[] => list.map(([labels, value]) => ({ labels, value }));
const OK = { status_code: 'STATUS_CODE_UNSET' };
const ERROR = { status_code: 'STATUS_CODE_ERROR' };

describe('answers', () => {
  it('have rate, failed requests and p95 of each operation; none failed where requests were seen', () => {
    const labels = { service: 'cart', service_namespace: 'shop' };
    const counts = rows([
      [{ ...labels, span_name: 'GET /cart', ...OK }, 3],
      [{ ...labels, span_name: 'GET /cart', ...ERROR }, 1],
      [{ ...labels, span_name: 'POST /cart', ...OK }, 2],
      [{ ...labels, span_name: 'idle', ...OK }, 0],
    ]);
    const p95 = rows([[{ ...labels, span_name: 'GET /cart' }, 120]]);
    const dialect = { ...DEFAULT_DIALECT, spanMetrics: { ...DEFAULT_DIALECT.spanMetrics!, unit: 'ms' as const } };
    expect(readOperations(dialect, { counts, p95 }, [CART]).get(CART.id)).toEqual([
      { name: 'GET /cart', stats: { rate: 4, errorRate: 1, p95: 0.12 } },
      { name: 'POST /cart', stats: { rate: 2, errorRate: 0 } },
    ]);
  });

  const bare = serviceOf('cart');
  const bank = serviceOf('cart', 'bank');
  const eu = serviceOf('cart', 'shop', { cluster: 'eu' });
  const us = serviceOf('cart', 'shop', { cluster: 'us' });
  it.each<[string, Service[], Record<string, string>, Service | undefined]>([
    ['its namespace', [CART, bank], { service_namespace: 'bank' }, bank],
    ['another namespace only', [CART], { service_namespace: 'bank' }, undefined],
    ['no namespace, where there is one service of the name', [CART], {}, CART],
    ['no namespace, where there are two', [CART, bank], {}, undefined],
    ['a namespace that the map does not know', [bare], { service_namespace: 'shop' }, bare],
    ['a namespace, with a namesake that has none', [CART, bare], { service_namespace: 'shop' }, CART],
    ['a dimension', [eu, us], { service_namespace: 'shop', cluster: 'us' }, us],
    ['no dimension, where two differ by it', [eu, us], { service_namespace: 'shop' }, undefined],
    ['a dimension, where only that is told', [eu, us], { cluster: 'eu' }, eu],
  ])('of a series with %s are given to the right service', (_, services, labels, expected) => {
    const counts = rows([[{ service: 'cart', span_name: 'GET', ...labels, ...OK }, 1]]);
    const found = readOperations({ ...DEFAULT_DIALECT, identity: ['cluster'] }, { counts }, services);
    expect([...found].flatMap(([id, operations]) => (operations.length > 0 ? [id] : []))).toEqual(
      expected ? [expected.id] : []
    );
  });

  it('of a series without namespace are of nobody when another service of the name is elsewhere on the map', () => {
    const counts = rows([[{ service: 'cart', span_name: 'GET', ...OK }, 1]]);
    expect(readOperations(DEFAULT_DIALECT, { counts }, [CART], [CART, bank]).get(CART.id)).toEqual([]);
  });

  it('of several series have no p95, as quantiles cannot be added up', () => {
    const of = (namespace: string) => ({ service: 'cart', service_namespace: namespace, span_name: 'GET' });
    const counts = rows([
      [{ ...of('a'), ...OK }, 1],
      [{ ...of('b'), ...OK }, 2],
    ]);
    const p95 = rows([
      [of('a'), 1],
      [of('b'), 2],
      [of('c'), 3],
    ]);
    expect(readOperations(DEFAULT_DIALECT, { counts, p95 }, [bare]).get('cart')).toEqual([
      { name: 'GET', stats: { rate: 3, errorRate: 0, p95: undefined } },
    ]);
  });

  it.each([NaN, Infinity, -1])('leave out %p', (value) => {
    const labels = { service: 'cart', span_name: 'GET' };
    const counts = rows([
      [{ ...labels, ...OK }, value],
      [{ service: '', span_name: 'GET', ...OK }, 1],
    ]);
    const found = readOperations(DEFAULT_DIALECT, { counts, p95: rows([[labels, value]]) }, [bare, serviceOf(UNNAMED)]);
    expect(found.get('cart')).toEqual([]);
    expect(found.get(UNNAMED)).toEqual([{ name: 'GET', stats: { rate: 1, errorRate: 0 } }]);
  });
});

describe('the choice', () => {
  const operation = (name: string, rate: number, errorRate = 0) => ({ name, stats: { rate, errorRate } });
  it('is of the busiest, and of those that fail most even when they are not', () => {
    const all = [
      operation('a', 10),
      operation('b', 9),
      operation('c', 8),
      operation('d', 7),
      operation('rare', 0.1, 0.1),
      operation('rarer', 0.05, 0.05),
      operation('rarest', 0.01, 0.01),
    ];
    expect(chooseOperations(all).map(({ name }) => name)).toEqual(['a', 'b', 'rare', 'rarer']);
    expect(chooseOperations(all.slice(0, 4)).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('the request', () => {
  const request = (failing: string | undefined) => ({
    dialect: DEFAULT_DIALECT,
    range: { from: 0, to: 60_000 },
    services: [CART],
    known: [CART],
    signal: new AbortController().signal,
    runPromQL: async ([{ refId }]: Array<{ refId: string }>) => {
      if (refId === failing) {
        throw new Error(`no ${refId}`);
      }
      return { [refId]: rows([[{ service: 'cart', span_name: 'GET', ...(refId === 'counts' ? OK : {}) }, 2]]) };
    },
  });

  it('goes on without latencies when they cannot be had', async () => {
    expect((await queryOperations(request(undefined))).get(CART.id)).toEqual([
      { name: 'GET', stats: { rate: 2, errorRate: 0, p95: 2 } },
    ]);
    expect((await queryOperations(request('p95'))).get(CART.id)).toEqual([
      { name: 'GET', stats: { rate: 2, errorRate: 0 } },
    ]);
    await expect(queryOperations(request('counts'))).rejects.toThrow('no counts');
  });
});
