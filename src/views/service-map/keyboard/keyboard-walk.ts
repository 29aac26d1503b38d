/** Where the arrow keys lead: along the calls, over services and over groups that stand for theirs. */
import { type FoldedMap } from '../model/folded-map';
import { type Pointed } from '../pointer/hit-test';
import { type Arrow, firstService, goesDown, nextService, type Step, stepOf } from './keyboard';
import { type MapEdge, type MapGroup, type MapNode } from '../model/map-types';
import { middleOf } from '../model/rects';
import { type Point } from '../viewport/viewport';

export function groupOf({ model }: FoldedMap, id: string | undefined): MapGroup | undefined {
  return id === undefined ? undefined : model.groups.find((group) => group.id === id);
}

export function isFoldedUp({ folded }: FoldedMap, group: MapGroup): boolean {
  return folded.includes(group);
}

function foldedHolder({ model, folded }: FoldedMap, node: MapNode | undefined): MapGroup | undefined {
  const group = folded.length > 0 && node ? model.groups[node.group] : undefined;
  return group && folded.includes(group) ? group : undefined;
}

/** The service itself, or the folded group that it is in */
function placeOfService(map: FoldedMap, id: string | undefined): Pointed | undefined {
  if (id === undefined) {
    return undefined;
  }
  const holder = foldedHolder(map, map.model.nodeById.get(id));
  return holder ? { kind: 'group', id: holder.id } : { kind: 'service', id };
}

interface Candidate {
  place: Pointed;
  at: Point;
}

/** The nearest across the calls (in a drawing to the right: above or below), those of the own layer first */
function neighbour(
  { model }: FoldedMap,
  from: Point,
  candidates: readonly Candidate[],
  step: Step
): Pointed | undefined {
  const [along, across] = goesDown(model) ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const sign = step === 'before' ? -1 : 1;
  let best: { place: Pointed; distance: number } | undefined;
  for (const { place, at } of candidates) {
    const [aside, ahead] = [Math.abs(at[along] - from[along]), sign * (at[across] - from[across])];
    if (ahead > 1 && (!best || ahead + 3 * aside < best.distance)) {
      best = { place, distance: ahead + 3 * aside };
    }
  }
  return best?.place;
}

const groupCandidate = ({ id, box }: MapGroup): Candidate => ({ place: { kind: 'group', id }, at: middleOf(box) });
const serviceCandidate = ({ service, centre }: MapNode): Candidate => ({
  place: { kind: 'service', id: service.id },
  at: centre,
});

function fromService(map: FoldedMap, id: string, step: Step): Pointed | undefined {
  const { model } = map;
  const node = model.nodeById.get(id);
  if (!node) {
    return placeOfService(map, firstService(model));
  }
  if (step === 'caller' || step === 'callee') {
    return placeOfService(map, nextService(model, id, step));
  }
  const candidates = [...map.nodes.map(serviceCandidate), ...map.folded.map(groupCandidate)];
  return neighbour(map, node.centre, candidates, step) ?? { kind: 'service', id };
}

/** To the caller, to the callee, or to the next call of the same caller */
function fromCall(map: FoldedMap, id: string, step: Step): Pointed | undefined {
  const edge = map.model.edgeById.get(id);
  if (!edge) {
    return undefined;
  }
  switch (step) {
    case 'caller':
      return placeOfService(map, edge.call.source);
    case 'callee':
      return placeOfService(map, edge.call.target);
    default:
      return nextCall(map.model.outgoing.get(edge.call.source) ?? [], id, step === 'before' ? -1 : 1);
  }
}

function nextCall(edges: readonly MapEdge[], id: string | undefined, step: 1 | -1): Pointed | undefined {
  const index = edges.findIndex(({ call }) => call.id === id);
  const next = index < 0 ? (step > 0 ? 0 : edges.length - 1) : (index + step + edges.length) % edges.length;
  return edges[next] && { kind: 'call', id: edges[next].call.id };
}

/** The next call made or received by a service, the busiest first, after the one that is selected. */
export function callAfter({ model }: FoldedMap, serviceId: string, id: string | undefined, step: 1 | -1) {
  const edges = [...(model.outgoing.get(serviceId) ?? []), ...(model.incoming.get(serviceId) ?? [])];
  return nextCall([...new Set(edges)], id, step);
}

/** Outside of a group what most of its requests go to, or come from: another group, or a service without one */
function busiestBeside({ model }: FoldedMap, group: MapGroup, side: 'incoming' | 'outgoing'): Pointed | undefined {
  const sums = new Map<string, { place: Pointed; rate: number }>();
  for (const { service, group: own } of group.members) {
    for (const { call, source, target } of model[side].get(service.id) ?? []) {
      const other = side === 'outgoing' ? target : source;
      if (other.group !== own) {
        const holder = model.groups[other.group];
        const place: Pointed = holder ? { kind: 'group', id: holder.id } : { kind: 'service', id: other.service.id };
        const key = `${place.kind} ${place.id}`;
        const rate = (sums.get(key)?.rate ?? 0) + (call.stats.rate ?? 0);
        sums.set(key, { place, rate });
      }
    }
  }
  return [...sums.values()].sort((a, b) => b.rate - a.rate)[0]?.place;
}

function fromGroup(map: FoldedMap, group: MapGroup, step: Step): Pointed {
  const stay: Pointed = { kind: 'group', id: group.id };
  if (step === 'caller' || step === 'callee') {
    return busiestBeside(map, group, step === 'caller' ? 'incoming' : 'outgoing') ?? stay;
  }
  const { groups, nodes } = map.model;
  const candidates = [...groups.map(groupCandidate), ...nodes.filter((node) => node.group < 0).map(serviceCandidate)];
  return neighbour(map, middleOf(group.box), candidates, step) ?? stay;
}

/** The group where callers begin */
export function firstGroup({ model }: FoldedMap): Pointed | undefined {
  const [first] = [...model.groups].sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
  return first && { kind: 'group', id: first.id };
}

/** @param asGroups groups stand for their services, as from afar */
export function nextPlace(
  map: FoldedMap,
  current: Pointed | undefined,
  key: Arrow,
  asGroups = false
): Pointed | undefined {
  const step = stepOf(map.model, key);
  switch (current?.kind) {
    case 'service':
      return fromService(map, current.id, step);
    case 'call':
      return fromCall(map, current.id, step);
    case 'group': {
      const group = groupOf(map, current.id);
      return group && fromGroup(map, group, step);
    }
    default:
      return (asGroups ? firstGroup(map) : undefined) ?? placeOfService(map, firstService(map.model));
  }
}
