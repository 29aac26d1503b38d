import { validateQuery } from '../traceql';
import { type ConnectionType, type Service } from './model';
import { call, service } from './service-graph.fixture';
import { tracesOfCall, tracesOfService } from './traces-of';

function callQuery(source: Service, target: Service, connectionType: ConnectionType = ''): string {
  return tracesOfCall(call(source.id, target.id, {}, { connectionType }), source, target);
}

const NASTY = 'a"b}{\\\nc';
const QUERIES: Array<[string, string, string]> = [
  [
    'a service',
    tracesOfService(service('shop', { namespace: 'eu' })),
    '{ resource.service.name = "shop" && resource.service.namespace = "eu" }',
  ],
  [
    'requests from outside',
    tracesOfService(service('user', { kind: 'user' })),
    '{ nestedSetParent < 0 && kind = server }',
  ],
  [
    'a call',
    callQuery(service('a'), service('b')),
    '{ resource.service.name = "a" } > { resource.service.name = "b" }',
  ],
  [
    'a call from outside',
    callQuery(service('user', { kind: 'user' }), service('b'), 'virtual_node'),
    '{ resource.service.name = "b" && nestedSetParent < 0 }',
  ],
  [
    'odd names',
    callQuery(service(NASTY), service('b')),
    `{ resource.service.name = ${JSON.stringify(NASTY)} } > { resource.service.name = "b" }`,
  ],
];

describe('TraceQL of', () => {
  it.each(QUERIES)('%s', (_, query, expected) => {
    expect(query).toBe(expected);
  });

  it.each([
    ['a database', tracesOfService(service('orders', { kind: 'database' }))],
    ['a call of a database', callQuery(service('shop'), service('orders', { kind: 'database' }), 'database')],
    [
      'a call of an external service',
      callQuery(service('shop'), service('pay.example.com', { kind: 'external' }), 'virtual_node'),
    ],
    [
      'a call from an external service',
      callQuery(service('partner', { kind: 'external' }), service('edge'), 'virtual_node'),
    ],
    ...QUERIES.map(([name, query]): [string, string] => [name, query]),
  ])('%s is TraceQL', (_, query) => {
    expect(validateQuery(query, { endpoint: 'search' })).toEqual({ verdict: 'valid' });
  });
});
