/** The services around one of a graph. */
import { type Service, type ServiceCall, type ServiceGraph, serviceId } from '../../../servicegraph/model';

/** The service at the other end of calls, with the call. */
export interface Neighbour {
  service: Service;
  call: ServiceCall;
}

export interface Neighbours {
  /** Service.id on the map */
  id: string;
  /** The busiest first */
  callers: Neighbour[];
  callees: Neighbour[];
}

/** undefined when the graph does not have the service. Without a namespace the first of that name is taken. */
export function neighboursOf(graph: ServiceGraph, name: string, namespace?: string): Neighbours | undefined {
  const wanted = serviceId(name, namespace);
  const found =
    graph.services.find(({ id }) => id === wanted) ?? graph.services.find((service) => service.name === name);
  if (!found) {
    return undefined;
  }
  const byId = new Map(graph.services.map((service) => [service.id, service]));
  const ends = (own: 'source' | 'target', other: 'source' | 'target') =>
    graph.calls
      .filter((call) => call[own] === found.id)
      .flatMap((call): Neighbour[] => {
        const service = byId.get(call[other]);
        return service ? [{ service, call }] : [];
      })
      .sort((a, b) => (b.call.stats.rate ?? 0) - (a.call.stats.rate ?? 0));
  return { id: found.id, callers: ends('target', 'source'), callees: ends('source', 'target') };
}
