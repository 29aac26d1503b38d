import { type ServiceGraph } from '../../../servicegraph/model';
import { type Neighbour, neighboursOf } from './neighbours';

const service = (name: string, namespace?: string) => ({
  id: namespace ? JSON.stringify([namespace, name]) : name,
  name,
  namespace,
  kind: 'service' as const,
  stats: {},
});
const call = (source: string, target: string, rate?: number) => ({
  id: `${source} ${target}`,
  source,
  target,
  connectionType: '' as const,
  stats: rate === undefined ? {} : { rate },
});
const graph: ServiceGraph = {
  services: [service('a'), service('b', 'x'), service('b', 'y'), service('c')],
  calls: [
    call('a', '["x","b"]'),
    call('["x","b"]', 'c'),
    call('c', '["y","b"]', 1),
    call('c', 'c', 2),
    call('c', 'gone'),
  ],
  notices: [],
};
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
