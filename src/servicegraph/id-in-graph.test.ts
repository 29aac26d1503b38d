import { idInGraph } from './id-in-graph';
import { type ServiceGraph, serviceId } from './model';

function graphOf(...services: Array<[name: string, namespace: string | undefined, rate: number]>): ServiceGraph {
  return {
    services: services.map(([name, namespace, rate]) => ({
      id: serviceId(name, namespace),
      name,
      namespace,
      kind: 'service',
      stats: { rate },
    })),
    calls: [],
    notices: [],
  };
}

it.each<[what: string, asked: string, graph: ServiceGraph, found: string]>([
  ['the very id', serviceId('cart', 'a'), graphOf(['cart', 'b', 9], ['cart', 'a', 1]), serviceId('cart', 'a')],
  ['a name without its namespace', 'cart', graphOf(['cart', 'a', 1], ['pay', 'a', 2]), serviceId('cart', 'a')],
  ['the busiest of several namesakes', 'cart', graphOf(['cart', 'a', 1], ['cart', 'b', 9]), serviceId('cart', 'b')],
  ['a namespace that the series do not have', serviceId('cart', 'a'), graphOf(['cart', undefined, 1]), 'cart'],
  ['another namespace', serviceId('cart', 'a'), graphOf(['cart', 'b', 1]), serviceId('cart', 'a')],
  ['nothing', 'cart', graphOf(['pay', 'a', 1]), 'cart'],
])('%s', (_, asked, graph, found) => {
  expect(idInGraph(graph, asked)).toBe(found);
});
