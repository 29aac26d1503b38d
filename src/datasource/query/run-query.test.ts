import { createDataFrame, type DataFrame, type DataQueryRequest, FieldType, LoadingState } from '@grafana/data';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import { createTempoClient } from '../../tempo/client';
import { type HttpRequest } from '../../tempo/types';
import {
  fakeClient,
  goldenAnswer,
  queryRequest,
  RECORDED_RANGE,
  runContext,
  textAnswer,
  timeRange,
} from '../test-support';
import { type TempoQuery } from '../types';
import { runQuery } from './run-query';
import { runTargets } from './run-targets';
import { progressOf } from './slice-progress';
import { stopQuery } from './stoppable-queries';

const { signal } = new AbortController();
const HOTROD = '9516e154ccab4d8696f38fbf968f7943';
const WINDOW = { start: '1795255500', end: '1795255800' };

function query(patch: Partial<TempoQuery>): TempoQuery {
  return { refId: 'A', ...patch };
}

function inRecordedRange(context: ReturnType<typeof runContext>) {
  return { ...context, request: queryRequest([], RECORDED_RANGE) };
}

describe('a search', () => {
  it('asks Tempo with the limits of the query and the range of the page', async () => {
    const { client, requests } = fakeClient({ '/api/search': goldenAnswer('search-status-error') });
    const [frame] = await runQuery(
      query({ query: '{ status = error }', limit: 50, spss: 7, tableType: 'spans' }),
      runContext(client),
      signal
    );
    expect(requests[0].params).toEqual({ q: '{ status = error }', limit: '50', spss: '7', ...WINDOW });
    expect(frame).toMatchObject({ name: 'Spans', refId: 'A', meta: { executedQueryString: '{ status = error }' } });
  });

  it('runs the rows of the builder', async () => {
    const { client, requests } = fakeClient({ '/api/search': goldenAnswer('search-nothing-found') });
    const frames = await runQuery(
      query({
        queryType: 'traceqlSearch',
        query: 'something old',
        filters: [{ id: 'service-name', scope: 'resource', tag: 'service.name', operator: '=', value: 'shop' }],
      }),
      runContext(client),
      signal
    );
    expect(requests[0].params.q).toBe('{resource.service.name="shop"}');
    expect(frames).toMatchObject([{ name: 'Traces', length: 0 }]);
  });

  it("passes on Tempo's own words for a query it cannot read, with the place", async () => {
    const { client } = fakeClient({ '/api/search': goldenAnswer('search-error-unclosed') });
    await expect(runQuery(query({ query: '{' }), runContext(client), signal)).rejects.toMatchObject({
      message: expect.stringContaining('unexpected $end'),
      position: { line: 1, column: 2 },
    });
  });

  it('tells what it ignored of a damaged query', async () => {
    const { client } = fakeClient({ '/api/search': goldenAnswer('search-nothing-found') });
    const [frame] = await runQuery(query({ query: '{}', tableType: 'raw', limit: -1 }), runContext(client), signal);
    expect(frame.meta?.notices).toMatchObject([{ severity: 'warning', text: expect.stringContaining('"limit"') }]);
  });
});

describe('a search over a day', () => {
  const DAY = queryRequest([], timeRange(1_795_255_800_000 - 86_400_000, 1_795_255_800_000));
  const traces = (start: string) => `{"traces":[{"traceID":"${start}","startTimeUnixNano":"${start}000000000"}]}`;

  function slicedClient(refusedBefore = 0) {
    const requests: HttpRequest[] = [];
    const client = createTempoClient({
      get: async (request) => {
        requests.push(request);
        const { start } = request.params;
        return Number(start) < refusedBefore
          ? textAnswer(401, 'no org id')
          : textAnswer(200, traces(start), 'application/json');
      },
    });
    return { client, requests };
  }

  it('shows rows as they come, with how far it is, and ends as one request would', async () => {
    const { client, requests } = slicedClient();
    const shown: DataFrame[][] = [];
    const [frame] = await runQuery(
      query({ query: '{}', limit: 100 }),
      { ...runContext(client), request: DAY },
      signal,
      (frames) => shown.push(frames)
    );
    expect(requests.length).toBeGreaterThan(3);
    expect(shown[0][0].length).toBe(1);
    expect(shown[0][0].meta?.notices?.[0]).toMatchObject({
      severity: 'info',
      text: expect.stringMatching(/^Covers 09:55 to 10:10 so far, 1 % of the range\.$/),
    });
    expect(progressOf(shown[0])).toMatchObject({ state: 'running', requests: 1 });
    expect(shown.length).toBe(requests.length - 1);
    expect(frame.length).toBe(requests.length);
    expect(frame.meta?.notices).toEqual([]);
    expect(frame.meta?.stats).toContainEqual({
      displayName: 'Requests to Tempo',
      value: requests.length,
      unit: 'short',
    });
  });

  it('is one request when the settings say so', async () => {
    const { client, requests } = slicedClient();
    await runQuery(
      query({ query: '{}' }),
      { ...runContext(client, { progressive: { search: false } }), request: DAY },
      signal
    );
    expect(requests).toHaveLength(1);
  });

  it('leaves what came before an error, and says what it covers', async () => {
    const { client } = slicedClient(1_795_255_800 - 6 * 3600);
    const responses = await lastValueFrom(
      runTargets([query({ query: '{}', limit: 100 })], (target, abort, emit) =>
        runQuery(target, { ...runContext(client), request: DAY }, abort, emit)
      ).pipe(toArray())
    );
    expect(responses[0].state).toBe(LoadingState.Streaming);
    const last = responses[responses.length - 1];
    expect(last.state).toBe(LoadingState.Error);
    expect(last.errors?.[0].message).toContain('X-Scope-OrgID');
    expect(last.data[0].length).toBeGreaterThan(2);
    expect(last.data[0].meta.notices[0]).toMatchObject({
      severity: 'warning',
      text: expect.stringMatching(/^Covers \d\d:\d\d to 10:10 only: what is older could not be read\.$/),
    });
  });

  it('keeps what came when the editor stops it', async () => {
    const { client } = slicedClient();
    const [frame] = await runQuery(
      query({ query: '{}', limit: 100 }),
      { ...runContext(client), request: DAY },
      signal,
      (frames) => frames[0].length === 2 && stopQuery('Q1', 'A')
    );
    expect(frame.length).toBe(2);
    expect(frame.meta?.notices?.[0]).toMatchObject({
      severity: 'warning',
      text: expect.stringMatching(/^Stopped: covers/),
    });
  });
});

describe('a trace id', () => {
  it.each([
    ['as it is', HOTROD],
    ['without its type', HOTROD],
    ['with blanks around it', ` ${HOTROD}\n`],
    ['in capitals', HOTROD.toUpperCase()],
  ])('%s loads the trace', async (name, text) => {
    const { client, requests } = fakeClient({ '/api/v2/traces/': goldenAnswer('trace-v2-hotrod-protobuf') });
    const [frame, ...others] = await runQuery(
      query({ query: text, queryType: name === 'without its type' ? undefined : 'traceql' }),
      runContext(client),
      signal
    );
    expect(requests[0]).toMatchObject({ path: `/api/v2/traces/${HOTROD}`, params: {} });
    expect(others).toEqual([]);
    expect(frame).toMatchObject({ name: 'Trace', refId: 'A', meta: { preferredVisualisationType: 'trace' } });
    expect(frame.length).toBeGreaterThan(10);
  });

  it('looks around the range of the page when the settings say so', async () => {
    const { client, requests } = fakeClient({ '/api/v2/traces/': goldenAnswer('trace-v2-hotrod-protobuf') });
    const settings = {
      traceQuery: { timeShiftEnabled: true, spanStartTimeShift: '1m', spanEndTimeShift: '2m' },
    };
    await runQuery(query({ query: HOTROD }), runContext(client, settings), signal);
    expect(requests[0].params).toEqual({ start: '1795255440', end: '1795255920' });
  });

  it('says what to try when Tempo does not have it', async () => {
    const { client } = fakeClient({
      '/api/v2/traces/': goldenAnswer('trace-v2-unknown-protobuf'),
      '/api/traces/': goldenAnswer('trace-v1-unknown'),
    });
    await expect(runQuery(query({ query: 'deadbeef' }), runContext(client), signal)).rejects.toThrow(
      /Trace deadbeef was not found.*too new/
    );
  });

  it('adds the graph of its spans when the settings say so', async () => {
    const { client } = fakeClient({ '/api/v2/traces/': goldenAnswer('trace-v2-hotrod-protobuf') });
    const frames = await runQuery(
      query({ query: HOTROD }),
      runContext(client, { nodeGraph: { enabled: true } }),
      signal
    );
    expect(frames.map(({ name }) => name)).toEqual(['Trace', 'Nodes', 'Edges']);
    const [trace, nodes, edges] = frames;
    expect(nodes.length).toBe(trace.length);
    expect(edges.length).toBe(trace.length - 1);
    expect(nodes.meta?.preferredVisualisationType).toBe('nodeGraph');
  });
});

describe('metrics', () => {
  it('asks for a range with step and exemplars', async () => {
    const { client, requests } = fakeClient({ '/api/metrics/query_range': goldenAnswer('metrics-rate-by-service') });
    const traceql = '{} | rate() by (resource.service.name)';
    const frames = await runQuery(
      query({ query: traceql, step: '30s', exemplars: 5 }),
      inRecordedRange(runContext(client)),
      signal
    );
    expect(requests[0].params).toEqual({ q: traceql, step: '30s', exemplars: '5', ...WINDOW });
    expect(frames[0].meta?.preferredVisualisationType).toBe('graph');
  });

  it('takes a step without a unit for seconds, and refuses one that is no duration', async () => {
    const { client, requests } = fakeClient({ '/api/metrics/query_range': goldenAnswer('metrics-rate') });
    await runQuery(query({ query: '{} | rate()', step: '15' }), runContext(client), signal);
    expect(requests[0].params.step).toBe('15s');
    await expect(runQuery(query({ query: '{} | rate()', step: 'often' }), runContext(client), signal)).rejects.toThrow(
      'The step "often" is not a duration'
    );
  });

  it('asks for one value', async () => {
    const { client, requests } = fakeClient({ '/api/metrics/query': goldenAnswer('instant-rate') });
    const [frame] = await runQuery(
      query({ query: '{} | rate()', metricsQueryType: 'instant' }),
      runContext(client),
      signal
    );
    expect(requests[0]).toMatchObject({ path: '/api/metrics/query' });
    expect(frame.meta?.preferredVisualisationType).toBe('table');
    expect(frame.length).toBe(1);
  });

  it('has a row for each series in Explore, with labels as columns', async () => {
    const { client } = fakeClient({ '/api/metrics/query': goldenAnswer('instant-count-by') });
    const frames = await runQuery(
      query({ query: '{} | rate() by (resource.service.name)', metricsQueryType: 'instant' }),
      runContext(client),
      signal
    );
    expect(frames).toHaveLength(1);
    expect(frames[0].fields.map(({ name }) => name)).toEqual(['Time', 'resource.service.name', 'Value']);
    expect(frames[0].length).toBeGreaterThan(1);
  });

  it('cuts a range that is longer than Tempo takes, with one step for all parts', async () => {
    const asked: HttpRequest[] = [];
    const day = 86_400;
    const client = createTempoClient({
      get: async (request) => {
        asked.push(request);
        const { start, end } = request.params;
        return Number(end) - Number(start) > day
          ? textAnswer(400, 'metrics query time range exceeds the maximum allowed duration of 24h0m0s')
          : textAnswer(200, `{"series":[{"labels":[],"samples":[{"timestampMs":"${end}000","value":1}]}]}`);
      },
    });
    const range = timeRange(1_795_255_800_000 - 3 * day * 1000, 1_795_255_800_000);
    const context = { ...runContext(client, { progressive: { metrics: false } }), request: queryRequest([], range) };
    const [frame] = await runQuery(query({ query: '{} | max_over_time(duration)' }), context, signal);
    expect(asked[0].params.step).toBeUndefined();
    expect(new Set(asked.slice(1).map(({ params }) => params.step))).toEqual(new Set(['900s']));
    expect(
      Math.max(...asked.slice(1).map(({ params }) => Number(params.end) - Number(params.start)))
    ).toBeLessThanOrEqual(day);
    expect(frame.length).toBeGreaterThan(0);
  });

  it.each([
    ['compare()', { query: '{} | compare({status = error})' }, /at most 24 hours, and compare\(\) ranks/],
    [
      'an instant value',
      { query: '{} | rate()', metricsQueryType: 'instant' as const },
      /at most 24 hours for an instant value/,
    ],
  ])('says why %s cannot be put together from parts', async (_name, patch, message) => {
    const { client } = fakeClient({
      '/api/metrics/': textAnswer(400, 'metrics query time range exceeds the maximum allowed duration of 24h0m0s'),
    });
    await expect(runQuery(query(patch), runContext(client), signal)).rejects.toThrow(message);
  });

  it('names the buckets of a histogram of durations with their unit', async () => {
    const { client } = fakeClient({ '/api/metrics/query_range': goldenAnswer('metrics-histogram') });
    const frames = await runQuery(query({ query: '{} | histogram_over_time(duration)' }), runContext(client), signal);
    const names = frames.filter(({ name }) => name !== 'exemplar').map(({ fields }) => fields[1].config.displayName);
    expect(names.every((name) => /^≤ [\d.]+ (µs|ms|s|mins?)$/.test(name ?? ''))).toBe(true);
  });

  it('prepares a heatmap for a histogram', async () => {
    const { client } = fakeClient({ '/api/metrics/query_range': goldenAnswer('metrics-histogram') });
    const [frame] = await runQuery(query({ query: '{} | histogram_over_time(duration)' }), runContext(client), signal);
    expect(frame.meta?.preferredVisualisationPluginId).toBe('heatmap');
  });

  it('tells when the answer is a part only', async () => {
    const { client } = fakeClient({ '/api/metrics/query_range': goldenAnswer('metrics-max-series') });
    const [frame] = await runQuery(
      query({ query: '{} | rate() by (resource.service.name)' }),
      runContext(client),
      signal
    );
    expect(frame.meta?.notices?.[0].text).toContain('maximum series limit');
  });
});

describe('the service graph', () => {
  const rates: Record<string, number> = { requests: 2, failed: 0.5 };

  function prometheus(failing: string[] = []) {
    const sent: Array<DataQueryRequest<TempoQuery & { expr?: string }>> = [];
    const source = {
      name: 'Prometheus',
      getRef: () => ({ uid: 'prom', type: 'prometheus' }),
      query: (request: DataQueryRequest<TempoQuery & { expr?: string }>) => {
        sent.push(request);
        const [{ refId }] = request.targets;
        if (failing.includes(refId)) {
          return throwError(() => new Error(`${refId} is down`));
        }
        const labels: Record<string, string> =
          refId === 'names'
            ? { __name__: 'traces_service_graph_request_total' }
            : { client: 'frontend', server: 'cart', connection_type: '' };
        const frame = createDataFrame({
          refId,
          fields: [
            { name: 'Time', type: FieldType.time, values: [0] },
            { name: 'Value', type: FieldType.number, values: [rates[refId] ?? 1], labels },
          ],
        });
        return of({ data: refId in rates || refId === 'names' ? [frame] : [] });
      },
    };
    return { sent, load: () => Promise.resolve(source) };
  }

  function column(frame: DataFrame, name: string) {
    return frame.fields.find((field) => field.name === name)?.values;
  }

  const settings = { serviceMap: { datasourceUid: 'prom' } };

  it('is made from the metrics data source: nodes, edges and a table', async () => {
    const { load, sent } = prometheus();
    const { client } = fakeClient({});
    const frames = await runQuery(
      query({ queryType: 'serviceMap', serviceMapQuery: '{client="frontend"}' }),
      { ...runContext(client, settings), loadDataSource: load },
      signal
    );
    expect(frames.map(({ name, refId }) => [name, refId])).toEqual([
      ['Nodes', 'A'],
      ['Edges', 'A'],
      ['Services', 'A'],
    ]);
    const [nodes, edges, table] = frames;
    expect(column(nodes, 'title')).toEqual(['frontend', 'cart']);
    expect(column(edges, 'source')).toEqual(['frontend']);
    expect(column(edges, 'secondarystat')).toEqual([2]);
    expect(column(table, 'Name')).toEqual(['cart', 'frontend']);
    expect(column(table, 'Rate')).toEqual([2, undefined]);
    expect(column(table, 'Error rate')).toEqual([0.25, undefined]);
    const requests = sent.flatMap(({ targets }) => targets).find(({ refId }) => refId === 'requests');
    expect(requests).toMatchObject({ instant: true, datasource: { uid: 'prom' } });
    expect(requests?.expr).toContain('{client="frontend"}');
  });

  it("keeps a dashboard's filters of span attributes from the metrics, which have no such labels", async () => {
    const { load, sent } = prometheus();
    const context = runContext(fakeClient({}).client, settings);
    const filters = [{ key: 'resource.service.name', operator: '=', value: 'frontend' }];
    await runQuery(
      query({ queryType: 'serviceMap' }),
      { ...context, request: { ...context.request, filters }, loadDataSource: load },
      signal
    );
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((request) => request.filters !== undefined)).toEqual([]);
  });

  it("applies the dashboard's filters that its metrics know, and names the others", async () => {
    const { load, sent } = prometheus();
    const context = runContext(fakeClient({}).client, settings);
    const filters = [
      { key: 'resource.service.name', operator: '=', value: 'cart' },
      { key: 'span.http.method', operator: '=', value: 'GET' },
    ];
    const [nodes] = await runQuery(
      query({ queryType: 'serviceMap' }),
      { ...context, request: { ...context.request, filters }, loadDataSource: load },
      signal
    );
    const requests = sent.flatMap(({ targets }) => targets).find(({ refId }) => refId === 'requests');
    expect(requests?.expr).toContain('client="cart"');
    expect(requests?.expr).toContain('server="cart"');
    expect(requests?.expr).not.toContain('GET');
    expect(nodes.meta?.notices).toMatchObject([{ text: expect.stringContaining('span.http.method') }]);
  });

  it('links a service to its metrics and its traces', async () => {
    const { load } = prometheus();
    const [nodes, edges] = await runQuery(
      query({ queryType: 'serviceMap' }),
      { ...runContext(fakeClient({}).client, settings), loadDataSource: load },
      signal
    );
    const links = nodes.fields.find(({ name }) => name === 'id')?.config.links ?? [];
    expect(links.map(({ title }) => title)).toEqual([
      'Request rate',
      'Request latency (p90)',
      'Failed request rate',
      'View traces',
    ]);
    expect(links[0].internal).toMatchObject({
      datasourceUid: 'prom',
      query: { expr: expect.stringContaining('server="${__data.fields.title}"'), exemplar: true, range: true },
    });
    expect(links[3].internal).toMatchObject({
      datasourceUid: 'tempo-uid',
      query: { queryType: 'traceql', query: '${__data.fields.traceql}' },
    });
    expect(column(nodes, 'traceql')?.[0]).toBe('{ resource.service.name = "frontend" }');
    expect(column(edges, 'traceql')).toEqual([
      '{ resource.service.name = "frontend" } > { resource.service.name = "cart" }',
    ]);
  });

  it('stays when a part of it fails, and says what is missing', async () => {
    const { load } = prometheus(['failed']);
    const [nodes] = await runQuery(
      query({ queryType: 'serviceMap' }),
      { ...runContext(fakeClient({}).client, settings), loadDataSource: load },
      signal
    );
    expect(column(nodes, 'title')).toEqual(['frontend', 'cart']);
    expect(nodes.meta?.notices?.map(({ text }) => text)).toEqual([expect.stringContaining('failed is down')]);
  });

  it.each<[string, Parameters<typeof runContext>[1], Partial<TempoQuery>, RegExp]>([
    ['it was deleted', { serviceMap: { datasourceUid: 'gone' } }, {}, /"gone" cannot be loaded/],
  ])('says what to do when %s', async (_name, jsonData, patch, message) => {
    const context = runContext(fakeClient({}).client, jsonData);
    await expect(runQuery(query({ queryType: 'serviceMap', ...patch }), context, signal)).rejects.toThrow(message);
  });

  it('refuses a filter it cannot read', async () => {
    const { load } = prometheus();
    const context = { ...runContext(fakeClient({}).client, settings), loadDataSource: load };
    await expect(
      runQuery(query({ queryType: 'serviceMap', serviceMapQuery: '{client=frontend}' }), context, signal)
    ).rejects.toThrow(/quoted value/);
  });
});

describe('an address that is not Tempo', () => {
  it.each([
    [401, 'no org id', /refused.*X-Scope-OrgID/],
    [404, '404 page not found', /URL of the data source/],
    [200, '<!doctype html><title>Log in</title>', /web page came back/],
  ])('%d %s', async (status, text, message) => {
    const { client } = fakeClient({ '/api/search': textAnswer(status, text) });
    await expect(runQuery(query({ query: '{}' }), runContext(client), signal)).rejects.toThrow(message);
  });
});
