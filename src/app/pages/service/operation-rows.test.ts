import { createDataFrame, FieldType } from '@grafana/data';
import { type RequestsScope } from '../../../links/requests-of-service';
import { type SpanMetricNames, TEMPO_SPAN_METRICS, UNTRANSLATED_SPAN_METRICS } from '../../../servicegraph/dialect';
import { type Service } from '../../../servicegraph/model';
import { type PromqlRow } from '../../../servicegraph/run-promql';
import { spanMatchers } from '../../../servicegraph/service-matchers';
import { validateQuery } from '../../../traceql';
import {
  operationQueries,
  operationRows,
  operationRowsOfTraceql,
  operationTraceql,
  withHistory,
} from './operation-rows';

const scope: RequestsScope = { service: 'shop', namespace: 'eu' };
const row = (name: string | undefined, value: number): PromqlRow => ({
  labels: name === undefined ? {} : { span_name: name },
  value,
});
const instant = (name: string, value: number) =>
  createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [1] },
      { name: 'value', type: FieldType.number, values: [value], labels: { name: `"${name}"` } },
    ],
  });

const inMilliseconds: SpanMetricNames = { ...TEMPO_SPAN_METRICS, unit: 'ms' };

it.each([
  [TEMPO_SPAN_METRICS, 'service_namespace="eu"', 'by (span_name)'],
  [UNTRANSLATED_SPAN_METRICS, '"service.namespace"="eu"', 'by ("span.name")'],
])('asks for each column over the whole range, by operation: %j', (names, namespace, by) => {
  const queries = operationQueries({ names, histogram: 'native' }, scope, 1800);
  expect(queries.map(({ refId }) => refId)).toEqual(['rate', 'errorRate', 'p95', 'impact']);
  for (const { expr } of queries) {
    expect(expr).toContain('[1800s]');
    expect(expr).toContain(namespace);
    expect(expr).toContain(by);
  }
});

it('asks for those of one cluster where clusters tell services apart', () => {
  const cart: Service = {
    id: 'cart',
    name: 'cart',
    labels: { cluster: 'eu-1' },
    toldApartBy: ['cluster'],
    kind: 'service',
    stats: {},
  };
  const matchers = spanMatchers(TEMPO_SPAN_METRICS, cart, ['cluster']);
  for (const { expr } of operationQueries({ names: TEMPO_SPAN_METRICS, histogram: 'classic' }, { matchers }, 60)) {
    expect(expr.match(/service="cart", cluster="eu-1", span_kind/g)?.length).toBe(expr.match(/\{/g)?.length);
  }
});

it('puts the columns of an operation together, where the time goes first', () => {
  const rows = operationRows(inMilliseconds, {
    rate: [row('GET /', 5), row('PUT /', 1)],
    errorRate: [row('GET /', 0)],
    p95: [row('GET /', 20), row('PUT /', 900)],
    impact: [row('GET /', 50), row('PUT /', 600)],
  });
  expect(rows).toEqual([
    { name: 'PUT /', rate: 1, p95: 0.9, impact: 0.6 },
    { name: 'GET /', rate: 5, errorRate: 0, p95: 0.02, impact: 0.05 },
  ]);
});

it('reads the names of operations as OpenTelemetry has the label', () => {
  expect(operationRows(UNTRANSLATED_SPAN_METRICS, { p95: [{ labels: { 'span.name': 'GET /' }, value: 20 }] })).toEqual([
    { name: 'GET /', p95: 0.02 },
  ]);
});

it.each<[string, Parameters<typeof operationRows>[1], unknown]>([
  ['no answers', {}, []],
  ['no number', { rate: [row('a', 1)], p95: [row('a', NaN)] }, [{ name: 'a', rate: 1 }]],
  ['spans without a name', { rate: [row(undefined, 1)] }, [{ name: '', rate: 1 }]],
])('leaves absent what is not there: %s', (_, answers, expected) => {
  expect(operationRows(TEMPO_SPAN_METRICS, answers)).toEqual(expected);
});

describe('by TraceQL', () => {
  it('asks valid questions, also of a call', () => {
    const call = { parent: 'resource.service.name = "web"', condition: 'resource.service.name = "shop"' };
    for (const query of [
      ...Object.values(operationTraceql(scope)),
      ...Object.values(operationTraceql({ ...scope, call })),
    ]) {
      expect([query, validateQuery(query)]).toEqual([query, { verdict: 'valid' }]);
    }
  });

  it('shares the durations out over the range, and counts no failure as none', () => {
    const rows = operationRowsOfTraceql(
      { rate: [instant('GET /', 2)], errorRate: [], p95: [instant('GET /', 0.3)], impact: [instant('GET /', 360)] },
      3600
    );
    expect(rows).toEqual([{ name: 'GET /', rate: 2, errorRate: 0, p95: 0.3, impact: 0.1 }]);
  });
});

it.each([
  ['span_name', 'GET /'],
  ['span.name', 'GET /'],
  ['name', '"GET /"'],
])('adds the course of the rate by %s', (label, value) => {
  const frame = createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [1, 2] },
      { name: 'value', type: FieldType.number, values: [3, null], labels: { [label]: value } },
    ],
  });
  expect(withHistory([{ name: 'GET /' }, { name: 'other' }], [frame], label)).toEqual([
    { name: 'GET /', history: { times: [1, 2], values: [3, null] } },
    { name: 'other' },
  ]);
});
