import { METRICS_DIALECTS } from '../../../servicegraph/dialect';
import { callId, type ConnectionType } from '../../../servicegraph/model';
import { call, graphOf, service } from '../../../servicegraph/service-graph.fixture';
import { validateQuery } from '../../../traceql';
import {
  callErrorQueries,
  callLatencyQueries,
  callRateQueries,
  callScope,
  callSidesQueries,
  callSource,
} from './call-source';

const [dialect] = METRICS_DIALECTS;
const callOf = (source: string, target: string, rate: number, connectionType: ConnectionType = '') =>
  call(source, target, { rate }, { id: callId(source, target, connectionType), connectionType });
const graph = graphOf(
  [service('web'), service('cart'), service('carts', { kind: 'database' })],
  [callOf('web', 'cart', 1), callOf('web', 'cart', 4, 'messaging_system'), callOf('cart', 'carts', 2, 'database')]
);

it('takes the busiest call between the two', () => {
  const source = callSource({ graph, dialect }, 'web', { service: 'cart' });
  expect(source.ends.call.connectionType).toBe('messaging_system');
  expect(callRateQueries(source).queries[0].text).toContain('client="web", server="cart"');
});

it("asks the service graph's series with exemplars", () => {
  const source = callSource({ graph, dialect }, 'cart', { service: 'carts' });
  const [buckets, ...quantiles] = callLatencyQueries(source).queries;
  expect(buckets.target).toMatchObject({ exemplar: true, format: 'time_series' });
  expect(buckets.text).toContain('_client_seconds_bucket');
  expect(quantiles.map(({ refId }) => refId)).toEqual(['p50', 'p95', 'p99']);
  expect(callSidesQueries(source).queries.map(({ target }) => target.legendFormat)).toEqual(['cart', 'carts']);
});

it("looks for the spans of the caller's client where the callee sends none", () => {
  const { call: spans } = callScope(callSource({ graph, dialect }, 'cart', { service: 'carts' }));
  expect(spans?.parent).toBeUndefined();
  expect(spans?.condition).toContain('resource.service.name = "cart"');
  expect(spans?.condition).toContain('kind = client');
});

it.each<[string, Parameters<typeof callSource>[0]]>([
  ['there is no graph', { graph: undefined, dialect }],
  ['the graph does not have the call', { graph: { ...graph, calls: [] }, dialect }],
  ['it is put together from traces', { graph, dialect: undefined }],
  [
    'only recorded rates are left',
    { graph, dialect: { ...dialect, recorded: { interval: 60, only: true, spans: false } } },
  ],
])('asks TraceQL metrics when %s', (_, facts) => {
  const source = callSource(facts, 'web', { service: 'cart' });
  for (const asked of [callRateQueries, callErrorQueries, callSidesQueries, callLatencyQueries].map((ask) =>
    ask(source)
  )) {
    expect(asked.variable).toBe('tempo');
    for (const { text } of asked.queries) {
      expect(text).toMatch(/^\{ resource\.service\.name = "web" \} > \{ resource\.service\.name = "cart" && /);
      expect(validateQuery(text)).toEqual({ verdict: 'valid' });
    }
  }
});

it('reads the caller of an address with a namespace', () => {
  const { source, target } = callSource({ graph: undefined, dialect }, '["eu","web"]', {
    service: 'cart',
    namespace: 'us',
  }).ends;
  expect([source.name, source.namespace, target.name, target.namespace]).toEqual(['web', 'eu', 'cart', 'us']);
});
