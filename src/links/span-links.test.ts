import { type AnyValue, type KeyValue, type Span, type Trace } from '../trace/model';
import { LOGS_DATASOURCE_IDS } from './logs-query';
import { readSpanLinkSettings } from './span-link-settings';
import { spanLinks } from './span-links';

const TRACE_ID = '0123456789abcdef0123456789abcdef';
const SPAN_ID = '00000000000000ab';
const START_MS = 1_795_255_600_000;

function attributes(values: Record<string, string | number>): KeyValue[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: (typeof value === 'number' ? { type: 'int', value } : { type: 'string', value }) satisfies AnyValue,
  }));
}

function traceWith(patch: { span?: Record<string, string | number>; resource?: Record<string, string | number> } = {}) {
  const root: Span = {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    parentSpanId: '',
    traceState: '',
    name: 'GET /cart',
    kind: 'server',
    startTimeUnixNano: BigInt(START_MS) * BigInt(1e6),
    endTimeUnixNano: BigInt(START_MS + 250) * BigInt(1e6),
    attributes: attributes({ 'http.method': 'GET', 'http.status_code': 200, ...patch.span }),
    events: [],
    links: [],
    status: { code: 'unset', message: '' },
    resource: { attributes: attributes({ 'service.name': 'cart', cluster: 'eu', ...patch.resource }) },
    scope: { name: '', version: '', attributes: [] },
  };
  const trace: Trace = { traceId: TRACE_ID, spans: [root] };
  return { trace, span: root };
}

function linksOf(jsonData: object, type: string, patch?: Parameters<typeof traceWith>[0]) {
  return spanLinks({
    ...traceWith(patch),
    settings: readSpanLinkSettings(jsonData),
    resolveDataSource: (uid) => (uid === 'gone' ? undefined : { uid, type, name: `The ${uid}` }),
  });
}

const queryOf = (jsonData: object, type: string, patch?: Parameters<typeof traceWith>[0]) =>
  linksOf(jsonData, type, patch)[0]?.query;

describe('trace to logs', () => {
  const byTags = { tracesToLogsV2: { datasourceUid: 'logs', tags: [{ key: 'service.name', value: 'app' }] } };
  const byIds = { tracesToLogsV2: { ...byTags.tracesToLogsV2, filterByTraceID: true, filterBySpanID: true } };
  const byDefault = { tracesToLogsV2: { datasourceUid: 'logs' } };
  const lokiIds =
    `| label_format trace_id_in_line=\`{{ contains "${TRACE_ID}" __line__ }}\`` +
    ` | trace_id_in_line="true" or trace_id="${TRACE_ID}" or traceID="${TRACE_ID}" or traceId="${TRACE_ID}"` +
    ` | label_format span_id_in_line=\`{{ contains "${SPAN_ID}" __line__ }}\`` +
    ` | span_id_in_line="true" or span_id="${SPAN_ID}" or spanID="${SPAN_ID}" or spanId="${SPAN_ID}"`;
  const lucene = (query: string) => ({ query, metrics: [{ id: '1', type: 'logs' }] });
  const google = (query: string) => ({ query, queryText: query });

  it.each<[type: string, byTags: object, byIds: object, byDefault: object]>([
    [
      'loki',
      { expr: '{app="cart"}' },
      { expr: `{app="cart"} ${lokiIds}` },
      { expr: '{cluster="eu", service_name="cart"}' },
    ],
    [
      'elasticsearch',
      lucene('app:"cart"'),
      lucene(`app:"cart" AND "${TRACE_ID}" AND "${SPAN_ID}"`),
      lucene('cluster:"eu" AND service_name:"cart"'),
    ],
    [
      'grafana-opensearch-datasource',
      lucene('app:"cart"'),
      lucene(`app:"cart" AND "${TRACE_ID}" AND "${SPAN_ID}"`),
      lucene('cluster:"eu" AND service_name:"cart"'),
    ],
    [
      'grafana-splunk-datasource',
      { query: 'app="cart"' },
      { query: `app="cart" "${TRACE_ID}" "${SPAN_ID}"` },
      { query: 'cluster="eu" service_name="cart"' },
    ],
    [
      'grafana-falconlogscale-datasource',
      { lsql: 'app="cart"' },
      { lsql: `app="cart" and "${TRACE_ID}" and "${SPAN_ID}"` },
      { lsql: 'cluster="eu" and service_name="cart"' },
    ],
    [
      'googlecloud-logging-datasource',
      google('app="cart"'),
      google(`app="cart" AND "${TRACE_ID}" AND "${SPAN_ID}"`),
      google('cluster="eu" AND service_name="cart"'),
    ],
    [
      'victoriametrics-logs-datasource',
      { expr: 'app:="cart"' },
      { expr: `app:="cart" AND trace_id:="${TRACE_ID}" AND span_id:="${SPAN_ID}"` },
      { expr: 'cluster:="eu" AND service_name:="cart"' },
    ],
  ])('%s: by attributes, by ids too, by the usual attributes when none is named', (type, tags, ids, usual) => {
    expect(LOGS_DATASOURCE_IDS).toContain(type);
    expect(queryOf(byTags, type)).toEqual(tags);
    expect(queryOf(byIds, type)).toEqual(ids);
    expect(queryOf(byDefault, type)).toEqual(usual);
  });

  it('knows all seven that Grafana knows', () => {
    expect(LOGS_DATASOURCE_IDS).toHaveLength(7);
  });

  it.each([
    ['loki', { expr: '{service_name="a \\"b\\" \\\\ c"}' }],
    ['elasticsearch', lucene('service.name:"a \\"b\\" \\\\ c"')],
    ['victoriametrics-logs-datasource', { expr: 'service.name:="a \\"b\\" \\\\ c"' }],
  ])('%s: a value cannot end the text it stands in', (type, expected) => {
    const settings = { tracesToLogsV2: { datasourceUid: 'logs', tags: [{ key: 'service.name' }] } };
    expect(queryOf(settings, type, { resource: { 'service.name': 'a "b" \\ c' } })).toEqual(expected);
  });

  it('leaves out attributes that the span has not, and the link when nothing is left', () => {
    const tags = [{ key: 'pod' }, { key: 'http.method' }];
    expect(queryOf({ tracesToLogsV2: { datasourceUid: 'logs', tags } }, 'loki')).toEqual({
      expr: '{http_method="GET"}',
    });
    const missing = { tracesToLogsV2: { datasourceUid: 'logs', tags: [{ key: 'pod' }], filterByTraceID: true } };
    expect(linksOf(missing, 'loki')).toEqual([]);
    expect(queryOf(missing, 'grafana-splunk-datasource')).toEqual({ query: `"${TRACE_ID}"` });
  });

  it.each<[query: string, expected: string | undefined]>([
    ['{job="x"} |= "${__span.traceId}"', `{job="x"} |= "${TRACE_ID}"`],
    ['{${__tags}} |= "${__span.spanId}"', `{app="cart"} |= "${SPAN_ID}"`],
    ['{$__tags}', '{app="cart"}'],
    ['{m="${__span.tags["http.method"]}"}', '{m="GET"}'],
    ['{m="${__span.tags[\'http.method\']}"}', '{m="GET"}'],
    ['{c="${__span.tags.cluster}"}', '{c="eu"}'],
    ['{s="${__span.tags["http.status_code"]}"}', '{s="200"}'],
    ['${__span.name} ${__span.duration} ${__trace.traceId}', `GET /cart 250000 ${TRACE_ID}`],
    ['${__trace.name} ${__trace.duration}', 'cart: GET /cart 250000'],
    ['{job=~"${__span.tags.cluster:regex}"} [$__auto]', '{job=~"eu"} [$__auto]'],
    ['{p="${__span.tags.pod}"}', undefined],
  ])('a query of your own: %s', (query, expected) => {
    const settings = { tracesToLogsV2: { ...byTags.tracesToLogsV2, customQuery: true, query } };
    expect(queryOf(settings, 'loki')).toEqual(expected === undefined ? undefined : { expr: expected });
  });

  it('a query of your own keeps what a span says inside its quotes', () => {
    const settings = {
      tracesToLogsV2: { datasourceUid: 'logs', customQuery: true, query: '{a="${__span.tags.evil}"} |= "x"' },
    };
    expect(queryOf(settings, 'loki', { span: { evil: '"} or {b="' } })).toEqual({
      expr: '{a="\\"} or {b=\\""} |= "x"',
    });
  });

  it.each<[settings: object, range: { from: number; to: number }]>([
    [{}, { from: START_MS, to: START_MS + 1000 }],
    [
      { spanStartTimeShift: '-1h', spanEndTimeShift: '5m' },
      { from: START_MS - 3_600_000, to: START_MS + 300_250 },
    ],
    [
      { spanStartTimeShift: 'nonsense', spanEndTimeShift: '0' },
      { from: START_MS, to: START_MS + 1000 },
    ],
  ])('looks from the start of the span to its end, shifted by %j', (shift, range) => {
    const [link] = linksOf({ tracesToLogsV2: { ...byTags.tracesToLogsV2, ...shift } }, 'loki');
    expect(link.range).toEqual(range);
    const panes: unknown = JSON.parse(new URL(link.url, 'http://x').searchParams.get('panes') ?? '');
    expect(panes).toMatchObject({
      A: {
        datasource: 'logs',
        queries: [{ expr: '{app="cart"}', datasource: { uid: 'logs', type: 'loki' } }],
        range: { from: String(range.from), to: String(range.to) },
      },
    });
  });

  it('leads to several data sources', () => {
    const links = linksOf(
      {
        ...byTags,
        furtherTracesToLogs: [
          { datasourceUid: 'audit', name: 'Audit log', tags: [{ key: 'cluster' }] },
          { name: 'unfinished' },
          { datasourceUid: 'gone' },
        ],
      },
      'loki'
    );
    expect(links.map(({ name, datasource, query }) => [name, datasource.name, query.expr])).toEqual([
      [undefined, 'The logs', '{app="cart"}'],
      ['Audit log', 'The audit', '{cluster="eu"}'],
    ]);
  });

  it('reads the settings from before Grafana 9.5', () => {
    const tracesToLogs = {
      datasourceUid: 'logs',
      tags: ['cluster'],
      mappedTags: [{ key: 'service.name', value: 's' }],
    };
    expect(queryOf({ tracesToLogs }, 'loki')).toEqual({ expr: '{cluster="eu"}' });
    expect(queryOf({ tracesToLogs: { ...tracesToLogs, mapTagNamesEnabled: true } }, 'loki')).toEqual({
      expr: '{s="cart"}',
    });
  });

  it.each([[{ tracesToLogsV2: 'loki' }], [{ tracesToLogsV2: { datasourceUid: 7 } }], [{}]])(
    'makes no link of %j',
    (jsonData) => expect(linksOf(jsonData, 'loki')).toEqual([])
  );

  it('makes no link to a data source of another kind', () => {
    expect(linksOf(byTags, 'mysql')).toEqual([]);
  });
});

describe('trace to metrics', () => {
  const target = { datasourceUid: 'prom', tags: [{ key: 'service.name', value: 'service' }, { key: 'http.method' }] };

  it.each<[query: string | undefined, expr: string | undefined]>([
    ['sum(rate(calls{$__tags}[5m]))', 'sum(rate(calls{service="cart", http_method="GET"}[5m]))'],
    ['x{${__tags}, m="${__span.tags["http.method"]}"}', 'x{service="cart", http_method="GET", m="GET"}'],
    ['rate(calls[$__rate_interval])', 'rate(calls[$__rate_interval])'],
    ['x{p="${__span.tags.pod}"}', undefined],
    [undefined, 'histogram_quantile(0.5, sum(rate(traces_spanmetrics_latency_bucket{service="cart"}[5m])) by (le))'],
  ])('%s', (query, expr) => {
    const links = linksOf({ tracesToMetrics: { ...target, queries: [{ name: 'Rate', query }] } }, 'prometheus');
    expect(links.map((link) => [link.name, link.query.expr])).toEqual(expr === undefined ? [] : [['Rate', expr]]);
  });

  it('puts a label in quotes where the setting has it so', () => {
    const tags = [{ key: 'service.name', value: '"service.name"' }];
    const queries = [{ query: 'rate({"traces.calls", $__tags}[5m])' }];
    const links = linksOf({ tracesToMetrics: { ...target, tags, queries } }, 'prometheus');
    expect(links.map(({ query }) => query.expr)).toEqual(['rate({"traces.calls", "service.name"="cart"}[5m])']);
  });

  it('has a link for each query, two minutes around the span', () => {
    const links = linksOf({ tracesToMetrics: { ...target, queries: [{ query: 'a' }, { query: 'b' }] } }, 'prometheus');
    expect(links.map(({ query, range }) => [query.expr, range])).toEqual(
      ['a', 'b'].map((expr) => [expr, { from: START_MS - 120_000, to: START_MS + 120_250 }])
    );
  });

  it('leads to several data sources', () => {
    const settings = {
      tracesToMetrics: target,
      furtherTracesToMetrics: [{ datasourceUid: 'long-term', name: 'Year' }],
    };
    expect(linksOf(settings, 'prometheus').map(({ name, datasource }) => [name, datasource.uid])).toEqual([
      [undefined, 'prom'],
      ['Year', 'long-term'],
    ]);
  });
});

describe('trace to profiles', () => {
  const tracesToProfiles = { datasourceUid: 'pyroscope', profileTypeId: 'process_cpu:cpu' };
  const profiled = { span: { 'pyroscope.profile.id': 'p1' } };

  it('is there for spans with a profile, a minute around them', () => {
    const [link] = linksOf({ tracesToProfiles }, 'grafana-pyroscope-datasource', profiled);
    expect(link).toMatchObject({
      kind: 'profiles',
      query: {
        queryType: 'profile',
        labelSelector: '{service_name="cart"}',
        groupBy: [],
        profileTypeId: 'process_cpu:cpu',
        spanSelector: ['p1'],
      },
      range: { from: START_MS - 60_000, to: START_MS + 60_250 },
    });
    expect(linksOf({ tracesToProfiles }, 'grafana-pyroscope-datasource')).toEqual([]);
  });

  it('takes a selector of your own', () => {
    const settings = { ...tracesToProfiles, customQuery: true, query: '{c="${__span.tags.cluster}"}' };
    expect(queryOf({ tracesToProfiles: settings }, 'grafana-pyroscope-datasource', profiled)).toMatchObject({
      labelSelector: '{c="eu"}',
    });
  });
});
