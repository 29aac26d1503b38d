/** @jest-environment jsdom */
import {
  CoreApp,
  type DataQueryRequest,
  type DataSourceInstanceSettings,
  dateTime,
  PluginType,
  type ScopedVars,
} from '@grafana/data';
import { type BackendSrvRequest, setBackendSrv, setDataSourceSrv, setTemplateSrv } from '@grafana/runtime';
import { firstValueFrom, of, throwError } from 'rxjs';
import { PrometheusDataSource } from './data-source';
import { type PrometheusOptions, type PrometheusQuery } from './model';

const settings: DataSourceInstanceSettings<PrometheusOptions> = {
  uid: 'prom',
  type: 'prometheus',
  name: 'Prometheus',
  url: '/proxy',
  access: 'proxy',
  readOnly: true,
  jsonData: { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'tempo' }] },
  meta: {
    id: 'prometheus',
    name: 'Prometheus',
    type: PluginType.datasource,
    module: '',
    baseUrl: '',
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  },
};
const range = {
  from: dateTime(1_795_259_667_000),
  to: dateTime(1_795_260_282_000),
  raw: { from: 'now-1h', to: 'now' },
};
const matrix = { resultType: 'matrix', result: [{ metric: { service: 'a' }, values: [[1_795_259_895, '1']] }] };
const exemplars = [
  {
    seriesLabels: { __name__: 'x_bucket' },
    exemplars: [{ labels: { traceID: 'abc' }, value: '2', timestamp: 1_795_259_890.8 }],
  },
];

let requests: BackendSrvRequest[];
let answers: Record<string, unknown>;

beforeEach(() => {
  requests = [];
  answers = { query_range: matrix, query_exemplars: exemplars };
  const fetch = (config: BackendSrvRequest) => {
    requests.push(config);
    const name = config.url.split('/').at(-1) ?? '';
    const answer = answers[name];
    return answer instanceof Error
      ? throwError(() => ({
          status: 400,
          data: { status: 'error', errorType: 'bad_data', error: answer.message },
          config,
        }))
      : of({ data: { status: 'success', data: answer } });
  };
  setBackendSrv({ fetch } as never);
  setDataSourceSrv({ getInstanceSettings: (uid: string) => ({ uid, name: 'My Tempo' }) } as never);
  setTemplateSrv({
    replace: (text = '', vars: ScopedVars = {}) =>
      text.replace(/\$(\w+)/g, (all, name: string) => vars[name]?.value ?? all),
  } as never);
});

function run(targets: Array<Partial<PrometheusQuery>>, more: Partial<DataQueryRequest<PrometheusQuery>> = {}) {
  return firstValueFrom(
    new PrometheusDataSource(settings).query({
      app: CoreApp.Dashboard,
      requestId: 'r',
      timezone: 'utc',
      interval: '15s',
      intervalMs: 15_000,
      maxDataPoints: 40,
      startTime: 0,
      range,
      scopedVars: { __interval: { value: '99s' }, service: { value: 'cart' } },
      targets: targets.map((target, index) => ({ refId: 'ABC'[index], expr: 'up', ...target })),
      ...more,
    })
  );
}

it('asks for the aligned range with the step and the variables filled in', async () => {
  await run([{ expr: 'rate(a{s="$service"}[$__rate_interval]) / $__interval_ms' }]);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: '/proxy/api/v1/query_range',
    data: { query: 'rate(a{s="cart"}[1m]) / 15000', start: '1795259655', end: '1795260270', step: '15' },
  });
});

it('brings exemplars as annotations with links to their trace', async () => {
  const { data } = await run([{ exemplar: true }]);
  expect(data.map(({ name, meta }) => [name, meta?.dataTopic])).toEqual([
    [undefined, undefined],
    ['exemplar', 'annotations'],
  ]);
  expect(data[1].fields.at(-1)).toMatchObject({
    name: 'traceID',
    values: ['abc'],
    config: { links: [{ title: 'Query with My Tempo' }] },
  });
});

it('keeps the graph when the exemplars fail', async () => {
  answers.query_exemplars = new Error('storage is off');
  const { data, errors } = await run([{ exemplar: true }]);
  expect([data.length, errors]).toEqual([1, undefined]);
});

it('asks for the exemplars of one metric once, and never for instant ones', async () => {
  answers.query = { resultType: 'vector', result: [] };
  await run([
    { expr: 'rate(x_bucket[1m])', exemplar: true },
    { expr: 'sum(rate(x_bucket[1m]))', exemplar: true },
    { expr: 'y', exemplar: true, instant: true, range: false },
  ]);
  expect(requests.filter(({ url }) => url.endsWith('query_exemplars'))).toHaveLength(1);
});

it('tells Prometheus’ error with the query it belongs to, and keeps what the others brought', async () => {
  answers.query = new Error('1:9: parse error: unclosed left parenthesis');
  const { data, errors, state } = await run([{}, { expr: 'sum by (', instant: true, range: false }]);
  expect(data).toHaveLength(1);
  expect(state).toBe('Error');
  expect(errors).toEqual([
    { refId: 'B', message: 'bad_data: 1:9: parse error: unclosed left parenthesis', status: 400 },
  ]);
});

it('says so when the answer is none of Prometheus', async () => {
  answers.query_range = '<html>';
  const { errors } = await run([{}]);
  expect(errors?.[0].message).toMatch(/^Prometheus answered something else/);
});

it('adds the filters of the dashboard to every selector', async () => {
  await run([{}], { filters: [{ key: 'env', operator: '=', value: 'live' }] });
  expect(requests[0].data.query).toBe('up{env="live"}');
});

it('asks nothing for hidden and empty queries', async () => {
  expect((await run([{ hide: true }, { expr: '' }])).data).toEqual([]);
  expect(requests).toEqual([]);
});

it('lists the values of a variable', async () => {
  answers.values = ['a', 'b'];
  const found = await new PrometheusDataSource(settings).metricFindQuery('label_values(up{job="x"}, service)', {
    range,
  });
  expect(found.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(requests[0]).toMatchObject({
    url: '/proxy/api/v1/label/service/values',
    method: 'GET',
    params: { 'match[]': ['up{job="x"}'] },
  });
});
