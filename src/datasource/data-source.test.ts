import { CoreApp, type DataQueryResponse, type DataSourceInstanceSettings, LoadingState } from '@grafana/data';
import { type BackendSrvRequest, type FetchResponse } from '@grafana/runtime';
import { firstValueFrom, lastValueFrom, Observable, of, throwError, toArray } from 'rxjs';
import { type HttpAnswer } from '../tempo/types';
import { TempoDataSource } from './data-source';
import { goldenAnswer, queryRequest, textAnswer } from './test-support';
import { type TempoJsonData, type TempoQuery } from './types';

let fetchAnswer: (request: BackendSrvRequest) => Observable<FetchResponse<ArrayBuffer>>;
let sent: BackendSrvRequest[] = [];
let variables: Record<string, string> = {};

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  getBackendSrv: () => ({
    fetch: (request: BackendSrvRequest) => {
      sent.push(request);
      return fetchAnswer(request);
    },
  }),
  getTemplateSrv: () => ({
    replace: (text = '', _scopedVars: object, format?: string | ((value: string) => string)) =>
      text.replace(/\$(\w+)/g, (whole: string, name: string) => {
        const value = variables[name] ?? whole;
        return typeof format === 'function' ? format(value) : value;
      }),
  }),
  getDataSourceSrv: () => ({ get: () => Promise.reject(new Error('not found')), getInstanceSettings: () => undefined }),
}));

function answer(golden: HttpAnswer): Observable<FetchResponse<ArrayBuffer>> {
  if (golden.status >= 400) {
    return throwError(() => ({ status: golden.status, statusText: '', data: golden.body, config: { url: '' } }));
  }
  return of({
    data: golden.body,
    status: golden.status,
    statusText: 'OK',
    ok: true,
    headers: new Headers({ 'content-type': golden.contentType }),
    redirected: false,
    type: 'basic',
    url: '',
    config: { url: '' },
  });
}

function dataSource(jsonData: Partial<TempoJsonData> = {}): TempoDataSource {
  const settings: Partial<DataSourceInstanceSettings<TempoJsonData>> = {
    uid: 'tempo-uid',
    name: 'Tempo',
    type: 'traceatlas-tempo-datasource',
    url: '/api/datasources/proxy/uid/tempo-uid',
    jsonData,
  };
  return new TempoDataSource(settings as DataSourceInstanceSettings<TempoJsonData>);
}

function run(targets: TempoQuery[]): Promise<DataQueryResponse> {
  return lastValueFrom(dataSource().query(queryRequest(targets)));
}

const names = (response: DataQueryResponse) => response.data.map(({ name, refId }) => [refId, name]);
const pathOf = ({ url }: BackendSrvRequest) => url.replace('/api/datasources/proxy/uid/tempo-uid', '');

beforeEach(() => {
  sent = [];
  variables = {};
  fetchAnswer = ({ url }) =>
    answer(
      url.includes('/traces/')
        ? goldenAnswer('trace-v2-hotrod-protobuf')
        : goldenAnswer(url.includes('query_range') ? 'metrics-rate' : 'search-status-error')
    );
});

describe('query', () => {
  it('D8: answers several queries of different kinds, each with its own limits, under its own letter', async () => {
    const response = await run([
      { refId: 'A', query: '{ status = error }', limit: 7 },
      { refId: 'B', queryType: 'traceqlSearch', filters: [], limit: 9, tableType: 'spans' },
      { refId: 'C', query: '{} | rate()' },
      { refId: 'D', query: '9516e154ccab4d8696f38fbf968f7943' },
    ]);
    expect(response.state).toBe(LoadingState.Done);
    expect(names(response)).toEqual([
      ['A', 'Traces'],
      ['B', 'Spans'],
      ['C', 'rate'],
      ['C', 'exemplar'],
      ['D', 'Trace'],
    ]);
    expect(sent.slice(0, 2).map(({ params }) => [params?.q, params?.limit])).toEqual([
      ['{ status = error }', '7'],
      ['{}', '9'],
    ]);
  });

  it('leaves out hidden and empty queries', async () => {
    const response = await run([
      { refId: 'A', query: '{}', hide: true },
      { refId: 'B', query: ' ' },
    ]);
    expect(response).toMatchObject({ data: [], state: LoadingState.Done });
    expect(sent).toEqual([]);
  });

  it('tells the error of one query and still answers the others', async () => {
    fetchAnswer = ({ params }) =>
      answer(goldenAnswer(params?.q === '{' ? 'search-error-unclosed' : 'search-status-error'));
    const response = await run([
      { refId: 'A', query: '{' },
      { refId: 'B', query: '{}' },
    ]);
    expect(response.state).toBe(LoadingState.Error);
    expect(names(response)).toEqual([['B', 'Traces']]);
    expect(response.errors).toMatchObject([{ refId: 'A', message: expect.stringContaining('unexpected $end') }]);
  });

  it('shows what is there while others still run', async () => {
    const packets = await lastValueFrom(
      dataSource()
        .query(
          queryRequest([
            { refId: 'A', query: '{}' },
            { refId: 'B', query: '{}' },
          ])
        )
        .pipe(toArray())
    );
    expect(packets.map(({ state, data }) => [state, data.length])).toEqual([
      [LoadingState.Loading, 1],
      [LoadingState.Done, 2],
    ]);
  });

  it('aborts the requests that still run when nobody listens any more', async () => {
    let aborted = 0;
    const bothRun = new Promise<void>((resolve) => {
      fetchAnswer = () =>
        new Observable(() => {
          if (sent.length === 2) {
            resolve();
          }
          return () => aborted++;
        });
    });
    const subscription = dataSource()
      .query(
        queryRequest([
          { refId: 'A', query: '{}' },
          { refId: 'B', query: '{} | rate()' },
        ])
      )
      .subscribe();
    await bothRun;
    subscription.unsubscribe();
    expect(aborted).toBe(2);
  });

  it('fills in variables and applies the filters of the dashboard', async () => {
    variables = { service: 'sho"p' };
    const request = {
      ...queryRequest([
        { refId: 'A', query: '{resource.service.name="$service"} | count() > 1' },
        { refId: 'B', queryType: 'traceqlSearch', filters: [] },
      ]),
      filters: [{ key: 'resource.cluster', operator: '=', value: 'eu' }],
    };
    await lastValueFrom(dataSource().query(request));
    expect(sent.map(({ params }) => params?.q)).toEqual([
      expect.stringMatching(/resource\.service\.name="sho\\"p".*resource\.cluster ?= ?"eu".*count\(\)/),
      '{resource.cluster="eu"}',
    ]);
  });
});

describe('links of other parts of Grafana', () => {
  it.each<[string, TempoQuery]>([
    ['an exemplar', { refId: 'A', query: '9516e154ccab4d8696f38fbf968f7943', queryType: 'traceql' }],
    ['a derived field of a log line', { refId: 'A', query: '9516e154ccab4d8696f38fbf968f7943' }],
    [
      'the details of a log line',
      { refId: 'A', query: '9516e154ccab4d8696f38fbf968f7943', queryType: 'traceql', tableType: 'traces', filters: [] },
    ],
  ])('%s opens the trace', async (_name, query) => {
    const response = await run([query]);
    expect(response.data[0]).toMatchObject({ name: 'Trace', meta: { preferredVisualisationType: 'trace' } });
    expect(pathOf(sent[0])).toBe('/api/v2/traces/9516e154ccab4d8696f38fbf968f7943');
  });
});

describe('the rest of what Grafana asks for', () => {
  it('has a default query that asks for one number in alert rules', () => {
    expect(dataSource().getDefaultQuery(CoreApp.Explore)).toMatchObject({
      queryType: 'traceql',
      query: '',
      limit: 20,
      spss: 3,
      metricsQueryType: 'range',
    });
    expect(dataSource().getDefaultQuery(CoreApp.UnifiedAlerting).metricsQueryType).toBe('instant');
  });

  it.each<[TempoQuery, string]>([
    [{ refId: 'A', query: '{ status = error }' }, '{ status = error }'],
    [
      { refId: 'A', queryType: 'traceqlSearch', filters: [{ id: 'x', tag: 'status', operator: '=', value: 'error' }] },
      '{status=error}',
    ],
    [{ refId: 'A', queryType: 'serviceMap', serviceMapQuery: '{client="a"}' }, 'Service graph {client="a"}'],
  ])('writes a query in one line', async (query, text) => {
    const source = dataSource();
    await import('./query/query-runner');
    expect(source.getQueryDisplayText(query)).toBe(text);
  });

  it('makes queries ready for Explore', () => {
    variables = { service: 'shop' };
    expect(
      dataSource().interpolateVariablesInQueries([{ refId: 'A', query: '{resource.service.name="$service"}' }], {})
    ).toEqual([
      {
        refId: 'A',
        query: '{resource.service.name="shop"}',
        datasource: { uid: 'tempo-uid', type: 'traceatlas-tempo-datasource' },
      },
    ]);
  });

  it.each([
    ['at once', false],
    ['after a query ran', true],
  ])('takes the filters of the dashboard along to Explore, %s', async (_when, isLoaded) => {
    const source = dataSource();
    if (isLoaded) {
      await lastValueFrom(source.query(queryRequest([{ refId: 'A', query: '{}' }])));
    }
    const queries: TempoQuery[] = [
      { refId: 'A', query: '{ status = error }' },
      { refId: 'B', queryType: 'traceqlSearch', filters: [] },
      { refId: 'C', query: '9516e154ccab4d8696f38fbf968f7943' },
    ];
    const filters = [{ key: 'resource.cluster', operator: '=', value: 'eu' }];
    expect(source.interpolateVariablesInQueries(queries, {}, filters)).toMatchObject([
      { refId: 'A', query: '{ status = error && resource.cluster="eu" }' },
      { refId: 'B', filters: [{ scope: 'resource', tag: 'cluster', value: ['eu'] }] },
      { refId: 'C', query: '9516e154ccab4d8696f38fbf968f7943' },
    ]);
  });

  it.each<[string, { key: string; value: string }, TempoQuery, object]>([
    [
      'an attribute of a text query',
      { key: 'http.status_code', value: '500' },
      { refId: 'A', query: '{ status = error }' },
      { query: '{ status = error && (.http.status_code=500 || .http.status_code="500") }' },
    ],
    [
      'the service of the trace',
      { key: 'traceService', value: 'shop' },
      { refId: 'A', query: '{}' },
      { query: '{ rootServiceName="shop" }' },
    ],
    [
      'the name of the span',
      { key: 'name', value: 'GET /' },
      { refId: 'A', query: '{}' },
      { query: '{ name="GET /" }' },
    ],
    [
      'a column of a search that was built',
      { key: 'resource.cluster', value: 'eu' },
      { refId: 'A', queryType: 'traceqlSearch', filters: [] },
      { filters: [{ scope: 'resource', tag: 'cluster', operator: '=', value: ['eu'] }] },
    ],
    ['a trace stays a trace', { key: 'a', value: 'b' }, { refId: 'A', query: 'abc123' }, { query: 'abc123' }],
  ])("filters by a cell of Explore's table: %s", (_name, options, query, expected) => {
    expect(dataSource().modifyQuery(query, { type: 'ADD_FILTER', options })).toMatchObject(expected);
  });

  it("filters a cell of Explore's table out, and leaves other changes alone", () => {
    const query = { refId: 'A', query: '{}' };
    expect(
      dataSource().modifyQuery(query, { type: 'ADD_FILTER_OUT', options: { key: 'name', value: 'a' } }).query
    ).toBe('{ name!="a" }');
    expect(dataSource().modifyQuery(query, { type: 'ADD_STRING_FILTER', options: { value: 'a' } })).toBe(query);
  });

  it('offers tag names and values for the filters of a dashboard', async () => {
    fetchAnswer = ({ url }) =>
      answer(goldenAnswer(url.includes('/values') ? 'values-resource-service-name' : 'tags-all'));
    const keys = await dataSource().getTagKeys({ filters: [] });
    expect(keys).toContainEqual({ text: 'resource.service.name' });
    expect(keys).toContainEqual({ text: 'status' });
    const values = await dataSource().getTagValues({
      key: 'resource.service.name',
      filters: [{ key: 'resource.cluster', operator: '=', value: 'eu' }],
    });
    expect(values).toContainEqual({ text: 'mysql', value: 'mysql' });
    expect(sent[1].params?.q).toBe('{resource.cluster="eu"}');
  });
});

describe('testDatasource', () => {
  const health = (answers: Record<string, HttpAnswer>) => {
    fetchAnswer = ({ url }) => {
      const path = Object.keys(answers).find((one) => url.endsWith(one));
      return answer(path ? answers[path] : textAnswer(404, 'not found'));
    };
    return dataSource().testDatasource();
  };
  const works = {
    '/api/echo': textAnswer(200, 'echo\n'),
    '/api/search': goldenAnswer('search-nothing-found'),
  };

  it('says which version answers', async () => {
    const version = textAnswer(200, '{"version":"2.8.1"}', 'application/json');
    expect(await health({ ...works, '/api/status/buildinfo': version })).toEqual({
      status: 'success',
      message: 'Data source is working. Tempo 2.8.1 answers searches.',
    });
  });

  it('works without a version', async () => {
    expect(await health(works)).toMatchObject({ status: 'success' });
  });

  it.each<[string, Record<string, HttpAnswer>, RegExp]>([
    ['a wrong password', { '/api/echo': textAnswer(401, 'no') }, /credentials/],
    ['another server', {}, /URL of the data source/],
    ['a login page', { '/api/echo': textAnswer(403, '<html>log in</html>') }, /web page/],
    ['no server', { '/api/echo': textAnswer(502, '') }, /cannot be reached/],
    ['a missing tenant', { ...works, '/api/search': textAnswer(401, 'no org id') }, /search fails.*tenant/],
  ])('says what is wrong with %s', async (_name, answers, message) => {
    expect(await health(answers)).toMatchObject({ status: 'error', message: expect.stringMatching(message) });
  });

  it('tells settings that were ignored', async () => {
    fetchAnswer = ({ url }) => answer(works[url.endsWith('echo') ? '/api/echo' : '/api/search']);
    const jsonData: object = { tagLimit: 'all' };
    expect((await dataSource(jsonData).testDatasource()).message).toContain('"tagLimit" was ignored');
  });
});

describe('variables', () => {
  const options = async (query: object) => {
    fetchAnswer = ({ url }) =>
      answer(goldenAnswer(url.includes('/values') ? 'values-resource-service-name' : 'tags-all'));
    const request = { ...queryRequest([]), targets: [{ refId: 'V', ...query }] };
    const response = await firstValueFrom(dataSource().variableSupport.query(request));
    return response.data[0].fields[0].values;
  };

  it('lists label names', async () => {
    expect(await options({ type: 0 })).toEqual(expect.arrayContaining(['resource.service.name', 'duration']));
  });

  it('lists the values of a label, found in its scope, narrowed by a query with variables', async () => {
    variables = { cluster: 'eu' };
    expect(await options({ type: 1, label: 'service.name', query: '{resource.cluster="$cluster"}' })).toEqual(
      expect.arrayContaining(['mysql', 'redis-manual'])
    );
    const last = sent[sent.length - 1];
    expect(pathOf(last)).toBe('/api/v2/search/tag/resource.service.name/values');
    expect(last.params?.q).toBe('{resource.cluster="eu"}');
  });

  it.each([{}, { type: 7 }, { type: 1 }, { type: 1, label: '' }])('refuses %j at once', async (query) => {
    await expect(options(query)).rejects.toThrow(/Choose/);
  });
});
