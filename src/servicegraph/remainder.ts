/** Services with very many neighbours: the busiest are shown, the rest is one remainder that can be unfolded. Pure. */
import { callId, type Service, type ServiceCall, type ServiceGraph } from './model';

export type RemainderSide = 'callers' | 'callees';

export interface Remainder {
  /** Never the id of a service of the graph */
  id: string;
  /** Service.id of the one whose neighbours they are */
  hub: string;
  side: RemainderSide;
  /** Service.id of the neighbours that are left out, the busiest first, then of those behind them */
  services: string[];
}

export interface Reduction {
  whole: ServiceGraph;
  remainders: Remainder[];
}

/** One placeholder, which has the remainder's id, stands for the services of each remainder. */
export interface ReducedGraph extends ServiceGraph {
  reduction?: Reduction;
}

export interface RemainderWishes {
  /** The service in the middle and how many hops the graph reaches; absent: only neighbours without other calls go. */
  focus?: { id: string; hops: number };
  /** Service.id of what must not be left out */
  keep?: ReadonlySet<string>;
  /** Service.id of what was shown before, and goes only when others have become much busier */
  shown?: ReadonlySet<string>;
}

/** Neighbours on one side of a service up to which all are shown */
export const MOST_NEIGHBOURS = 12;
/** Of a graph without focus; larger ones are seen in groups. */
const SMALL_GRAPH = 150;
/** So much busier has a service to be to take the place of one that was shown. */
const HYSTERESIS = 2;
const PREFIX = '["more of",';

export function isRemainderId(id: string): boolean {
  return id.startsWith(PREFIX);
}

function remainderId(hub: string, side: RemainderSide): string {
  return `${PREFIX}${JSON.stringify(side)},${JSON.stringify(hub)}]`;
}

interface Neighbour {
  id: string;
  /** req/s between the two; -1 when there is none */
  rate: number;
}

type Neighbours = Record<RemainderSide, ReadonlyMap<string, Neighbour[]>>;

function neighboursOf({ services, calls }: ServiceGraph): Neighbours {
  const known = new Set(services.map(({ id }) => id));
  const sides = { callers: new Map<string, Map<string, number>>(), callees: new Map<string, Map<string, number>>() };
  const add = (side: RemainderSide, of: string, id: string, rate: number | undefined) => {
    const row = sides[side].get(of) ?? new Map<string, number>();
    const before = row.get(id) ?? -1;
    row.set(id, rate === undefined ? before : Math.max(0, before) + rate);
    sides[side].set(of, row);
  };
  for (const { source, target, stats } of calls) {
    if (source !== target && known.has(source) && known.has(target)) {
      add('callees', source, target, stats.rate);
      add('callers', target, source, stats.rate);
    }
  }
  const listed = (side: RemainderSide) =>
    new Map([...sides[side]].map(([of, row]) => [of, [...row].map(([id, rate]) => ({ id, rate }))]));
  return { callers: listed('callers'), callees: listed('callees') };
}

/** Busiest first */
function ranked(neighbours: readonly Neighbour[], { keep, shown }: RemainderWishes): Neighbour[] {
  const weight = ({ id, rate }: Neighbour) => (keep?.has(id) ? Infinity : shown?.has(id) ? rate * HYSTERESIS : rate);
  return [...neighbours].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
}

interface Drop {
  hub: string;
  side: RemainderSide;
  ids: string[];
}

/** Cuts what is beyond the limit off a list of neighbours; one alone takes as much room as what stands for it. */
function cut(neighbours: readonly Neighbour[], wishes: RemainderWishes): { kept: string[]; dropped: string[] } {
  const ids = ranked(neighbours, wishes).map(({ id }) => id);
  const most = Math.max(MOST_NEIGHBOURS, ids.filter((id) => wishes.keep?.has(id)).length);
  return ids.length <= most + 1 ? { kept: ids, dropped: [] } : { kept: ids.slice(0, most), dropped: ids.slice(most) };
}

/** From the middle outwards, hop by hop, to each side */
function dropsAround(neighbours: Neighbours, focus: { id: string; hops: number }, wishes: RemainderWishes) {
  const shown = new Set([focus.id]);
  const drops: Drop[] = [];
  for (const side of ['callees', 'callers'] as const) {
    const seen = new Set([focus.id]);
    let frontier = [focus.id];
    for (let hop = 0; hop < focus.hops; hop++) {
      const next: string[] = [];
      for (const hub of frontier) {
        const { kept, dropped } = cut(neighbours[side].get(hub) ?? [], wishes);
        next.push(...kept.filter((id) => !seen.has(id)));
        kept.forEach((id) => (seen.add(id), shown.add(id)));
        if (dropped.length > 0) {
          drops.push({ hub, side, ids: dropped });
        }
      }
      frontier = next;
    }
  }
  return { shown, drops };
}

/** Neighbours that have no calls but with that one service: nothing else leads through them. */
function dropsOfLeaves({ services }: ServiceGraph, neighbours: Neighbours, wishes: RemainderWishes) {
  const shown = new Set(services.map(({ id }) => id));
  const drops: Drop[] = [];
  for (const { id: hub } of services) {
    for (const side of ['callees', 'callers'] as const) {
      const [here, there] =
        side === 'callees' ? [neighbours.callers, neighbours.callees] : [neighbours.callees, neighbours.callers];
      const leaves = (neighbours[side].get(hub) ?? []).filter(({ id }) => here.get(id)?.length === 1 && !there.has(id));
      const { dropped } = cut(leaves, wishes);
      if (dropped.length > 0) {
        dropped.forEach((id) => shown.delete(id));
        drops.push({ hub, side, ids: dropped });
      }
    }
  }
  return { shown, drops };
}

/** Each service that is not shown belongs to the remainder that it is a neighbour of, or lies behind. */
function remaindersOf(graph: ServiceGraph, neighbours: Neighbours, shown: Set<string>, drops: readonly Drop[]) {
  const taken = new Set<string>();
  const remainders = drops.map(({ hub, side, ids }): Remainder => {
    const services = ids.filter((id) => !shown.has(id) && !taken.has(id));
    services.forEach((id) => taken.add(id));
    return { id: remainderId(hub, side), hub, side, services };
  });
  for (const { services } of remainders) {
    for (let index = 0; index < services.length; index++) {
      for (const side of ['callees', 'callers'] as const) {
        for (const { id } of neighbours[side].get(services[index]) ?? []) {
          if (!shown.has(id) && !taken.has(id)) {
            taken.add(id);
            services.push(id);
          }
        }
      }
    }
  }
  // What nothing leads to any more, and what is alone in its remainder, is better shown.
  graph.services.filter(({ id }) => !taken.has(id)).forEach(({ id }) => shown.add(id));
  remainders.filter(({ services }) => services.length === 1).forEach(({ services: [id] }) => shown.add(id));
  return remainders.filter(({ services }) => services.length > 1);
}

function placeholderEnds({ id, hub, side }: Remainder): [source: string, target: string] {
  return side === 'callees' ? [hub, id] : [id, hub];
}

/** Of the one call between a service and the placeholder for its less busy neighbours */
export function placeholderCallId(remainder: Remainder): string {
  return callId(...placeholderEnds(remainder), '');
}

function withPlaceholders(whole: ServiceGraph, shown: ReadonlySet<string>, remainders: Remainder[]): ReducedGraph {
  const services = remainders.map(({ id }): Service => ({ id, name: '', kind: 'service', stats: {} }));
  const calls = remainders.map((remainder): ServiceCall => {
    const [source, target] = placeholderEnds(remainder);
    return { id: placeholderCallId(remainder), source, target, connectionType: '', stats: {} };
  });
  return {
    ...whole,
    services: [...whole.services.filter(({ id }) => shown.has(id)), ...services],
    calls: [...whole.calls.filter(({ source, target }) => shown.has(source) && shown.has(target)), ...calls],
    reduction: { whole, remainders },
  };
}

/**
 * The graph with at most so many neighbours on each side of a service: of one around a service those of every service
 * on the way, of a small graph those that have no other calls.
 * @returns the graph itself where nothing is left out
 */
export function withoutRemainders(graph: ServiceGraph, wishes: RemainderWishes): ReducedGraph {
  const { focus } = wishes;
  if (focus ? !graph.services.some(({ id }) => id === focus.id) : graph.services.length > SMALL_GRAPH) {
    return graph;
  }
  const neighbours = neighboursOf(graph);
  const { shown, drops } = focus ? dropsAround(neighbours, focus, wishes) : dropsOfLeaves(graph, neighbours, wishes);
  if (drops.length === 0) {
    return graph;
  }
  const remainders = remaindersOf(graph, neighbours, shown, drops);
  return remainders.length === 0 ? graph : withPlaceholders(graph, shown, remainders);
}
