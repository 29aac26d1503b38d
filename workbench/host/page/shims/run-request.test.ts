/** @jest-environment jsdom */
import {
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  dateTime,
  LoadingState,
} from '@grafana/data';
import { lastValueFrom, type Observable, of, throwError, toArray } from 'rxjs';
import { runRequest } from './run-request';

const range = { from: dateTime(0), to: dateTime(1000), raw: { from: 'now-1h', to: 'now' } };
const request = (): DataQueryRequest => ({
  app: 'explore',
  requestId: 'r',
  timezone: 'utc',
  interval: '1s',
  intervalMs: 1000,
  startTime: 0,
  range,
  scopedVars: {},
  targets: [{ refId: 'A' }],
});
const frame = (name: string, dataTopic?: string) => ({ name, fields: [], length: 0, meta: { dataTopic } });

function states(
  query: () => Observable<DataQueryResponse> | Promise<DataQueryResponse>,
  more: Partial<DataSourceApi> = {}
) {
  const dataSource = { query, ...more } as DataSourceApi;
  return lastValueFrom(runRequest(dataSource, request()).pipe(toArray()));
}

it('is loading, then done, with annotations apart', async () => {
  const answer = { data: [frame('a'), frame('exemplar', 'annotations')] };
  const [loading, done] = await states(() => Promise.resolve(answer) as Promise<DataQueryResponse>);
  expect(loading.state).toBe(LoadingState.Loading);
  expect([done.state, done.series.map(({ name }) => name), done.annotations?.map(({ name }) => name)]).toEqual([
    LoadingState.Done,
    ['a'],
    ['exemplar'],
  ]);
});

it('replaces what comes again under one key and adds what comes under another', async () => {
  const all = await states(() =>
    of(
      { key: 'x', data: [frame('x1')], state: LoadingState.Streaming },
      { key: 'y', data: [frame('y1')], state: LoadingState.Streaming },
      { key: 'x', data: [frame('x2')], state: LoadingState.Done }
    )
  );
  expect(all.slice(1).map(({ series }) => series.map(({ name }) => name))).toEqual([
    ['x1'],
    ['x1', 'y1'],
    ['x2', 'y1'],
  ]);
});

it('keeps the frames beside the errors of single queries', async () => {
  const [, done] = await states(() => of({ data: [frame('a')], errors: [{ refId: 'B', message: 'bad' }] }));
  expect([done.state, done.series.length, done.error?.message]).toEqual([LoadingState.Error, 1, 'bad']);
});

it.each([
  [
    'thrown',
    () => {
      throw new Error('broken');
    },
  ],
  ['of the stream', () => throwError(() => new Error('broken'))],
  ['of the server', () => throwError(() => ({ status: 502, data: { message: 'broken' } }))],
])('tells an error %s', async (_where, query) => {
  const [, failed] = await states(query);
  expect([failed.state, failed.error?.message]).toEqual([LoadingState.Error, 'broken']);
});

it('asks nothing for queries that the data source filters out', async () => {
  const query = jest.fn();
  const [done] = await states(query, { filterQuery: () => false });
  expect(done.state).toBe(LoadingState.Done);
  expect(query).not.toHaveBeenCalled();
});
