import { selectorsOf, tracesBehind } from './promql-matchers';
import { tracesBehindUrl } from './panel-traces';

describe('selectorsOf', () => {
  it.each<[string, Array<Array<[string, string, string]>>]>([
    ['up', []],
    [
      'rate(a{b="c"}[5m]) / b{d=~"e|f", g!="h"}',
      [
        [['b', '=', 'c']],
        [
          ['d', '=~', 'e|f'],
          ['g', '!=', 'h'],
        ],
      ],
    ],
    ['a{b="}{"}', [[['b', '=', '}{']]]],
    ['a{b=`{`} # c{d="e"}\n+ f{g="h"}', [[['b', '=', '{']], [['g', '=', 'h']]]],
    ['label_replace(a{b="c"}, "x", "{$1}", "y", "(.*)")', [[['b', '=', 'c']]]],
    ['{"metric.name", "service.name"="a"}', []],
    ['a{b="c\\"}"}', [[['b', '=', 'c"}']]]],
    ['a{b="c"', []],
    ['a{b~"c"}', []],
  ])('%s', (expression, expected) => {
    expect(selectorsOf(expression).map((all) => all.map((m) => [m.label, m.operator, m.value]))).toEqual(expected);
  });
});

describe('tracesBehind', () => {
  it.each<[string, string, string | undefined]>([
    ['a service', 'rate(x{service="a\\"b"}[5m])', '{ resource.service.name = "a\\"b" }'],
    ["the Collector's label", 'x{service_name=~"a|b"}', '{ resource.service.name =~ "a|b" }'],
    [
      'operation and status',
      'x{service="a", span_name="GET /", status_code="STATUS_CODE_ERROR", le="0.1"}',
      '{ resource.service.name = "a" && name = "GET /" && status = error }',
    ],
    [
      'kinds',
      'x{service="a", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}',
      '{ resource.service.name = "a" && (kind = server || kind = consumer) }',
    ],
    ["a call is its server's spans", 'x{client="a", server="b"}', '{ resource.service.name = "b" }'],
    ['all calls of a client', 'x{client="a"}', '{ resource.service.name = "a" }'],
    ['a cluster', 'kube_pod_info{cluster="eu", foo="bar"}', '{ resource.k8s.cluster.name = "eu" }'],
    ['the second selector', 'up{job="x"} and y{service="a"}', '{ resource.service.name = "a" }'],
    ['nothing telling', 'x{span_name="GET /"}', undefined],
    ['any service', 'x{service=~".*"}', undefined],
    ['a label of the prototype', 'x{constructor="a"}', undefined],
  ])('%s', (_, expression, expected) => {
    expect(tracesBehind(expression)).toBe(expected);
  });
});

describe('tracesBehindUrl', () => {
  const target = { from: 'now-1h', to: 'now', interpolate: (text: string) => text.replace('$service', 'shop') };
  const prometheus = { uid: 'P', type: 'prometheus' };

  it('carries range and data source, variables filled in', () => {
    const url = tracesBehindUrl({ ...target, queries: [{ datasource: prometheus, expr: 'x{service="$service"}' }] });
    const { pathname, searchParams } = new URL(url ?? '', 'http://localhost');
    expect(pathname).toBe('/a/traceatlas-tempo-app/search');
    expect(Object.fromEntries(searchParams)).toEqual({
      from: 'now-1h',
      to: 'now',
      'var-prometheus': 'P',
      q: '{ resource.service.name = "shop" }',
    });
  });

  it.each<[string, object, string | undefined]>([
    ['a TraceQL query', { datasource: { uid: 'T', type: 'tempo' }, query: '{}' }, 'q=%7B%7D'],
    [
      'a trace id',
      { datasource: { uid: 'T', type: 'tempo' }, query: 'abc' },
      '/trace/00000000000000000000000000000abc',
    ],
    ['a hidden query', { datasource: prometheus, expr: 'x{service="a"}', hide: true }, undefined],
    ['another data source', { datasource: { type: 'loki' }, expr: '{service="a"}' }, undefined],
    ['a query of nothing', { datasource: prometheus }, undefined],
    ['no data source at all', { datasource: null, expr: 'x{service="a"}' }, 'resource.service.name'],
  ])('%s', (_, query, expected) => {
    const url = tracesBehindUrl({ ...target, queries: [query] });
    if (expected === undefined) {
      expect(url).toBeUndefined();
    } else {
      expect(url).toContain(expected);
    }
  });
});
