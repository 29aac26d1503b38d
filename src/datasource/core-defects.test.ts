/**
 * Where Grafana's own Tempo data source goes wrong (Grafana 12.3), and this one must not. D8, D10, D11, D13 and D15 are
 * beside what they are about, under the same letter and number; docs/datasource.md lists all.
 */
import { CoreApp, type DataFrame } from '@grafana/data';
import { diagnose } from '../traceql/language/diagnostics';
import { knownDialects } from '../servicegraph/known-dialects';
import { runQuery } from './query/run-query';
import {
  fakeClient,
  goldenAnswer,
  queryRequest,
  RECORDED_RANGE,
  runContext,
  textAnswer,
  timeRange,
} from './test-support';
import { call, fakePrometheus, type GraphAnswers, TEMPO_NAMES } from './test-support-prometheus';
import { type TempoJsonData, type TempoQuery } from './types';

const { signal } = new AbortController();
const UID = 'prom';
const SHOP: GraphAnswers = {
  names: TEMPO_NAMES,
  requests: [call('frontend', 'cart', 2), call('cart', 'db', 4)],
  failed: [call('frontend', 'cart', 1)],
};

function graphQuery(patch: Partial<TempoQuery> = {}): TempoQuery {
  return { refId: 'G', queryType: 'serviceMap', ...patch };
}

async function serviceGraph(
  answers: GraphAnswers,
  { query = graphQuery(), failing = [] as string[], app = CoreApp.Explore as string } = {}
) {
  const prometheus = fakePrometheus(answers, failing);
  knownDialects.forget(UID);
  const context = runContext(fakeClient({}).client, { serviceMap: { datasourceUid: UID } });
  const frames = await runQuery(
    query,
    { ...context, request: { ...queryRequest([]), app }, loadDataSource: prometheus.load },
    signal
  );
  return { frames, ...prometheus };
}

function trace(golden: string, jsonData: Partial<TempoJsonData> = {}, refId = 'A') {
  const { client } = fakeClient({ '/api/v2/traces/': goldenAnswer(golden) });
  return runQuery({ refId, query: 'abc1' }, runContext(client, jsonData), signal);
}

const column = (frame: DataFrame | undefined, name: string): unknown[] | undefined =>
  frame?.fields.find((field) => field.name === name)?.values;

describe('the service graph', () => {
  it.each(['{client="my-server"}', '{server="http-server_v2"}', '{client="a-client",server="b"}'])(
    'D1: asks every query for the very values of the filter %s',
    async (serviceMapQuery) => {
      const { queries } = await serviceGraph(SHOP, { query: graphQuery({ serviceMapQuery }) });
      const values = [...serviceMapQuery.matchAll(/"([^"]+)"/g)].map(([, value]) => `"${value}"`);
      const asked = queries().filter(({ refId }) => refId !== 'names');
      expect(asked.length).toBeGreaterThan(2);
      for (const { expr } of asked) {
        expect(values.filter((value) => !expr.includes(value))).toEqual([]);
      }
    }
  );

  it('D2: asks for nothing that it does not show', async () => {
    const quantile = (server: string, q: string, value: number) => ({
      labels: { ...call('frontend', server, 0).labels, latency_quantile: q, latency_side: 'server' },
      value,
    });
    const full: GraphAnswers = {
      ...SHOP,
      callMeans: [call('frontend', 'cart', 0.2)],
      callQuantiles: ['0.5', '0.95', '0.99'].map((q) => quantile('cart', q, 0.3)),
      serviceQuantiles: ['0.5', '0.95', '0.99'].map((q) => quantile('cart', q, 0.3)),
      spans: [{ labels: { service: 'alone', service_namespace: '' }, value: 3 }],
    };
    const { frames, queries } = await serviceGraph(full);
    for (const { refId } of queries()) {
      const without = await serviceGraph({ ...full, [refId]: [] }).catch(() => ({ frames: [] as DataFrame[] }));
      expect([refId, JSON.stringify(without.frames) === JSON.stringify(frames)]).toEqual([refId, false]);
    }
  });

  it('D3: stays when the query for span metrics fails', async () => {
    const { frames } = await serviceGraph(SHOP, { failing: ['spans'] });
    expect(column(frames[0], 'title')).toEqual(expect.arrayContaining(['frontend', 'cart', 'db']));
    expect(frames[0].meta?.notices?.map(({ text }) => text)).toEqual([expect.stringContaining('spans is down')]);
  });

  it('D4: takes two rounds: what is there, and the numbers', async () => {
    const { rounds } = await serviceGraph(SHOP);
    expect(rounds.map((round) => round.some(({ refId }) => refId === 'names'))).toEqual([true, false]);
  });

  it('D5: asks native histograms for themselves, not for series that only classic ones have', async () => {
    const names = ['traces_service_graph_request_total', 'traces_service_graph_request_server_seconds'].map((name) => ({
      labels: { __name__: name },
      value: 1,
    }));
    const { queries } = await serviceGraph({ ...SHOP, names });
    const asked = queries().filter(({ refId }) => refId !== 'names');
    expect(asked.some(({ expr }) => /server_seconds\b(?!_)/.test(expr))).toBe(true);
    expect(asked.filter(({ expr }) => /_seconds_(sum|bucket|count)/.test(expr))).toEqual([]);
  });

  it('D6: keeps the calls of a service that the filter names as span metrics do', async () => {
    const { queries, frames } = await serviceGraph(SHOP, {
      query: graphQuery({ serviceMapQuery: '{service="cart", span_name="GET /"}' }),
    });
    const requests = queries().find(({ refId }) => refId === 'requests')?.expr;
    expect(requests).toContain('client="cart"');
    expect(requests).toContain('server="cart"');
    expect(requests).not.toContain('span_name');
    expect(frames[0].meta?.notices).toMatchObject([{ text: expect.stringContaining('span_name') }]);
  });

  it('D7: tells the calls a -> b_c and a_b -> c apart', async () => {
    const { frames } = await serviceGraph({ names: TEMPO_NAMES, requests: [call('a', 'b_c', 1), call('a_b', 'c', 1)] });
    const ids = column(frames[1], 'id');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('D9: hands out frames under the letter of their query', async () => {
    const { frames } = await serviceGraph(SHOP);
    expect(new Set(frames.map(({ refId }) => refId))).toEqual(new Set(['G']));
  });

  it.each([CoreApp.Explore, CoreApp.Dashboard, CoreApp.PanelEditor])(
    'D18: has its table of all services in %s',
    async (app) => {
      const many = Array.from({ length: 12 }, (_, index) => call('gateway', `service-${index}`, index + 1));
      const { frames } = await serviceGraph({ names: TEMPO_NAMES, requests: many }, { app });
      expect(frames.map(({ name }) => name)).toEqual(['Nodes', 'Edges', 'Services']);
      expect(column(frames[2], 'Name')).toHaveLength(13);
    }
  );

  it('D18: tells namespaces apart when asked to', async () => {
    const inNamespace = (namespace: string) => ({
      ...call('frontend', 'cart', 1),
      labels: { ...call('frontend', 'cart', 1).labels, server_service_namespace: namespace },
    });
    const requests = [inNamespace('eu'), inNamespace('us')];
    const apart = await serviceGraph(
      { names: TEMPO_NAMES, requests },
      { query: graphQuery({ serviceMapIncludeNamespace: true }) }
    );
    expect(column(apart.frames[0], 'subtitle')).toEqual(expect.arrayContaining(['eu', 'us']));
    const together = await serviceGraph({ names: TEMPO_NAMES, requests });
    expect(column(together.frames[0], 'title')?.filter((title) => title === 'cart')).toHaveLength(1);
  });

  it('D20: has numbers for every place, also with a service that calls itself, and no rounded rates', async () => {
    const { frames } = await serviceGraph({
      names: TEMPO_NAMES,
      requests: [call('mysql', 'mysql', 0.004), call('cart', 'mysql', 1)],
    });
    for (const name of ['fixedx', 'fixedy']) {
      expect(column(frames[0], name)?.every((value) => Number.isFinite(value))).toBe(true);
    }
    const rates = column(frames[2], 'Rate');
    expect(rates).toEqual(expect.arrayContaining([1.004]));
    // A latency that was not measured is no 0 s.
    expect(column(frames[2], 'Duration (p95)')?.every((value) => value === undefined || value === null)).toBe(true);
  });
});

describe('traces', () => {
  it('D12: keeps spans whose resource has no attributes', async () => {
    const [frame] = await trace('trace-v2-odd-no-resource');
    expect(frame.length).toBeGreaterThan(0);
    expect(column(frame, 'serviceName')).toContain('OTLPResourceNoServiceName');
  });

  it('D16: says that a trace is partial, and why', async () => {
    const partial = { trace: { resourceSpans: [] }, status: 'PARTIAL', message: 'too large' };
    const spans = [{ traceId: 'AAAAAAAAAAAAAAAAAAAAAQ==', spanId: 'AAAAAAAAAAE=', name: 'a' }];
    const body = { ...partial, trace: { resourceSpans: [{ scopeSpans: [{ spans }] }] } };
    const { client } = fakeClient({ '/api/v2/traces/': textAnswer(200, JSON.stringify(body), 'application/json') });
    const [frame] = await runQuery({ refId: 'A', query: '1' }, runContext(client), signal);
    expect(frame.meta?.notices).toMatchObject([{ severity: 'warning', text: expect.stringContaining('too large') }]);
  });

  it('D17: gives each of several traces its own graph and its own links', async () => {
    const settings: Partial<TempoJsonData> = {
      nodeGraph: { enabled: true },
      tracesToProfiles: { datasourceUid: 'pyroscope', profileTypeId: 'cpu' },
    };
    for (const refId of ['A', 'B']) {
      const frames = await trace('trace-v2-hotrod-protobuf', settings, refId);
      expect(frames.map(({ name, refId: of }) => [name, of])).toEqual(
        expect.arrayContaining([
          ['Trace', refId],
          ['Nodes', refId],
          ['Edges', refId],
        ])
      );
      const links = frames[0].fields.flatMap(({ config }) => config.links ?? []);
      expect(links.map(({ title }) => title)).toContain('Related profiles');
    }
  });
});

describe('TraceQL', () => {
  it('D14: shows results while they come over plain HTTP, one GET after another', async () => {
    const { client, requests } = fakeClient({ '/api/search': goldenAnswer('search-nothing-found') });
    const hour = 3_600_000;
    const to = RECORDED_RANGE.to.valueOf();
    const request = queryRequest([], timeRange(to - 6 * hour, to));
    const shown: DataFrame[][] = [];
    await runQuery({ refId: 'A', query: '{}' }, { ...runContext(client), request }, signal, (frames) =>
      shown.push(frames)
    );
    expect(shown.length).toBeGreaterThan(1);
    expect(requests.length).toBeGreaterThan(shown.length);
    expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/api/search']));
  });

  it.each([
    '({} | rate()) / ({} | rate())',
    '{} | rate() > 10',
    '{} | rate() with(exemplars=true)',
    '{} | count_over_time() with(sample=0.1)',
    '{ nestedSetParent < 0 && nestedSetLeft > 1 && nestedSetRight > 2 }',
    '{} | quantile_over_time(duration, .9, .99)',
  ])('D19: marks nothing in %s', (query) => {
    expect(diagnose(query).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(['{ status > ok }', '{ foo = 1 }', '{} | rate() |'])('D19: marks the mistake in %s', (query) => {
    expect(diagnose(query)).toMatchObject([{ severity: 'error' }]);
  });
});
