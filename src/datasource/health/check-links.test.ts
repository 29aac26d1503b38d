import { createDataFrame, FieldType } from '@grafana/data';
import { of, throwError } from 'rxjs';
import { checkLinks, type LinkedServices } from './check-links';

const NOW = 1_795_255_800_000;

function services(metricNames: string[], patch: Partial<LinkedServices> = {}): LinkedServices {
  const frames = metricNames.map((name) =>
    createDataFrame({
      refId: 'names',
      fields: [
        { name: 'Time', type: FieldType.time, values: [NOW] },
        { name: 'Value', type: FieldType.number, values: [1], labels: { __name__: name } },
      ],
    })
  );
  const source = { name: 'Prometheus', getRef: () => ({ uid: 'prom' }), query: () => of({ data: frames }) };
  return {
    uid: 'ours',
    serviceMapDatasourceUid: 'prom',
    loadDataSource: () => Promise.resolve(source),
    jsonDataOf: () => ({ exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'ours' }] }),
    ...patch,
  };
}

it('says whose metrics the service graph is made of, and which exemplars do not lead here', async () => {
  expect(await checkLinks(services(['traces_service_graph_request_total']), NOW)).toEqual([
    'Service graph: Prometheus has metrics (Tempo metrics generator).',
    expect.stringMatching(/^Exemplars labelled trace_id do not lead here/),
  ]);
});

it('says what to run when there are no metrics', async () => {
  const [graph] = await checkLinks(services([]), NOW);
  expect(graph).toMatch(/no service graph metrics.*service-graphs processor/);
});

it('is content when both names of trace ids lead here', async () => {
  const exemplarTraceIdDestinations = ['traceID', 'trace_id'].map((name) => ({ name, datasourceUid: 'ours' }));
  const [, exemplars] = await checkLinks(services([], { jsonDataOf: () => ({ exemplarTraceIdDestinations }) }), NOW);
  expect(exemplars).toBe('Exemplars of that data source lead to this one.');
});

it.each<[string, LinkedServices['loadDataSource']]>([
  ['does not load', () => Promise.reject(new Error('it was deleted'))],
  [
    'does not answer',
    () =>
      Promise.resolve({
        name: 'P',
        getRef: () => ({ uid: 'p' }),
        query: () => throwError(() => new Error('it was deleted')),
      }),
  ],
])('tells why when the metrics data source %s', async (_what, loadDataSource) => {
  const [graph] = await checkLinks(services([], { loadDataSource }), NOW);
  expect(graph).toContain('the metrics cannot be read: it was deleted');
});

it('says nothing when no metrics data source is chosen', async () => {
  expect(await checkLinks(services([], { serviceMapDatasourceUid: '' }), NOW)).toEqual([]);
});
