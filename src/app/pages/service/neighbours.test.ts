import { serviceId } from '../../../servicegraph/model';
import { call, graphOf, service } from '../../../servicegraph/service-graph.fixture';
import { type Neighbour, neighboursOf } from './neighbours';

const inNamespace = (name: string, namespace: string) => service(name, { id: serviceId(name, namespace), namespace });
const graph = graphOf(
  [service('a'), inNamespace('b', 'x'), inNamespace('b', 'y'), service('c')],
  [
    call('a', '["x","b"]'),
    call('["x","b"]', 'c'),
    call('c', '["y","b"]', { rate: 1 }),
    call('c', 'c', { rate: 2 }),
    call('c', 'gone'),
  ]
);
const names = (found: Neighbour[] | undefined) => found?.map(({ service: { name } }) => name);

it.each([
  ['of the namespace', 'b', 'y', '["y","b"]', ['c'], []],
  ['of the first namespace when none is named', 'b', undefined, '["x","b"]', ['a'], ['c']],
  ['of a service that calls itself, the busiest first', 'c', undefined, 'c', ['c', 'b'], ['c', 'b']],
])('finds the neighbours %s', (_, name, namespace, id, callers, callees) => {
  const found = neighboursOf(graph, name, namespace);
  expect(found?.id).toBe(id);
  expect(names(found?.callers)).toEqual(callers);
  expect(names(found?.callees)).toEqual(callees);
});

it('knows nothing about a service that the graph does not have', () => {
  expect(neighboursOf(graph, 'nobody')).toBeUndefined();
});
