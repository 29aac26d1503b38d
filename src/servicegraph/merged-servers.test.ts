import { runSteps } from '../trace/steps';
import { DEFAULT_DIALECT, type MetricsDialect } from './dialect';
import { callQuantiles, serviceQuantiles } from './latency-promql';
import { mergedServersSteps } from './merged-servers';
import { type PromqlRow } from './run-promql';

const CLUSTERS: MetricsDialect = { ...DEFAULT_DIALECT, identity: ['cluster'] };

function call(client: string, server: string, labels: Record<string, string> = {}): PromqlRow {
  return { labels: { client, server, ...labels }, value: 1 };
}

it.each<[string, PromqlRow[], string[]]>([
  ['one label set each', [call('a', 'b'), call('a', 'c', { server_service_namespace: 'x' }), call('b', 'c2')], []],
  [
    'a callee with and without its namespace',
    [call('a', 'pg'), call('b', 'pg', { server_service_namespace: 'x' }), call('a', 'b')],
    ['pg'],
  ],
  [
    'a caller with and without its namespace',
    [call('a', 'b'), call('a', 'b', { client_service_namespace: 'x' })],
    ['b'],
  ],
  ['another label that tells services apart', [call('a', 'b'), call('c', 'b', { server_cluster: 'eu' })], ['b']],
  ['callers of several namespaces', [call('a', 'b', { client_service_namespace: 'x' }), call('c', 'b')], []],
  ['two types of connections', [call('a', 'b'), call('a', 'b', { connection_type: 'database' })], []],
])('finds the callees of several label sets: %s', (_, requests, expected) => {
  expect(runSteps(mergedServersSteps(requests, CLUSTERS))).toEqual(expected);
});

it('names none where there are too many', () => {
  const requests = Array.from({ length: 500 }, (_, index) => [
    call('a', `service-${index}`),
    call('a', `service-${index}`, { server_cluster: 'eu' }),
  ]).flat();
  expect(runSteps(mergedServersSteps(requests, CLUSTERS))).toBeUndefined();
});

describe.each([
  ['calls', callQuantiles],
  ['services', serviceQuantiles],
])('percentiles of %s', (_, query) => {
  const expr = (mergedServers?: string[]) => query({ dialect: DEFAULT_DIALECT, window: 60, mergedServers }, [0.95]);

  it('are asked for once where no callee has several label sets', () => {
    expect(expr([])).not.toContain('latency_merged');
    expect(expr([]).length).toBeLessThan(expr(undefined).length / 1.5);
  });

  it('are asked for over all label sets of those that have several', () => {
    expect(expr(['pg', 'a.b'])).toContain('{server=~"pg|a\\\\.b"');
    expect(expr(['pg', 'a.b'])).toContain('latency_merged');
  });
});
