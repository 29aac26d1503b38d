import { type DialectOverride } from '../../servicegraph/dialect-override';
import { CHECKS } from './checks';
import { type DataSourceEntry } from './data-sources';
import { type FakeReply, fakeGet, vector } from './fake-grafana.fixture';
import { type Finding, type SetupAnswers } from './finding';
import { reportText } from './report';
import { runSetup, type SetupPair } from './run-setup';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const NOW_S = NOW_MS / 1000;
const TRACE_ID = '5b8aa5a2d2c872e8321cf37308d69df2';

const tempo: DataSourceEntry = {
  uid: 'tempo',
  name: 'My Tempo',
  type: 'tempo',
  url: '/api/datasources/proxy/uid/tempo',
  readOnly: false,
  jsonData: {
    serviceMap: { datasourceUid: 'prom' },
    tracesToLogsV2: { datasourceUid: 'loki' },
    tracesToMetrics: { datasourceUid: 'prom' },
  },
};
const prometheus: DataSourceEntry = {
  uid: 'prom',
  name: 'Metrics',
  type: 'prometheus',
  url: '/api/datasources/proxy/uid/prom',
  readOnly: false,
  jsonData: { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'tempo' }] },
};
const loki: DataSourceEntry = { uid: 'loki', name: 'Logs', type: 'loki', url: '', readOnly: false, jsonData: {} };

type Replies = Array<[RegExp, FakeReply | 'hangs' | 'refused']>;

const NAMES = [
  'traces_service_graph_request_total',
  'traces_service_graph_request_server_seconds_count',
  'traces_spanmetrics_calls_total',
  'traces_spanmetrics_latency_count',
];

function stored({ uid, name, type, jsonData }: DataSourceEntry, more: object = {}): FakeReply {
  return { body: { uid, name, type, jsonData, version: 3, accessControl: { 'datasources:write': true }, ...more } };
}

/** A set-up where everything is as it should be. */
const HEALTHY: Replies = [
  [/tempo\/api\/echo/, { body: 'echo', dateMs: NOW_MS }],
  [/tempo\/api\/status\/buildinfo/, { body: { version: '2.9.0' } }],
  [/tempo\/api\/v2\/traces/, { body: { trace: {} } }],
  [/tempo\/api\/v2\/search\/tags/, { body: { scopes: [{ name: 'resource', tags: [] }] } }],
  [/tempo\/api\/search/, { body: { traces: [{ traceID: TRACE_ID }] } }],
  [/tempo\/api\/metrics\/query/, { body: { series: [] } }],
  [/status\/buildinfo/, { body: { status: 'success', data: { version: '3.1.0' } } }],
  [/status\/flags/, { body: { status: 'success', data: { 'enable-feature': 'exemplar-storage,native-histograms' } } }],
  [/query=time\(\)/, { body: { status: 'success', data: { resultType: 'scalar', result: [NOW_S, String(NOW_S)] } } }],
  [
    /query=group by/,
    vector(
      NAMES.map((name) => [{ __name__: name }, 1]),
      NOW_S
    ),
  ],
  [
    /timestamp/,
    vector(
      [
        [{ counter: NAMES[0] }, NOW_S - 10],
        [{ counter: NAMES[2] }, NOW_S - 12],
      ],
      NOW_S
    ),
  ],
  [
    /count by \(connection_type/,
    vector(
      [
        [{}, 4],
        [{ connection_type: 'virtual_node', virtual_node: 'client' }, 2],
      ],
      NOW_S
    ),
  ],
  [
    /increase/,
    vector(
      [
        [{ le: '0.1' }, 40],
        [{ le: '0.2' }, 80],
        [{ le: '0.4' }, 99],
        [{ le: '+Inf' }, 100],
      ],
      NOW_S
    ),
  ],
  [/count by \(__name__/, vector([[{ __name__: 'traces_spanmetrics_latency_bucket' }, 900]], NOW_S)],
  [
    /query_exemplars/,
    { body: { status: 'success', data: [{ exemplars: [{ labels: { traceID: TRACE_ID }, timestamp: NOW_S }] }] } },
  ],
  [/datasources\/uid\/tempo\?accesscontrol/, stored(tempo)],
  [/datasources\/uid\/prom\?accesscontrol/, stored(prometheus)],
];

async function findings(
  first: Replies,
  pair: SetupPair = { tempo, prometheus },
  override: DialectOverride = {}
): Promise<Record<string, Finding>> {
  let answers: Partial<SetupAnswers> = {};
  const stop = new AbortController().signal;
  const get = fakeGet([...first, ...HEALTHY], NOW_MS);
  await runSetup({ get, pair, dataSources: [tempo, prometheus, loki], nowMs: NOW_MS, stop, override }, (more) => {
    answers = { ...answers, ...more };
  });
  return Object.fromEntries(
    CHECKS.map((check) => {
      const finding = check.judge(answers);
      if (!finding) {
        throw new Error(`${check.id} has no finding`);
      }
      return [check.id, finding];
    })
  );
}

const notOk = (all: Record<string, Finding>) =>
  Object.fromEntries(Object.entries(all).flatMap(([id, { state }]) => (state === 'ok' ? [] : [[id, state]])));

it('looks for the series under the names that the settings give', async () => {
  const own = 'acme_edges_request_total';
  const all = await findings(
    [
      [/query=group by/, vector([[{ __name__: NAMES[2] }, 1]], NOW_S)],
      [/max by \(__name__\).*acme_edges_request_total/, vector([[{ __name__: own }, 1]], NOW_S)],
      [
        /timestamp/,
        vector(
          [
            [{ counter: own }, NOW_S - 10],
            [{ counter: NAMES[2] }, NOW_S - 12],
          ],
          NOW_S
        ),
      ],
    ],
    undefined,
    { prefix: 'acme_edges' }
  );
  expect(all['generator-series']).toMatchObject({ state: 'ok', summary: expect.stringContaining(own) });
});

it('says so when there are no series under the names that the settings give', async () => {
  const all = await findings([[/max by \(__name__\)/, vector([], NOW_S)]], undefined, { prefix: 'acme_edges' });
  expect(all['generator-series'].state).toBe('problem');
});

it('finds nothing wrong with a set-up that is right, but that profiles are not linked', async () => {
  expect(notOk(await findings([]))).toEqual({ 'link-profiles': 'note' });
});

const withNames = (names: string[]): Replies => [
  [
    /query=group by/,
    vector(
      names.map((name) => [{ __name__: name }, 1]),
      NOW_S
    ),
  ],
];
const noExemplars: Replies[number] = [/query_exemplars/, { body: { status: 'success', data: [] } }];
const exemplarsWith = (labels: Record<string, string>): Replies[number] => [
  /query_exemplars/,
  { body: { status: 'success', data: [{ exemplars: [{ labels, timestamp: NOW_S }] }] } },
];
const settings = (entry: DataSourceEntry, jsonData: object, more: object = {}): Replies[number] => [
  new RegExp(`datasources/uid/${entry.uid}\\?accesscontrol`),
  stored({ ...entry, jsonData }, more),
];

it.each<[what: string, replies: Replies, id: string, state: string, says: RegExp, fixes: RegExp | undefined]>([
  ['no processor at all', withNames([]), 'generator-series', 'problem', /Neither/, /remote_write/],
  ['no service-graphs', withNames(NAMES.slice(2)), 'generator-series', 'problem', /service-graphs/, /processors:/],
  ['no span-metrics', withNames(NAMES.slice(0, 2)), 'generator-series', 'problem', /span-metrics/, /processors:/],
  ['stale series', [[/timestamp/, vector([], NOW_S)]], 'generator-fresh', 'problem', /No sample/, undefined],
  [
    'late series',
    [
      [
        /timestamp/,
        vector(
          [
            [{ counter: NAMES[0] }, NOW_S - 200],
            [{ counter: NAMES[2] }, NOW_S - 1],
          ],
          NOW_S
        ),
      ],
    ],
    'generator-fresh',
    'warning',
    /200 s/,
    undefined,
  ],
  [
    'exemplar storage off',
    [noExemplars, [/status\/flags/, { body: { status: 'success', data: { 'enable-feature': '' } } }]],
    'exemplar-storage',
    'problem',
    /off/,
    /--enable-feature=exemplar-storage/,
  ],
  [
    'flags are secret and there are no exemplars',
    [noExemplars, [/status\/flags/, { status: 403, body: { message: 'forbidden' } }]],
    'exemplar-storage',
    'unknown',
    /does not tell/,
    /--enable-feature/,
  ],
  [
    'flags are secret, but there are exemplars',
    [[/status\/flags/, { status: 403, body: { message: 'forbidden' } }]],
    'exemplar-storage',
    'ok',
    /kept/,
    undefined,
  ],
  ['no exemplars', [noExemplars], 'exemplars-present', 'warning', /no exemplar/, /send_exemplars: true/],
  [
    'exemplars under a label of their own',
    [exemplarsWith({ my_trace: TRACE_ID })],
    'exemplars-present',
    'problem',
    /my_trace/,
    /trace_id_label_name/,
  ],
  [
    'exemplars of another label than is linked',
    [exemplarsWith({ trace_id: TRACE_ID })],
    'exemplar-destinations',
    'problem',
    /traceID, but the exemplars carry trace_id/,
    /name: trace_id/,
  ],
  [
    'no exemplars, and the wrong label for this producer',
    [noExemplars, settings(prometheus, { exemplarTraceIdDestinations: [{ name: 'traceId', datasourceUid: 'tempo' }] })],
    'exemplar-destinations',
    'problem',
    /traceId, but the exemplars carry traceID/,
    /name: traceID/,
  ],
  [
    'a link to a data source that is gone',
    [settings(prometheus, { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'old' }] })],
    'exemplar-destinations',
    'problem',
    /not there/,
    /datasourceUid: tempo/,
  ],
  [
    'a link to a URL',
    [settings(prometheus, { exemplarTraceIdDestinations: [{ name: 'traceID', url: 'https://t/${__value.raw}' }] })],
    'exemplar-destinations',
    'note',
    /URL/,
    undefined,
  ],
  [
    'garbage in place of the links',
    [settings(prometheus, { exemplarTraceIdDestinations: 'traceID' })],
    'exemplar-destinations',
    'problem',
    /no link for the label traceID/,
    /traceID/,
  ],
  [
    'the trace of the exemplar is not there',
    [[/trace:id/, { body: { traces: [] } }]],
    'exemplar-trace',
    'warning',
    /not in this Tempo/,
    undefined,
  ],
  [
    'a Tempo that cannot search for an id',
    [[/trace:id/, { status: 400, body: 'invalid TraceQL query: unknown identifier: trace' }]],
    'exemplar-trace',
    'unknown',
    /cannot search/,
    undefined,
  ],
  ['no service map link', [settings(tempo, {})], 'link-service-map', 'problem', /My Tempo/, /datasourceUid: prom/],
  ['no logs link', [settings(tempo, {})], 'link-logs', 'warning', /not set/, /tracesToLogsV2/],
  [
    'the logs link of old Grafanas',
    [settings(tempo, { tracesToLogs: { datasourceUid: 'loki' } })],
    'link-logs',
    'ok',
    /Logs/,
    undefined,
  ],
  [
    'a link to metrics that are gone',
    [settings(tempo, { tracesToMetrics: { datasourceUid: 'x' } })],
    'link-metrics',
    'problem',
    /“x”/,
    /\$\$__tags/,
  ],
  [
    'a tenant is wanted',
    [[/tempo\/api\/search/, { status: 401, body: 'no org id\n' }]],
    'tempo-tenant',
    'problem',
    /names none/,
    /X-Scope-OrgID/,
  ],
  [
    'TraceQL metrics are off',
    [[/metrics\/query_range/, { status: 400, body: 'localblocks processor not found' }]],
    'traceql-metrics',
    'warning',
    /localblocks/,
    /local-blocks/,
  ],
  [
    'an old Tempo',
    [[/tempo\/api\/v2\/(traces|search)/, { status: 404 }]],
    'tempo-features',
    'warning',
    /2\.3.*2\.7/,
    undefined,
  ],
  ['Tempo is away', [[/proxy\/uid\/tempo/, { status: 502 }]], 'tempo-reachable', 'problem', /reached/, undefined],
  [
    'Prometheus is away, as Grafana tells it',
    [
      [
        /uid\/prom\//,
        {
          status: 500,
          body: { messageId: 'plugin.requestFailureError', message: 'An error occurred within the plugin' },
        },
      ],
    ],
    'prometheus-reachable',
    'problem',
    /Prometheus cannot be reached/,
    undefined,
  ],
  [
    'Tempo answers with a login page',
    [[/tempo\/api\/search/, { body: '<html>Log in</html>' }]],
    'tempo-search',
    'problem',
    /no answer of Tempo/,
    undefined,
  ],
  ['no traces', [[/tempo\/api\/search/, { body: { traces: [] } }]], 'tempo-search', 'warning', /no trace/, undefined],
  [
    'a clock that is ahead',
    [[/tempo\/api\/echo/, { body: 'echo', dateMs: NOW_MS + 60_000 }]],
    'clock-tempo',
    'problem',
    /60 s ahead/,
    undefined,
  ],
  [
    'coarse buckets',
    [
      [
        /increase/,
        vector(
          [
            [{ le: '0.1' }, 95],
            [{ le: '0.2' }, 100],
            [{ le: '+Inf' }, 100],
          ],
          NOW_S
        ),
      ],
    ],
    'buckets',
    'warning',
    /95 % .* 0 to 0\.1 s/,
    /histogram_buckets/,
  ],
  [
    'more series than the producer may write',
    [[/count by \(__name__/, vector([[{ __name__: 'a', metric_overflow: 'true' }, 3]], NOW_S)]],
    'cardinality',
    'problem',
    /limit/,
    /max_active_series/,
  ],
  [
    'nothing marks virtual nodes',
    [[/count by \(connection_type/, vector([[{ connection_type: 'virtual_node' }, 2]], NOW_S)]],
    'virtual-nodes',
    'note',
    /not marked/,
    /enable_virtual_node_label/,
  ],
  [
    'no right to query',
    [[/resources/, { status: 403, body: { message: "You'll need additional permissions" } }]],
    'generator-series',
    'unknown',
    /additional permissions/,
    undefined,
  ],
])('%s', async (_, replies, id, state, says, fixes) => {
  const finding = (await findings(replies))[id];
  expect(finding).toMatchObject({ state, summary: expect.stringMatching(says) });
  const text = finding.fixes?.map((fix) => fix.text).join('\n');
  expect(text ?? '').toMatch(fixes ?? /^$|apiVersion/);
});

it('asks the proxy where the plugin has no resources', async () => {
  const replies: Replies = [[/uid\/prom\/resources/, { status: 404 }]];
  expect(notOk(await findings(replies))).toEqual({ 'link-profiles': 'note' });
});

it.each([
  ['the viewer may not read settings', { status: 403, body: { message: 'no' } }, 'no-rights'],
  ['a file provisions it', stored({ ...prometheus, jsonData: {} }, { readOnly: true }), 'provisioned'],
  [
    'the viewer may read but not write',
    stored({ ...prometheus, jsonData: {} }, { accessControl: undefined }),
    'no-rights',
  ],
  [
    'a role without writing',
    stored({ ...prometheus, jsonData: {} }, { accessControl: { 'datasources:write': false } }),
    'no-rights',
  ],
])('says who may mend it: %s', async (_, reply, writable) => {
  const all = await findings([[/datasources\/uid\/prom\?accesscontrol/, reply], exemplarsWith({ trace_id: TRACE_ID })]);
  expect(all['exemplar-destinations']).toMatchObject({ state: 'problem', change: { writable } });
});

it('checks what is there when there is no Prometheus, or no Tempo', async () => {
  const withoutMetrics = await findings([], { tempo });
  expect(withoutMetrics['tempo-search'].state).toBe('ok');
  expect(withoutMetrics['generator-series']).toMatchObject({ state: 'unknown' });
  const withoutTraces = await findings([], { prometheus });
  expect(withoutTraces['generator-series'].state).toBe('ok');
  expect(withoutTraces['tempo-search']).toMatchObject({ state: 'unknown' });
});

it('says that Grafana itself is away', async () => {
  const all = await findings([[/./, 'refused']]);
  expect(all['tempo-reachable']).toMatchObject({ state: 'problem', summary: expect.stringContaining('no connection') });
});

it('waits 10 s for an answer, then goes on without', async () => {
  jest.useFakeTimers();
  const running = findings([[/tempo\/api\/search/, 'hangs']]);
  await jest.advanceTimersByTimeAsync(20_000);
  expect((await running)['tempo-search']).toMatchObject({ state: 'problem', summary: expect.stringContaining('10 s') });
  jest.useRealTimers();
});

it('tells nothing after it was stopped', async () => {
  const controller = new AbortController();
  const told: unknown[] = [];
  const get = fakeGet(HEALTHY, NOW_MS);
  const running = runSetup(
    { get, pair: { tempo, prometheus }, dataSources: [], nowMs: NOW_MS, stop: controller.signal },
    (answers) => told.push(answers)
  );
  controller.abort();
  await running;
  expect(told).toEqual([]);
});

it.each<[string, Replies, string, string]>([
  ['Tempo is', [[/proxy\/uid\/tempo/, { status: 502 }]], 'tempo-reachable', 'Tempo answers'],
  ['Prometheus is', [[/uid\/prom\//, { status: 502 }]], 'prometheus-reachable', 'Prometheus answers'],
  [
    'the series cannot be looked for, as Prometheus is',
    [[/query=group by/, { status: 502 }]],
    'generator-series',
    'Service graph and span metrics',
  ],
])('is one problem where %s down; what depends on it refers to that', async (_, replies, id, title) => {
  const all = await findings(replies);
  const problems = Object.entries(all).filter(([, { state }]) => state === 'problem');
  expect(problems.map(([found]) => found)).toEqual([id]);
  const referring = Object.values(all).filter(({ summary }) => summary.includes(`“${title}”`));
  expect(referring.length).toBeGreaterThanOrEqual(3);
  expect(referring.every(({ state, summary }) => state === 'unknown' && /^Not checked because/.test(summary))).toBe(
    true
  );
});

it('copies a report without addresses, names of headers or settings', async () => {
  const replies: Replies = [
    settings(tempo, { httpHeaderName1: 'X-Secret-Header', serviceMap: { datasourceUid: 'prom' } }),
    [/query_exemplars/, { status: 400, body: { error: 'cannot reach http://admin:pass@prom:9090, token=abc' } }],
  ];
  const all = await findings(replies);
  const report = reportText({
    versions: { plugin: '0.1.0', grafana: '12.3.3' },
    tempo,
    prometheus,
    nowMs: NOW_MS,
    checks: CHECKS,
    findingOf: ({ id }) => all[id],
  });
  expect(report).toContain(
    '2026-01-02T03:04:05.000Z, Trace Atlas 0.1.0, Grafana 12.3.3\nTraces: tempo, metrics: prometheus'
  );
  expect(report).toContain('- [ok] Tempo answers: Tempo 2.9.0 answers.');
  expect(report).toContain('cannot reach <address>');
  expect(report).not.toMatch(/admin|pass|abc|X-Secret/);
});
