/** Parts of a graph: around one service, or of some namespaces. */
import { type ServiceCall, type ServiceGraph } from './model';
import { type FocusDirection } from './scope';

function subgraph(graph: ServiceGraph, keep: ReadonlySet<string>): ServiceGraph {
  return {
    ...graph,
    services: graph.services.filter(({ id }) => keep.has(id)),
    calls: graph.calls.filter(({ source, target }) => keep.has(source) && keep.has(target)),
  };
}

function reach(start: string, hops: number, next: ReadonlyMap<string, string[]>): Set<string> {
  const seen = new Set([start]);
  let frontier = [start];
  for (let hop = 0; hop < hops && frontier.length > 0; hop++) {
    frontier = frontier
      .flatMap((id) => next.get(id) ?? [])
      .filter((id) => {
        const isNew = !seen.has(id);
        seen.add(id);
        return isNew;
      });
  }
  return seen;
}

function neighbours(calls: readonly ServiceCall[], from: 'source' | 'target', to: 'source' | 'target') {
  const next = new Map<string, string[]>();
  for (const call of calls) {
    const list = next.get(call[from]) ?? [];
    list.push(call[to]);
    next.set(call[from], list);
  }
  return next;
}

/** Ids of the service and of those that are at most so many hops from it: its callers, its callees, or both. */
export function around(
  graph: ServiceGraph,
  serviceId: string,
  hops: number,
  direction: FocusDirection = 'both'
): Set<string> {
  const down = direction === 'up' ? [] : reach(serviceId, hops, neighbours(graph.calls, 'source', 'target'));
  const up = direction === 'down' ? [] : reach(serviceId, hops, neighbours(graph.calls, 'target', 'source'));
  return new Set([...down, ...up]);
}

/**
 * A service with those that call it and those that it calls, so many hops each way.
 * A service that the graph does not have gives an empty graph.
 */
export function focusOn(
  graph: ServiceGraph,
  serviceId: string,
  hops: number,
  direction: FocusDirection = 'both'
): ServiceGraph {
  if (!graph.services.some(({ id }) => id === serviceId)) {
    return { ...graph, services: [], calls: [] };
  }
  return subgraph(graph, around(graph, serviceId, hops, direction));
}

/** Services of the namespaces and, so that no call ends in nothing, those at the other end of their calls. */
export function inNamespaces(graph: ServiceGraph, namespaces: readonly string[]): ServiceGraph {
  if (namespaces.length === 0) {
    return graph;
  }
  const wanted = new Set(namespaces);
  const inside = new Set(graph.services.flatMap(({ id, namespace }) => (wanted.has(namespace ?? '') ? [id] : [])));
  const calls = graph.calls.filter(({ source, target }) => inside.has(source) || inside.has(target));
  const keep = new Set([...inside, ...calls.flatMap(({ source, target }) => [source, target])]);
  return { ...graph, services: graph.services.filter(({ id }) => keep.has(id)), calls };
}

/** Sorted; services without one are left out. */
export function namespacesOf(graph: ServiceGraph): string[] {
  return [...new Set(graph.services.flatMap(({ namespace }) => namespace ?? []))].sort();
}
