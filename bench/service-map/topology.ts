/**
 * The graphs that are measured: seeded, 2.5 calls a service, with the shape that is known of large systems (13 % entries,
 * 48 % in the middle, 39 % leaves, long tails of callers and callees, 65 % of the calls inside of namespaces, a few cycles)
 * and on which the layouts of others cross as often as was measured before; docs/benchmarks.md has both figures.
 */
import { randomNumbers } from '../../src/servicegraph/layout/random-numbers';
import { callId, type Service, type ServiceCall, type ServiceGraph, serviceId } from '../../src/servicegraph/model';

const SHARES = { entries: 0.13, leaves: 0.39 };
const CALLS_PER_SERVICE = 2.5;
const INSIDE_CALLS = 0.65;
/** Exponents of the weights by which namespaces, callees, callers and platform services (hubs) are chosen */
const TAILS = { namespaces: 0.75, callees: 0.4, callers: 0.35, hubs: 0.9 };
const HUBS = 0.01;
/** Of calls to other namespaces, those to the few that a namespace mostly calls */
const FRIENDLY_CALLS = 0.8;
const FRIENDS_MOST = 4;
const BACK_CALLS_MOST = 20;

type Random = () => number;

/** Draws items, each as often as its weight says. */
function drawer(items: readonly number[], weightOf: (item: number) => number, next: Random): () => number {
  let sum = 0;
  const sums = items.map((item) => (sum += weightOf(item)));
  return () => {
    const wanted = next() * sum;
    let [low, high] = [0, items.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = sums[middle] < wanted ? [middle + 1, high] : [low, middle];
    }
    return items[low];
  };
}

interface Plan {
  namespaces: number;
  namespace: number[];
  /** 0 for entries, 1 for leaves, in between for the others: calls go to a greater one. */
  depth: number[];
}

function planOf(services: number, next: Random): Plan {
  const namespaces = Math.max(1, Math.round(0.264 * services ** 0.75));
  const levels = Math.round(Math.log(services));
  const drawNamespace = drawer([...Array(namespaces).keys()], (rank) => (rank + 1) ** -TAILS.namespaces, next);
  const depthOf = (share: number) =>
    share < SHARES.entries ? 0 : share < 1 - SHARES.leaves ? (1 + Math.floor(next() * levels)) / (1 + levels) : 1;
  return {
    namespaces,
    namespace: Array.from({ length: services }, (_, index) => (index < namespaces ? index : drawNamespace())),
    depth: Array.from({ length: services }, () => depthOf(next())),
  };
}

/** Pairs of caller and callee */
class Calls {
  readonly list: Array<[from: number, to: number]> = [];
  readonly isCalled: boolean[] = [];
  private readonly known = new Set<string>();

  constructor(private readonly depth: readonly number[]) {}

  /** @returns false for a call that is there already or goes against the flow */
  add(from: number, to: number): boolean {
    return this.depth[to] > this.depth[from] && this.addAnyway(from, to);
  }

  addAnyway(from: number, to: number): boolean {
    const key = `${from} ${to}`;
    if (from === to || this.known.has(key)) {
      return false;
    }
    this.known.add(key);
    this.isCalled[to] = true;
    this.list.push([from, to]);
    return true;
  }
}

interface Draw {
  pick: <T>(items: readonly T[]) => T;
  callees: number[];
  /** Services by namespace */
  members: number[][];
  caller: () => number;
  callee: () => number;
  /** By namespace: one of its services that can be called */
  member: Array<() => number>;
  /** By namespace: those that it mostly calls */
  friends: number[][];
}

function drawOf({ namespaces, namespace, depth }: Plan, next: Random): Draw {
  const services = namespace.map((_, service) => service);
  const tail = (exponent: number) => services.map(() => (next() + 1e-3) ** -exponent);
  const [popularity, activity] = [tail(TAILS.callees), tail(TAILS.callers)];
  const callers = services.filter((service) => depth[service] < 1);
  const callees = services.filter((service) => depth[service] > 0);
  const members = Array.from({ length: namespaces }, (): number[] => []);
  services.forEach((service) => members[namespace[service]].push(service));
  const drawNamespace = drawer([...members.keys()], (rank) => (rank + 1) ** -TAILS.namespaces, next);
  return {
    pick: (items) => items[Math.floor(next() * items.length)],
    callees,
    members,
    caller: drawer(callers, (service) => activity[service], next),
    callee: drawer(callees, (service) => popularity[service], next),
    member: members.map((list) => drawer(list, (service) => (depth[service] > 0 ? popularity[service] : 0), next)),
    friends: members.map(() => Array.from({ length: 1 + Math.floor(FRIENDS_MOST * next()) }, drawNamespace)),
  };
}

/** Platform services, which very many call */
function callHubs(calls: Calls, { depth }: Plan, { pick, callees, caller }: Draw) {
  const hubs = new Set<number>();
  while (hubs.size < Math.max(1, Math.round(HUBS * depth.length))) {
    hubs.add(pick(callees.filter((service) => depth[service] > 0.6)));
  }
  [...hubs].forEach((hub, rank) => {
    const most = Math.round(0.66 * depth.length ** 0.72 * (rank + 1) ** -TAILS.hubs);
    for (let tries = 0, got = 0; got < most && tries < 20 * most; tries++) {
      got += Number(calls.add(caller(), hub));
    }
  });
}

/** Nearly every service but the entries is called by one. */
function callEverybody(
  calls: Calls,
  { namespace, depth }: Plan,
  { pick, callees, members, caller }: Draw,
  next: Random
) {
  for (const service of callees) {
    const near = members[namespace[service]].filter((other) => depth[other] < depth[service]);
    for (let tries = 0; !calls.isCalled[service] && tries < 30; tries++) {
      calls.add(near.length > 0 && next() < 0.9 ? pick(near) : caller(), service);
    }
  }
}

/** The rest of the calls, so many of them inside of namespaces that the share of all is right */
function callAround(calls: Calls, { namespace }: Plan, { pick, caller, callee, member, friends }: Draw, next: Random) {
  const wanted = Math.round(CALLS_PER_SERVICE * namespace.length);
  const inside = calls.list.filter(([from, to]) => namespace[from] === namespace[to]).length;
  const insideShare = Math.min(0.95, (INSIDE_CALLS * wanted - inside) / (wanted - calls.list.length));
  const other = (from: number) => (next() < FRIENDLY_CALLS ? member[pick(friends[namespace[from]])]() : callee());
  for (let tries = 0; calls.list.length < wanted && tries < 60 * wanted; tries++) {
    const from = caller();
    const isInside = next() < insideShare;
    for (let again = 0; again < 12; again++) {
      const to = isInside ? member[namespace[from]]() : other(from);
      if ((isInside || namespace[to] !== namespace[from]) && calls.add(from, to)) {
        break;
      }
    }
  }
}

function callBack(calls: Calls, { depth }: Plan, { pick }: Draw) {
  for (let back = 0; back < Math.min(BACK_CALLS_MOST, depth.length / 100); back++) {
    const [from, to] = pick(calls.list);
    if (depth[to] < 1) {
      calls.addAnyway(to, from);
    }
  }
}

function callsOf(plan: Plan, next: Random): Calls['list'] {
  const draw = drawOf(plan, next);
  const calls = new Calls(plan.depth);
  callHubs(calls, plan, draw);
  callEverybody(calls, plan, draw, next);
  callAround(calls, plan, draw, next);
  callBack(calls, plan, draw);
  return calls.list;
}

export function topology(services: number, seed: number): ServiceGraph {
  const next = randomNumbers(seed * 7919 + services);
  const plan = planOf(services, next);
  const calls = callsOf(plan, next);
  const list = plan.namespace.map((number, index): Service => {
    const [isLeaf, namespace] = [plan.depth[index] === 1, `ns-${number}`];
    const name = `${isLeaf ? 'db' : 'service'}-${index}`;
    return {
      id: serviceId(name, namespace),
      name,
      namespace,
      kind: isLeaf ? 'database' : 'service',
      stats: { rate: Math.exp(next() * 7 - 2), errorRate: 0, mean: next() * 0.3, p95: next() },
    };
  });
  return {
    services: list,
    calls: calls.map(([from, to]): ServiceCall => {
      const [source, target] = [list[from].id, list[to].id];
      const rate = Math.exp(next() * 7 - 3);
      const errorRate = next() < 0.08 ? rate * next() * 0.4 : 0;
      return {
        id: callId(source, target, ''),
        source,
        target,
        connectionType: '',
        stats: { rate, errorRate, mean: next() * 0.4, p95: 0.4 + next() },
      };
    }),
    notices: [],
  };
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
