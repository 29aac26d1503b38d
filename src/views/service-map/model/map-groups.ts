/** Boxes of a drawing with their members, sums and names. */
import { sumStats } from '../../../servicegraph/group-stats';
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { type Remainder } from '../../../servicegraph/remainder';
import { remainderText } from '../kind-names';
import { type MapEdge, type MapGroup, type MapNode } from './map-types';
import { type PaintStyle } from '../drawing/paint-style';

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

export function groupsOf(
  nodes: readonly MapNode[],
  edges: readonly MapEdge[],
  layout: GraphLayout,
  paint: PaintStyle
): MapGroup[] {
  const membersOf = layout.groups.map((): MapNode[] => []);
  nodes.forEach((node) => membersOf[node.group]?.push(node));
  const nameOfService = new Map(layout.remainders && nodes.map(({ service }) => [service.id, service.name]));
  return layout.groups.map(({ group, x, y, width, height }, index): MapGroup => {
    const members = membersOf[index];
    const remainder = layout.remainders?.get(group);
    if (!remainder) {
      members.sort((a, b) => (b.service.stats.rate ?? -1) - (a.service.stats.rate ?? -1));
    }
    const services = members.map(({ service }) => service);
    const counted = remainder ? callsBetween(remainder, edges).map(({ call }) => call) : services;
    const stats = sumStats(counted.map((one) => one.stats));
    const name = layout.groupNames[group] ?? '';
    return {
      id: remainder?.id ?? (name || (services[0]?.id ?? String(group))),
      name: remainder
        ? remainderText(services.length, remainder.side, nameOfService.get(remainder.hub) ?? remainder.hub)
        : nameOf(name, members),
      box: { x, y, width, height },
      members,
      services: services.length,
      remainder,
      stats,
      tone: paint.ofServices?.(services) ?? paint.ofService({ id: '', name, kind: 'service', stats }),
    };
  });
}
