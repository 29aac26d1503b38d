import { validateQuery } from '../traceql';
import { type ConnectionType, type Service, type ServiceKind } from './model';
import { tracesOfCall, tracesOfService } from './traces-of';

const service = (name: string, kind: ServiceKind = 'service', namespace?: string): Service => ({
  id: name,
  name,
  kind,
  namespace,
  stats: {},
});

function callQuery(source: Service, target: Service, connectionType: ConnectionType = ''): string {
  return tracesOfCall({ id: '', source: source.id, target: target.id, connectionType, stats: {} }, source, target);
}

const NASTY = 'a"b}{\\\nc';
const QUERIES: Array<[string, string, string]> = [
  [
    'a service',
    tracesOfService(service('shop', 'service', 'eu')),
    '{ resource.service.name = "shop" && resource.service.namespace = "eu" }',
  ],
  ['requests from outside', tracesOfService(service('user', 'user')), '{ nestedSetParent < 0 && kind = server }'],
  [
    'a call',
    callQuery(service('a'), service('b')),
    '{ resource.service.name = "a" } > { resource.service.name = "b" }',
  ],
  [
    'a call from outside',
    callQuery(service('user', 'user'), service('b'), 'virtual_node'),
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
    ['a database', tracesOfService(service('orders', 'database'))],
    ['a call of a database', callQuery(service('shop'), service('orders', 'database'), 'database')],
    [
      'a call of an external service',
      callQuery(service('shop'), service('pay.example.com', 'external'), 'virtual_node'),
    ],
    ['a call from an external service', callQuery(service('partner', 'external'), service('edge'), 'virtual_node')],
    ...QUERIES.map(([name, query]): [string, string] => [name, query]),
  ])('%s is TraceQL', (_, query) => {
    expect(validateQuery(query, { endpoint: 'search' })).toEqual({ verdict: 'valid' });
  });
});
