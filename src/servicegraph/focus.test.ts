import { focusOn, inNamespaces, namespacesOf } from './focus';
import { type ServiceGraph } from './model';
import { call, service as anyService } from './service-graph.fixture';

const service = (id: string, namespace?: string) => anyService(id, { namespace });
const GRAPH: ServiceGraph = {
  services: [service('a', 'x'), service('b', 'x'), service('c', 'y'), service('d', 'y'), service('e')],
  calls: [call('a', 'b'), call('b', 'c'), call('c', 'd'), call('d', 'a'), call('e', 'c')],
  notices: ['kept'],
};
const ids = (graph: ServiceGraph) => graph.services.map(({ id }) => id);

describe('focusOn', () => {
  it.each([
    ['c', 0, ['c']],
    ['c', 1, ['b', 'c', 'd', 'e']],
    ['c', 2, ['a', 'b', 'c', 'd', 'e']],
    ['e', 1, ['c', 'e']],
    ['gone', 1, []],
  ])('%s, %p hops', (id, hops, expected) => {
    expect(ids(focusOn(GRAPH, id, hops))).toEqual(expected);
  });
});

describe('inNamespaces', () => {
  it('keeps the other ends of calls, and leaves out calls among them', () => {
    const graph = inNamespaces(GRAPH, ['x']);
    expect(ids(graph)).toEqual(['a', 'b', 'c', 'd']);
    expect(graph.calls.map(({ id }) => id)).toEqual(
      ['a b', 'b c', 'd a'].map((pair) => JSON.stringify(pair.split(' ')))
    );
  });

  it('shows everything without a choice', () => {
    expect(inNamespaces(GRAPH, [])).toBe(GRAPH);
    expect(namespacesOf(GRAPH)).toEqual(['x', 'y']);
  });
});
