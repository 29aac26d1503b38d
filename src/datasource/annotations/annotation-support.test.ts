import { type AnnotationQuery, createDataFrame } from '@grafana/data';
import { traceTable } from '../frames/search-frames';
import { fakeClient, goldenAnswer, TARGET } from '../test-support';
import { type TempoQuery } from '../types';
import { annotationSupport } from './annotation-support';
import { traceEvents } from './trace-events';

it('makes an event of each trace, as long as the trace', async () => {
  const { client } = fakeClient({ '/api/search': goldenAnswer('search-status-error') });
  const response = await client.search({ query: '{ status = error }' });
  const frame = traceTable(response, { refId: 'Anno', target: TARGET, notices: [], executedQuery: '' });
  const events = traceEvents(frame);
  expect(events).toHaveLength(response.traces.length);
  const odd = response.traces.find(({ rootServiceName }) => rootServiceName === 'odd-kinds');
  expect(events.find(({ id }) => id === odd?.traceId)).toEqual({
    id: odd?.traceId,
    time: 1_795_255_615_000,
    timeEnd: 1_795_255_615_500,
    isRegion: true,
    title: 'root',
    text: `odd-kinds root ${odd?.traceId}`,
    tags: ['odd-kinds'],
  });
});

it('makes nothing of other answers', () => {
  expect(traceEvents(createDataFrame({ name: 'rate', fields: [{ name: 'time', values: [1] }] }))).toEqual([]);
});

it('asks for traces whatever table the query was saved with', () => {
  const annotation: AnnotationQuery<TempoQuery> = {
    name: 'Errors',
    enable: true,
    iconColor: 'red',
    target: { refId: 'Anno', query: '{ status = error }', tableType: 'raw' },
  };
  expect(annotationSupport.prepareQuery?.(annotation)).toMatchObject({
    query: '{ status = error }',
    tableType: 'traces',
  });
});
