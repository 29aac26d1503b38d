/** Boxes of a drawing with their members, sums and names. */
import { sumStats } from '../../../servicegraph/group-stats';
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { type RequestStats } from '../../../servicegraph/model';
import { type Remainder } from '../../../servicegraph/remainder';
import { remainderText } from '../kind-names';
import { type MapEdge, type MapGroup, type MapNode } from './map-types';
import { type PaintStyle } from '../drawing/paint-style';
import { type Rect } from '../viewport/viewport';

/** A group that has no name of its own is known by its busiest service. */
function nameOf(name: string, members: readonly MapNode[]): string {
  return name !== '' || members.length === 0
    ? name
    : members.length === 1
      ? members[0].service.name
      : `${members[0].service.name} +${members.length - 1}`;
}

/** Calls of a service with its less busy neighbours */
function callsBetween({ hub, side, services }: Remainder, edges: readonly MapEdge[]): MapEdge[] {
  const members = new Set(services);
  return edges.filter(({ call: { source, target } }) =>
    side === 'callees' ? source === hub && members.has(target) : target === hub && members.has(source)
  );
}

function remainderGroup(
  remainder: Remainder,
  box: Rect,
  members: MapNode[],
  { hubName, stats, paint }: { hubName: string; stats: RequestStats; paint: PaintStyle }
): MapGroup {
  const { id, side } = remainder;
  const services = members.map(({ service }) => service);
  return {
    id,
    name: remainderText(members.length, side, hubName),
    box,
    members,
    services: members.length,
    remainder,
    stats,
    tone: paint.ofServices?.(services) ?? paint.ofService({ id: '', name: '', kind: 'service', stats }),
  };
}

export function groupsOf(
  nodes: readonly MapNode[],
  edges: readonly MapEdge[],
  layout: GraphLayout,
  paint: PaintStyle
): MapGroup[] {
  const members = layout.groups.map((): MapNode[] => []);
  nodes.forEach((node) => members[node.group]?.push(node));
  const nameOfService = new Map(layout.remainders && nodes.map(({ service }) => [service.id, service.name]));
  return layout.groups.map(({ group, x, y, width, height }, index): MapGroup => {
    const remainder = layout.remainders?.get(group);
    if (remainder) {
      return remainderGroup(remainder, { x, y, width, height }, members[index], {
        hubName: nameOfService.get(remainder.hub) ?? remainder.hub,
        stats: sumStats(callsBetween(remainder, edges).map(({ call }) => call.stats)),
        paint,
      });
    }
    const list = members[index].sort((a, b) => (b.service.stats.rate ?? -1) - (a.service.stats.rate ?? -1));
    const stats = sumStats(list.map(({ service }) => service.stats));
    const name = layout.groupNames[group] ?? '';
    const id = name || (list[0]?.service.id ?? String(group));
    return {
      id,
      name: nameOf(name, list),
      box: { x, y, width, height },
      members: list,
      services: list.length,
      stats,
      tone:
        paint.ofServices?.(list.map(({ service }) => service)) ??
        paint.ofService({ id: '', name, kind: 'service', stats }),
    };
  });
}
