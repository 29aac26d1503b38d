/** One row for each producer and spelling of the series: what is found out, and the PromQL that follows from it. */
import { parser } from '@prometheus-io/lezer-promql';
import { KnownDialects } from './known-dialects';
import { chooseDialect, probeExpression, type ProbeResult } from './probe';
import { graphQueries } from './query';
import { type PromqlQuery, type RunPromQL } from './run-promql';
import { type GraphScope } from './scope';

const P = 'traces_service_graph_request';
const RANGE = { from: 0, to: 3_600_000 };
const QUARTER = { from: 0, to: 300_000 };
const NASTY = 'a"b}{\\\nc|日本';

function exprs({ dialect }: ProbeResult, range = RANGE, scope?: GraphScope): Record<string, string> {
  return Object.fromEntries(graphQueries(dialect, range, scope).map(({ refId, expr }) => [refId, expr]));
}

function isPromQL(expression: string): boolean {
  let valid = true;
  parser.parse(expression).iterate({ enter: ({ type }) => void (valid = valid && !type.isError) });
  return valid;
}

const SPANS = ['traces_spanmetrics_calls_total', 'traces_spanmetrics_latency_count'];

/** names that exist; whether `failed` is a label; pieces of PromQL by query */
const ROWS: Array<[string, string[], boolean, Record<string, string[]>]> = [
  [
    'Tempo, classic',
    [`${P}_total`, `${P}_failed_total`, `${P}_server_seconds_count`, ...SPANS],
    false,
    {
      requests: [`rate(${P}_total[3600s])`],
      failed: [`rate(${P}_failed_total[3600s])`],
      callMeans: [`${P}_server_seconds_sum[`, `${P}_client_seconds_sum{connection_type=~`],
      callQuantiles: [
        `${P}_server_seconds_bucket{connection_type!~"virtual_node|database"}[3600s]`,
        `${P}_server_seconds_bucket{connection_type=~"virtual_node|database"}[3600s]`,
        `${P}_client_seconds_bucket{connection_type=~"virtual_node|database"}[3600s]`,
        'le)',
      ],
      spans: ['sum by (service, service_namespace, span_kind, status_code)'],
    },
  ],
  [
    'Tempo, native',
    [`${P}_total`, `${P}_server_seconds`, ...SPANS],
    false,
    {
      callMeans: [`histogram_sum(sum by`, `rate(${P}_server_seconds[3600s])`],
      callQuantiles: [
        `rate(${P}_server_seconds{connection_type!~"virtual_node|database"}[3600s])`,
        `rate(${P}_client_seconds{connection_type=~"virtual_node|database"}[3600s])`,
      ],
    },
  ],
  [
    'Tempo, both: the finer ones',
    [`${P}_total`, `${P}_server_seconds`, `${P}_server_seconds_count`],
    false,
    { callQuantiles: [`rate(${P}_server_seconds{connection_type!~"virtual_node|database"}[3600s])`] },
  ],
  [
    'Collector, seconds',
    [
      `${P}_total`,
      `${P}_failed_total`,
      `${P}_server_seconds_count`,
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_milliseconds_count',
    ],
    true,
    { failed: [`rate(${P}_failed_total[3600s])`], spans: ['traces_span_metrics_calls_total', 'service_name'] },
  ],
  [
    'Collector, failures marked by a label only',
    [`${P}_total`, `${P}_server_seconds_count`],
    true,
    { failed: [`rate(${P}_total{failed="true"}[3600s])`] },
  ],
  ['Collector, names without unit', [`${P}_total`, `${P}_server_count`], true, { callMeans: [`${P}_server_sum[`] }],
  ['Collector, exponential', [`${P}_total`, `${P}_server`], true, { callMeans: [`histogram_sum(`, `${P}_server[`] }],
  [
    'Collector, milliseconds',
    [`${P}_total`, `${P}_server_milliseconds_count`],
    true,
    { callQuantiles: [`${P}_server_milliseconds_bucket{connection_type!~"virtual_node|database"}[`] },
  ],
  [
    'Collector, old',
    [`${P}_total`, `${P}_duration_seconds_count`],
    true,
    { callQuantiles: [`${P}_duration_seconds_bucket[`] },
  ],
  [
    'Collector, span metrics of old',
    [`${P}_total`, `${P}_server_seconds_count`, 'calls_total', 'duration_milliseconds_count'],
    true,
    { spans: ['rate(calls_total[3600s])'] },
  ],
  [
    'names as OTLP has them',
    [`${P}_total`, `${P}_server_count`, 'traces.span.metrics.calls', 'traces.span.metrics.duration'],
    true,
    { spans: ['{"traces.span.metrics.calls"}', '"service.name"', '"span.kind"'] },
  ],
  [
    "behind an exporter's namespace",
    [`acme_${P}_total`, `acme_${P}_server_seconds_count`, 'acme_traces_span_metrics_calls_total'],
    true,
    { requests: [`rate(acme_${P}_total[`], spans: ['rate(acme_traces_span_metrics_calls_total['] },
  ],
  [
    'recorded, raw series gone',
    [`client_server:${P}:rate5m`, `client_server:${P}_server_seconds_count:rate5m`],
    false,
    {
      requests: [`sum_over_time(client_server:${P}:rate5m[3599s]) / 60`],
      callQuantiles: [`client_server:${P}_server_seconds_bucket:rate5m{connection_type!~"virtual_node|database"}[`],
    },
  ],
];

describe.each(ROWS)('%s', (_, names, failedLabel, pieces) => {
  const found = chooseDialect(names, failedLabel);

  it('is found out', () => expect(found.found).toBe(true));

  it.each(Object.entries(pieces))('%s', (refId, expected) => {
    for (const piece of expected) {
      expect(exprs(found)[refId]).toContain(piece);
    }
  });

  it.each<[string, GraphScope | undefined]>([
    ['everything', undefined],
    ['the busiest', { reduction: { topCalls: 5, minRate: 0.1 } }],
    ['some services', { reduction: { services: [NASTY, 'b'] } }],
    ['a selector', { selectors: [[{ label: 'client', operator: '=', value: NASTY }]] }],
  ])('asks for %s in PromQL, in six queries at most', (__, scope) => {
    const dialect = { ...found.dialect, identity: ['k8s_cluster_name', 'odd.label'] };
    const all = Object.values(exprs({ ...found, dialect }, RANGE, scope));
    expect(all.length).toBeLessThanOrEqual(6);
    expect(all.filter((expr) => !isPromQL(expr))).toEqual([]);
  });
});

describe('recorded rates', () => {
  const names = [`${P}_total`, `${P}_server_seconds_count`, ...ROWS[ROWS.length - 1][1]];

  it('are used for long windows, raw series for short ones', () => {
    const found = chooseDialect(names, false);
    expect(exprs(found).requests).toContain('client_server:');
    expect(exprs(found, QUARTER).requests).toContain(`rate(${P}_total[300s])`);
  });

  it('are left alone where only some of the rules are there', () => {
    expect(chooseDialect(names.slice(0, 3), false).dialect.recorded).toBeUndefined();
  });
});

it('the probe finds every name of the table', () => {
  const pattern = /__name__=~"((?:[^"\\]|\\.)*)"/.exec(probeExpression(60))?.[1].replace(/\\\\/g, '\\') ?? '';
  const matches = new RegExp(`^(?:${pattern})$`);
  expect([...new Set(ROWS.flatMap(([, names]) => names))].filter((name) => !matches.test(name))).toEqual([]);
  expect(['grpc_calls_total', 'http_duration_seconds_count'].filter((name) => matches.test(name))).toEqual([]);
});

describe('KnownDialects', () => {
  const signal = new AbortController().signal;
  const answering = (asked: PromqlQuery[], names: string[]): RunPromQL => {
    return async (queries) => {
      asked.push(...queries);
      return { names: names.map((__name__) => ({ labels: { __name__ }, value: 1 })) };
    };
  };

  it('looks once, and again later, for another data source and after being told to forget', async () => {
    let now = 0;
    const dialects = new KnownDialects(() => now);
    const asked: PromqlQuery[] = [];
    const runPromQL = answering(asked, ROWS[0][1]);
    const get = (uid: string) => dialects.get({ uid, runPromQL, range: RANGE, signal });
    await get('a');
    await get('a');
    expect(asked).toHaveLength(1);
    await get('b');
    expect(asked).toHaveLength(2);
    dialects.forget('b');
    await get('b');
    expect(asked).toHaveLength(3);
    now = 10 * 60_000;
    await get('a');
    expect(asked).toHaveLength(4);
  });

  it('corrects what was found by the settings', async () => {
    const runPromQL = answering([], ROWS[0][1]);
    const override = { namespace: 'k8s_namespace_name', unit: 'ms' as const, identity: ['k8s_cluster_name'] };
    const { dialect } = await new KnownDialects().get({ uid: 'a', runPromQL, range: RANGE, override, signal });
    expect(dialect).toMatchObject({
      unit: 'ms',
      identity: ['k8s_cluster_name'],
      labels: { clientNamespace: 'client_k8s_namespace_name', serverNamespace: 'server_k8s_namespace_name' },
      spanMetrics: { namespaceLabel: 'k8s_namespace_name' },
    });
  });

  it('asks nothing where a person chose the dialect', async () => {
    const asked: PromqlQuery[] = [];
    const override = { dialect: 'otel-milliseconds', prefix: 'acme_service_graph' };
    const result = await new KnownDialects().get({
      uid: 'a',
      runPromQL: answering(asked, []),
      range: RANGE,
      override,
      signal,
    });
    expect(asked).toEqual([]);
    expect(result).toMatchObject({
      found: true,
      dialect: {
        requests: 'acme_service_graph_request_total',
        unit: 'ms',
        serverLatency: 'acme_service_graph_request_server_milliseconds',
      },
    });
  });
});
