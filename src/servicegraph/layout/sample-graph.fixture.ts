/** Seeded service graphs for tests: 2.5 calls a service, hubs, leaves, namespaces that hold most calls. */
import { callId, type Service, type ServiceCall, type ServiceGraph, serviceId } from '../model';

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const TIER_ENDS = [0.13, 0.3, 0.48, 0.61, 1];

export interface SampleOptions {
  services: number;
  seed?: number;
  namespaces?: number;
  callsPerService?: number;
  /** Share of calls that run against the flow */
  backwards?: number;
}

export function sampleGraph({
  services,
  seed = 1,
  namespaces = 0,
  callsPerService = 2.5,
  backwards = 0.01,
}: SampleOptions) {
  const next = random(seed);
  const pick = (count: number) => Math.min(count - 1, Math.floor(next() * count));
  // Tiers as in published traces: about 13 % entries, 48 % in the middle, 39 % leaves.
  const tierOf = (index: number) => TIER_ENDS.findIndex((end) => index < end * services);
  const list = Array.from({ length: services }, (_, index): Service => {
    const namespace = namespaces > 0 ? `ns-${Math.floor(namespaces * next() ** 2)}` : undefined;
    const isLeaf = tierOf(index) === TIER_ENDS.length - 1;
    const name = `${isLeaf ? 'db' : 'service'}-${index}`;
    return {
      id: serviceId(name, namespace),
      name,
      ...(namespace ? { namespace } : {}),
      kind: isLeaf ? 'database' : 'service',
      stats: { rate: Math.exp(next() * 7 - 2), errorRate: 0, mean: next() * 0.3, p95: next() },
    };
  });
  const calls = new Map<string, ServiceCall>();
  const wanted = Math.round(services * callsPerService);
  const inTier = (tier: number) => {
    const begin = Math.ceil((TIER_ENDS[tier - 1] ?? 0) * services);
    const end = Math.ceil(TIER_ENDS[tier] * services);
    return Math.min(services - 1, begin + Math.floor((end - begin) * next() ** 2));
  };
  for (let tries = 0; calls.size < wanted && tries < wanted * 12; tries++) {
    const from = pick(Math.ceil(TIER_ENDS[TIER_ENDS.length - 2] * services));
    let to = inTier(Math.min(TIER_ENDS.length - 1, tierOf(from) + (next() < 0.75 ? 1 : 2)));
    if (namespaces > 0 && next() < 0.7) {
      const near = list.findIndex(({ namespace }, index) => index >= to && namespace === list[from].namespace);
      to = near < 0 ? to : near;
    }
    if (tierOf(to) <= tierOf(from)) {
      continue;
    }
    const [source, target] = next() < backwards ? [list[to], list[from]] : [list[from], list[to]];
    const rate = Math.exp(next() * 7 - 3);
    const failing = next() < 0.08;
    const id = callId(source.id, target.id, '');
    calls.set(id, {
      id,
      source: source.id,
      target: target.id,
      connectionType: '',
      stats: { rate, errorRate: failing ? rate * next() * 0.4 : 0, mean: next() * 0.4, p95: 0.4 + next() },
    });
  }
  const graph: ServiceGraph = { services: list, calls: [...calls.values()], notices: [] };
  return graph;
}
