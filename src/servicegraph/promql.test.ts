import { parser } from '@prometheus-io/lezer-promql';
import { METRICS_DIALECTS, type MetricsDialect, SPAN_METRIC_NAMES } from './dialect';
import { probeExpression } from './probe';
import { callMeans, callQuantiles, serviceQuantiles } from './latency-promql';
import { callScope, failedRate, requestRate, servicesScope, spanRate } from './promql';
import { anyOf, escapeRegex, selector } from './promql-text';
import { graphQueries } from './query';
import { type GraphScope, parseSelector } from './scope';

function syntaxErrors(expression: string): string[] {
  const errors: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) {
        errors.push(`${from}-${to}: ${expression.slice(from, to + 20)}`);
      }
    },
  });
  return errors;
}

const TEMPO = METRICS_DIALECTS[0];
const native = (dialect: MetricsDialect): MetricsDialect => ({ ...dialect, histogram: 'native' });
const dialects = METRICS_DIALECTS.flatMap((dialect) => [dialect, native(dialect)]);
const NASTY = 'a"b}{\\\nc|日本';
const scopes: Array<[string, GraphScope | undefined]> = [
  ['everything', undefined],
  ['no selectors', { selectors: [] }],
  ['one call', callScope(TEMPO, { client: NASTY, server: 'b' })],
  ['some services', servicesScope(TEMPO, ['a.b', NASTY])],
  ['some namespaces', { namespaces: ['shop', NASTY] }],
  ['some namespaces, the busiest', { namespaces: ['shop'], reduction: { topCalls: 5 } }],
];

describe('every expression is PromQL', () => {
  const cases = dialects.flatMap((dialect) =>
    scopes.map(([name, scope]) => [`${dialect.id}, ${dialect.histogram}, ${name}`, dialect, scope] as const)
  );
  it.each(cases)('%s', (_, dialect, scope) => {
    const queries = graphQueries(dialect, { from: 0, to: 3_600_000 }, scope);
    expect(queries.length).toBeLessThanOrEqual(6);
    expect(queries.flatMap(({ expr }) => syntaxErrors(expr))).toEqual([]);
  });

  it.each(SPAN_METRIC_NAMES.map((names) => [names.calls + names.latency, names] as const))(
    'span metrics %s',
    (_, names) => {
      expect(syntaxErrors(spanRate(names, 60))).toEqual([]);
    }
  );

  it('the probe', () => {
    expect(syntaxErrors(probeExpression(300))).toEqual([]);
  });
});

describe('expressions', () => {
  const EDGE = 'client, server, connection_type, virtual_node, client_service_namespace, server_service_namespace';

  it('takes rates over the whole range, summed over replicas', () => {
    expect(requestRate({ dialect: TEMPO, window: 300 })).toBe(
      `sum by (${EDGE}) (rate(traces_service_graph_request_total[300s]))`
    );
  });

  it('reads failures from their counter or from a label, as the producer has it', () => {
    expect(failedRate({ dialect: TEMPO, window: 60 })).toContain(
      'rate(traces_service_graph_request_failed_total[60s])'
    );
    const byLabel = METRICS_DIALECTS.find(({ id }) => id === 'otel-failed-label')!;
    expect(failedRate({ dialect: byLabel, window: 60 })).toContain(
      'rate(traces_service_graph_request_total{failed="true"}[60s])'
    );
  });

  it('never asks for _sum or _bucket where only native histograms exist', () => {
    const options = { dialect: native(TEMPO), window: 60 };
    const all = [callMeans(options), callQuantiles(options, [0.95]), serviceQuantiles(options, [0.95])].join();
    expect(all).not.toMatch(/seconds_(sum|count|bucket)/);
    expect(all).toContain('histogram_sum(');
    expect(all).toContain('histogram_count(');
  });

  it('asks for the latency as the client saw it only where the callee may send no spans', () => {
    const means = callMeans({ dialect: TEMPO, window: 60 });
    expect(means).toContain(
      'rate(traces_service_graph_request_client_seconds_sum{connection_type=~"virtual_node|database"}[60s])'
    );
    expect(means).toContain('rate(traces_service_graph_request_server_seconds_sum[60s])');
  });

  it('counts a series once when two selectors take it', () => {
    expect(requestRate({ dialect: TEMPO, scope: servicesScope(TEMPO, ['shop']), window: 60 })).toBe(
      `sum by (${EDGE}) (rate(traces_service_graph_request_total{client="shop"}[60s]) or rate(traces_service_graph_request_total{server="shop"}[60s]))`
    );
  });

  it('asks for calls with either end in a namespace', () => {
    expect(requestRate({ dialect: TEMPO, scope: { namespaces: ['a.b', NASTY] }, window: 60 })).toBe(
      ['client', 'server']
        .map(
          (end) =>
            `rate(${selector('traces_service_graph_request_total', [anyOf(`${end}_service_namespace`, ['a.b', NASTY])])}[60s])`
        )
        .join(' or ')
        .replace(/^(.*)$/s, `sum by (${EDGE}) ($1)`)
    );
  });

  it('asks for span metrics of a namespace by their own label', () => {
    const [spans] = SPAN_METRIC_NAMES;
    expect(spanRate(spans, 60, {}, { namespaces: ['shop'] })).toContain(
      'traces_spanmetrics_calls_total{service_namespace="shop"}'
    );
  });

  it.each([
    ['quotes and newlines', 'a"b\nc', 'm{l="a\\"b\\nc"}'],
    ['backslashes', 'a\\d', 'm{l="a\\\\d"}'],
    ['braces', '{}', 'm{l="{}"}'],
  ])('escapes %s', (_, value, expected) => {
    expect(selector('m', [{ label: 'l', operator: '=', value }])).toBe(expected);
  });

  it('quotes names that need UTF-8 syntax', () => {
    const expression = selector('traces.calls', [{ label: 'service.name', operator: '=', value: 'a' }]);
    expect(expression).toBe('{"traces.calls", "service.name"="a"}');
    expect(syntaxErrors(expression)).toEqual([]);
  });

  it('makes regular expressions that match the name only', () => {
    expect(new RegExp(`^(?:${escapeRegex('a.b|c(d)')})$`).test('a.b|c(d)')).toBe(true);
    expect(new RegExp(`^(?:${escapeRegex('a.b')})$`).test('axb')).toBe(false);
  });
});

describe('parseSelector', () => {
  it.each([
    ['', []],
    ['{}', []],
    ['{client="a"}', [{ label: 'client', operator: '=', value: 'a' }]],
    [' client = "a" ', [{ label: 'client', operator: '=', value: 'a' }]],
    [
      '{client=~"a|b", server!=\'x"y\', }',
      [
        { label: 'client', operator: '=~', value: 'a|b' },
        { label: 'server', operator: '!=', value: 'x"y' },
      ],
    ],
    [
      '{a!~`\\d`,b="\\u00fc\\n"}',
      [
        { label: 'a', operator: '!~', value: '\\d' },
        { label: 'b', operator: '=', value: 'ü\n' },
      ],
    ],
    ['{"service.name"="a"}', [{ label: 'service.name', operator: '=', value: 'a' }]],
    ['{client="a}, {b"}', [{ label: 'client', operator: '=', value: 'a}, {b' }]],
  ])('%s', (text, expected) => {
    expect(parseSelector(text)).toEqual(expected);
  });

  it.each([
    ['{client}', 'after "client"'],
    ['{client=a}', 'quoted value after "client="'],
    ['{client="a" server="b"}', 'comma before'],
    ['{="a"}', 'label name'],
    ['{client="a', 'quoted value'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseSelector(text)).toThrow(message);
  });
});
