import { parser } from '@prometheus-io/lezer-promql';
import { METRICS_DIALECTS, type MetricsDialect } from './dialect';
import { type ConnectionType, type Service } from './model';
import { type GraphPart, partHistory, partQueries, partScope } from './part-queries';
import { call, service } from './service-graph.fixture';

const [TEMPO, COLLECTOR] = METRICS_DIALECTS;
const MILLISECONDS = METRICS_DIALECTS.find(({ id }) => id === 'otel-milliseconds') ?? COLLECTOR;

function callBetween(source: Service, target: Service, connectionType: ConnectionType = ''): GraphPart {
  return { kind: 'call', call: call(source.id, target.id, {}, { connectionType }), source, target };
}

const NASTY = 'a"b}{\\\nc';
const PARTS: Array<[string, GraphPart]> = [
  ['a service', { kind: 'service', service: service('cart', { namespace: 'shop' }) }],
  ['the users', { kind: 'service', service: service('user', { kind: 'user' }) }],
  ['a database', { kind: 'service', service: service('postgres', { kind: 'database' }) }],
  ['a call', callBetween(service('web'), service('cart', { labels: { k8s_cluster_name: 'eu' } }))],
  ['a database call', callBetween(service('cart'), service('postgres', { kind: 'database' }), 'database')],
  ['odd names', callBetween(service(NASTY), service('b', { namespace: NASTY }))],
];

function isPromql(expr: string): boolean {
  let isWhole = true;
  parser.parse(expr).iterate({ enter: ({ type }) => void (isWhole &&= !type.isError) });
  return isWhole;
}

describe('queries of a part', () => {
  const native: MetricsDialect = { ...TEMPO, histogram: 'native' };
  it.each(
    PARTS.flatMap(([name, part]) =>
      [...METRICS_DIALECTS, native].map((dialect) => [name, dialect.id, part, dialect] as const)
    )
  )('are PromQL for %s (%s)', (_, __, part, dialect) => {
    for (const hasCallers of [true, false]) {
      const { rate, failed, p95, exemplars } = partQueries(dialect, part, 60, hasCallers);
      expect([rate, failed, p95, exemplars].filter((expr) => !isPromql(expr))).toEqual([]);
    }
  });

  it('take series without the namespace, which some of a database call lack', () => {
    const part: GraphPart = { kind: 'service', service: service('cart', { namespace: 'a.b' }) };
    expect(partScope(TEMPO, part).selectors).toEqual([
      [
        { label: 'server', operator: '=', value: 'cart' },
        { label: 'server_service_namespace', operator: '=~', value: '|a\\.b' },
      ],
    ]);
  });

  it.each<[string, Partial<Service>, string]>([
    ['the only cluster of its name', { labels: { cluster: 'eu' } }, 'server="cart", server_cluster=~"|eu"'],
    ['one of several', { labels: { cluster: 'eu' }, toldApartBy: ['cluster'] }, 'server="cart", server_cluster="eu"'],
    ['none, while others have one', { toldApartBy: ['cluster'] }, 'server="cart", server_cluster=""'],
    ['none, as all others', {}, 'server="cart"'],
    [
      'its namespace, of which there are several',
      { namespace: 'shop', toldApartBy: [''] },
      'server="cart", server_service_namespace="shop"',
    ],
  ])('are about a service of %s', (_, more, expected) => {
    const dialect: MetricsDialect = { ...TEMPO, identity: ['cluster'] };
    const part: GraphPart = { kind: 'service', service: service('cart', more) };
    expect(partQueries(dialect, part, 60).rate).toContain(`{${expected}}`);
    const alone = partQueries(dialect, part, 60, false).rate;
    expect(alone).toContain(`{${expected.replaceAll('server_', '').replace('server=', 'service=')}, span_kind`);
  });

  it('are about exactly one call', () => {
    const { rate } = partQueries(
      TEMPO,
      callBetween(service('cart'), service('postgres', { kind: 'database' }), 'database'),
      60
    );
    expect(rate).toContain('client="cart", server="postgres", connection_type="database"');
  });

  it('are those of span metrics for a service that nobody calls', () => {
    const part: GraphPart = { kind: 'service', service: service('cron') };
    expect(partQueries(TEMPO, part, 60, false).rate).toContain('traces_spanmetrics_calls_total{service="cron"');
    expect(partQueries(TEMPO, part, 60, true).rate).toContain('traces_service_graph_request_total{server="cron"');
  });

  it('ask the caller for exemplars where the callee sends no spans', () => {
    const database = partQueries(
      TEMPO,
      callBetween(service('cart'), service('pg', { kind: 'database' }), 'database'),
      60
    );
    expect(database.exemplars).toContain('traces_service_graph_request_client_seconds_bucket');
    const plain = partQueries(TEMPO, callBetween(service('web'), service('cart')), 60);
    expect(plain.exemplars).toContain('traces_service_graph_request_server_seconds_bucket');
  });
});

describe('the course of a part', () => {
  const series = (values: number[], labels: Record<string, string> = {}) => ({
    labels,
    times: values.map((_, index) => index * 60_000),
    values,
  });
  const queries = partQueries(MILLISECONDS, callBetween(service('web'), service('cart')), 60);

  it('sums rates, and has the latency in seconds', () => {
    const history = partHistory(queries, {
      rate: [series([1, 2]), series([3, NaN])],
      failed: [series([1])],
      p95: [series([200, 300], { latency_quantile: '0.95' })],
    });
    expect(history).toEqual({ times: [0, 60_000], rate: [4, 2], errors: [0.25, 0], p95: [0.2, 0.3] });
  });

  it('has nothing where nothing is known', () => {
    expect(partHistory(queries, { rate: [], failed: [], p95: [] })).toEqual({
      times: [],
      rate: [],
      errors: [],
      p95: [],
    });
    expect(partHistory(queries, { rate: [series([0])], failed: [], p95: [series([NaN])] })).toMatchObject({
      errors: [null],
      p95: [null],
    });
  });
});
