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

  it('has the mean of all its requests, and no quantile, which cannot be combined', () => {
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
      callQuantiles: [
        { labels: call('driver', 'redis', { ...NAMED, ...labels, latency_quantile: '0.95' }), value: 0.1 },
        {
          labels: call('driver', 'redis', { client_service_namespace: 'ride', ...labels, latency_quantile: '0.95' }),
          value: 0.5,
        },
      ],
    });
    expect(calls).toHaveLength(1);
    // (1 req/s at 100 ms + 2 req/s at 500 ms) / 3 req/s
    expect(calls[0].stats.mean).toBeCloseTo(1.1 / 3);
    expect(calls[0].stats.p95).toBeUndefined();
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
