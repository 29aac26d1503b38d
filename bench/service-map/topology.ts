/** The graphs that are measured: seeded, 2.5 calls a service, most calls inside of namespaces. */
import { sampleGraph } from '../../src/servicegraph/layout/sample-graph.fixture';
import { callId, type Service, type ServiceCall, type ServiceGraph } from '../../src/servicegraph/model';

/** As many namespaces as clusters of that size had in what was measured before (docs/adr/0002). */
const NAMESPACES: Record<number, number> = { 100: 9, 1000: 47, 3000: 105, 10000: 264 };

export function topology(services: number, seed: number): ServiceGraph {
  return sampleGraph({ services, seed, namespaces: NAMESPACES[services] ?? Math.ceil(services ** 0.6) });
}

/** The same services and calls a minute later. */
export function renumbered(graph: ServiceGraph): ServiceGraph {
  const grown = <T extends Service | ServiceCall>(item: T): T => ({
    ...item,
    stats: { ...item.stats, rate: (item.stats.rate ?? 0) * 1.1 },
  });
  return { ...graph, services: graph.services.map(grown), calls: graph.calls.map(grown) };
}

/** 1 % of the services are others: half of them are gone, as many came, each with two calls. */
export function onePercentChanged(graph: ServiceGraph): ServiceGraph {
  const count = Math.max(1, Math.round(graph.services.length / 200));
  const step = Math.floor(graph.services.length / count);
  const gone = new Set(graph.services.filter((_, index) => index % step === 7 % step).map(({ id }) => id));
  const left = graph.services.filter(({ id }) => !gone.has(id));
  const fresh = Array.from({ length: count }, (_, index): Service => {
    const near = left[(index * 37) % left.length];
    const name = `newcomer-${index}`;
    return { id: name, name, namespace: near.namespace, kind: 'service', stats: { rate: 1, errorRate: 0 } };
  });
  const calls = fresh.flatMap(({ id }, index): ServiceCall[] =>
    [left[(index * 37) % left.length], left[(index * 91 + 5) % left.length]].map((end, side) => {
      const [source, target] = side === 0 ? [end.id, id] : [id, end.id];
      return { id: callId(source, target, ''), source, target, connectionType: '', stats: { rate: 1, errorRate: 0 } };
    })
  );
  return {
    ...graph,
    services: [...left, ...fresh],
    calls: [...graph.calls.filter(({ source, target }) => !gone.has(source) && !gone.has(target)), ...calls],
  };
}
