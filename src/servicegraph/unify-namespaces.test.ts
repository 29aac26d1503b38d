import { DEFAULT_DIALECT } from './dialect';
import { graphFromSeries, type GraphSeries } from './from-series';

const call = (client: string, server: string, more: Record<string, string> = {}) => ({ client, server, ...more });
const NAMED = { client_service_namespace: 'ride', server_service_namespace: 'ride' };
const DATABASE = { client_service_namespace: 'ride', connection_type: 'database' };

function graph(series: GraphSeries) {
  return graphFromSeries(series, DEFAULT_DIALECT);
}

describe('a service whose namespace only some series tell', () => {
  it('stands on the map once', () => {
    const { services } = graph({
      requests: [
        { labels: call('driver', 'redis', NAMED), value: 1 },
        { labels: call('driver', 'redis', DATABASE), value: 2 },
      ],
    });
    expect(services.map(({ name, namespace }) => [namespace, name])).toEqual([
      ['ride', 'driver'],
      ['ride', 'redis'],
    ]);
  });

  it('gets the requests of all its series', () => {
    const { services } = graph({
      requests: [
        { labels: call('driver', 'redis', NAMED), value: 1 },
        { labels: call('driver', 'redis', { client_service_namespace: 'ride' }), value: 2 },
      ],
    });
    expect(services.find(({ name }) => name === 'redis')?.stats.rate).toBe(3);
  });

  it('shows no mean that would be that of a part', () => {
    const labels = { latency_side: 'server' };
    const { calls } = graph({
      requests: [
        { labels: call('driver', 'redis', NAMED), value: 1 },
        { labels: call('driver', 'redis', { client_service_namespace: 'ride' }), value: 2 },
      ],
      callMeans: [
        { labels: call('driver', 'redis', { ...NAMED, ...labels }), value: 0.1 },
        { labels: call('driver', 'redis', { client_service_namespace: 'ride', ...labels }), value: 0.5 },
      ],
    });
    expect(calls).toHaveLength(1);
    expect(calls[0].stats.mean).toBeUndefined();
  });

  it('stays apart where two namespaces have a service of that name', () => {
    const { services } = graph({
      requests: [
        { labels: call('a', 'api', { server_service_namespace: 'shop' }), value: 1 },
        { labels: call('a', 'api', { server_service_namespace: 'ride' }), value: 1 },
        { labels: call('a', 'api'), value: 1 },
      ],
    });
    expect(services.filter(({ name }) => name === 'api')).toHaveLength(3);
  });

  it('is not the made-up user', () => {
    const { services } = graph({
      requests: [
        {
          labels: call('user', 'frontend', { connection_type: 'virtual_node', server_service_namespace: 'ride' }),
          value: 1,
        },
        { labels: call('frontend', 'user', NAMED), value: 1 },
      ],
    });
    expect(services.filter(({ name }) => name === 'user').map(({ namespace }) => namespace)).toEqual([
      undefined,
      'ride',
    ]);
  });
});
