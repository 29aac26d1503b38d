import { service as serviceOf } from '../../../../servicegraph/service-graph.fixture';
import { serviceLogs } from './service-logs';

const service = serviceOf('ca"rt', { id: 'cart', namespace: 'shop' });

function logsOf(settings: object) {
  const links = serviceLogs({
    service,
    settings,
    resolveDataSource: (uid) => (uid === 'loki' ? { uid, type: 'loki', name: 'Loki' } : undefined),
    from: 'now-1h',
    to: 'now',
  });
  return links.map(({ name, url }) => {
    const panes: unknown = JSON.parse(new URL(url, 'http://grafana').searchParams.get('panes') ?? '{}');
    return { name, panes };
  });
}

describe('logs of a service', () => {
  it('are asked for with what its spans would be, without their ids', () => {
    expect(logsOf({ tracesToLogsV2: { datasourceUid: 'loki', filterByTraceID: true } })).toEqual([
      {
        name: undefined,
        panes: {
          A: expect.objectContaining({
            datasource: 'loki',
            queries: [expect.objectContaining({ expr: '{service_name="ca\\"rt", service_namespace="shop"}' })],
            range: { from: 'now-1h', to: 'now' },
          }),
        },
      },
    ]);
  });

  it('follow the mapping of the settings', () => {
    const tags = [{ key: 'service.name', value: 'app' }, { key: 'pod' }];
    expect(logsOf({ tracesToLogsV2: { datasourceUid: 'loki', tags } })).toMatchObject([
      { panes: { A: { queries: [{ expr: '{app="ca\\"rt"}' }] } } },
    ]);
  });

  it.each([
    ['there are no settings', {}],
    ['the data source is gone', { tracesToLogsV2: { datasourceUid: 'gone' } }],
    [
      'the query needs a trace',
      { tracesToLogsV2: { datasourceUid: 'loki', customQuery: true, query: '{a="b"} |= "${__span.traceId}"' } },
    ],
  ])('are not offered where %s', (_, settings) => {
    expect(logsOf(settings)).toEqual([]);
  });
});
