/** After a refresh nothing moves that need not: known services stay, new ones find a free place near their callers. */
import { groupLabelOf } from '../group-by';
import { type Service, type ServiceCall, type ServiceGraph } from '../model';
import { type GraphLayout } from './layout-graph';
import { directRoute, packRoutes, routeOf } from './routes';
import { type Routes, SPACING } from './types';

/** Beyond this share of new services an old drawing no longer suits the graph. */
const MOST_NEW = 0.2;
/** With fewer of its services left it would be mostly holes. */
const LEAST_LEFT = 0.6;

interface Place {
  x: number;
  y: number;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Indices of what the other list does not have */
function missingIn(other: readonly string[], list: readonly string[]): number[] {
  const known = new Set(other);
  return list.flatMap((item, index) => (known.has(item) ? [] : [index]));
}

interface Ground {
  take(place: Place): void;
  isFree(place: Place): boolean;
}

const NEAR = [-1, 0, 1];
/** More cells than any column of the grid has */
const COLUMN = 1e6;

/** Places taken by the cells of a grid, so that a free one is found without looking at every card. @param reach px that two are apart */
function groundOf(reach: Place): Ground {
  const cells = new Map<number, Place[]>();
  const cellOf = ({ x, y }: Place, columns = 0, rows = 0) =>
    COLUMN * (Math.floor(x / reach.x) + columns) + Math.floor(y / reach.y) + rows;
  const isApart = (a: Place, b: Place) => Math.abs(a.x - b.x) >= reach.x || Math.abs(a.y - b.y) >= reach.y;
  return {
    take(place) {
      const cell = cellOf(place);
      const there = cells.get(cell);
      if (there) {
        there.push(place);
      } else {
        cells.set(cell, [place]);
      }
    },
    isFree: (place) =>
      NEAR.every((columns) =>
        NEAR.every((rows) => cells.get(cellOf(place, columns, rows))?.every((other) => isApart(place, other)) ?? true)
      ),
  };
}

/** Looks for a free cell to the right of `near`, further and further away. */
function freePlace(near: Place, ground: Ground, layout: GraphLayout): Place {
  const [stepX, stepY] = [layout.nodeWidth + SPACING.layer, layout.nodeHeight + SPACING.node];
  for (let ring = 0; ring < 200; ring++) {
    for (let row = 0; row <= ring; row++) {
      for (const sign of row === 0 ? [1] : [1, -1]) {
        const place = { x: near.x + stepX * (1 + ring - row), y: near.y + sign * row * stepY };
        if (ground.isFree(place)) {
          return place;
        }
      }
    }
  }
  return { x: layout.width + stepX, y: near.y };
}

/** Right of the first known caller, else left of the first known callee, else under everything */
function wantedPlaces(calls: readonly ServiceCall[], known: ReadonlyMap<string, Place>, layout: GraphLayout) {
  const [callers, callees] = [new Map<string, Place>(), new Map<string, Place>()];
  for (const { source, target } of calls) {
    const [from, to] = [known.get(source), known.get(target)];
    if (from && !to && !callers.has(target)) {
      callers.set(target, from);
    }
    if (to && !from && !callees.has(source)) {
      callees.set(source, { x: to.x - 2 * (layout.nodeWidth + SPACING.layer), y: to.y });
    }
  }
  return (id: string): Place => callers.get(id) ?? callees.get(id) ?? { x: 0, y: layout.height };
}

/**
 * Known services keep their group; a new one belongs to that of its own label where groups are made by one, else to the
 * box that it was put in, if any (-1).
 */
function groupsOf(
  { serviceIds, nodeGroups, groups, groupNames, groupLabel }: GraphLayout,
  services: readonly Service[],
  placeOf: (id: string) => Place
): Int32Array {
  const known = new Map(serviceIds.map((id, node) => [id, nodeGroups?.[node] ?? -1]));
  return Int32Array.from(services, (service) => {
    const { id } = service;
    const kept = known.get(id);
    if (kept !== undefined) {
      return kept;
    }
    if (groupLabel !== undefined) {
      const value = groupLabelOf(service, groupLabel);
      return value === '' ? -1 : groupNames.indexOf(value);
    }
    const { x, y } = placeOf(id);
    const box = groups.find((one) => x > one.x && x < one.x + one.width && y > one.y && y < one.y + one.height);
    return box?.group ?? -1;
  });
}

/** Boxes that hold all of their members, also those that found no place in them. */
function grownBoxes({ groups, nodeWidth, nodeHeight }: GraphLayout, nodeGroups: Int32Array, places: readonly Place[]) {
  const grown = new Map(groups.map((box) => [box.group, { ...box }]));
  nodeGroups.forEach((group, node) => {
    const box = grown.get(group);
    if (box) {
      const [right, bottom] = [box.x + box.width, box.y + box.height];
      const reach = { x: nodeWidth / 2 + SPACING.groupPadding, y: nodeHeight / 2 + SPACING.groupPadding };
      box.x = Math.min(box.x, places[node].x - reach.x);
      box.y = Math.min(box.y, places[node].y - reach.y - SPACING.groupHeader);
      box.width = Math.max(right, places[node].x + reach.x) - box.x;
      box.height = Math.max(bottom, places[node].y + reach.y) - box.y;
    }
  });
  return [...grown.values()];
}

/** Old lines stay as they are; new calls go the straight way. */
function keptRoutes(previous: GraphLayout, calls: readonly ServiceCall[], placeOf: (id: string) => Place): Routes {
  const oldCalls = new Map(previous.callIds.map((id, edge) => [id, edge]));
  return packRoutes(
    calls.map(({ id, source, target }) => {
      const edge = oldCalls.get(id);
      return edge !== undefined
        ? routeOf(previous.routes, edge)
        : source === target
          ? []
          : directRoute(placeOf(source), placeOf(target), previous);
    })
  );
}

function furthest(values: Float64Array, half: number, least: number): number {
  return values.reduce((most, value) => Math.max(most, value + half), least);
}

/**
 * The previous drawing carried over to a newer graph: the very same object when services and calls are the same.
 * Nothing known moves by a single px, also when a new service finds its place above or left of everything.
 * @returns undefined when too much is new, so that a fresh layout is better
 */
export function keepPlaces(previous: GraphLayout, graph: ServiceGraph): GraphLayout | undefined {
  const serviceIds = graph.services.map(({ id }) => id);
  const known = new Map(previous.serviceIds.map((id, node) => [id, { x: previous.x[node], y: previous.y[node] }]));
  const fresh = missingIn(previous.serviceIds, serviceIds);
  const left = serviceIds.length - fresh.length;
  if (left === 0 || fresh.length > MOST_NEW * serviceIds.length || left < LEAST_LEFT * previous.serviceIds.length) {
    return undefined;
  }
  const present = new Set(serviceIds);
  const calls = graph.calls.filter(({ source, target }) => present.has(source) && present.has(target));
  const callIds = calls.map(({ id }) => id);
  if (sameList(previous.serviceIds, serviceIds) && sameList(previous.callIds, callIds)) {
    return previous;
  }
  if (fresh.length > 0) {
    const ground = groundOf({ x: previous.nodeWidth + SPACING.node, y: previous.nodeHeight + SPACING.node });
    known.forEach(ground.take);
    const wantedPlace = wantedPlaces(graph.calls, known, previous);
    for (const node of fresh) {
      const id = serviceIds[node];
      const place = freePlace(wantedPlace(id), ground, previous);
      known.set(id, place);
      ground.take(place);
    }
  }
  const placeOf = (id: string) => known.get(id) ?? { x: 0, y: 0 };
  const x = Float64Array.from(serviceIds, (id) => placeOf(id).x);
  const y = Float64Array.from(serviceIds, (id) => placeOf(id).y);
  const nodeGroups = previous.nodeGroups && groupsOf(previous, graph.services, placeOf);
  return {
    ...previous,
    serviceIds,
    callIds,
    nodeGroups,
    ...(previous.groupLabel !== undefined && nodeGroups
      ? { groups: grownBoxes(previous, nodeGroups, serviceIds.map(placeOf)) }
      : {}),
    x,
    y,
    routes: keptRoutes(previous, calls, placeOf),
    width: furthest(x, previous.nodeWidth / 2, previous.width),
    height: furthest(y, previous.nodeHeight / 2, previous.height),
  };
}

/** Services that are gone are remembered until there are this many for each that is there. */
const MOST_GONE = 0.3;

/**
 * `kept` with the places of what it lacks of `previous`, so that a service that comes and goes always stands in the
 * same place. @returns `previous` itself when there is nothing new to remember
 */
export function rememberPlaces(previous: GraphLayout, kept: GraphLayout): GraphLayout {
  const isNew = (of: 'serviceIds' | 'callIds') => missingIn(previous[of], kept[of]).length > 0;
  if (!isNew('serviceIds') && !isNew('callIds')) {
    return previous;
  }
  const gone = missingIn(kept.serviceIds, previous.serviceIds);
  if (gone.length > MOST_GONE * kept.serviceIds.length) {
    return kept;
  }
  const goneCalls = missingIn(kept.callIds, previous.callIds);
  const join = <T>(a: Iterable<T>, b: ArrayLike<T>, indices = gone) => [...a, ...indices.map((index) => b[index])];
  return {
    ...kept,
    serviceIds: join(kept.serviceIds, previous.serviceIds),
    callIds: join(kept.callIds, previous.callIds, goneCalls),
    nodeGroups:
      kept.nodeGroups && Int32Array.from(join(kept.nodeGroups, previous.nodeGroups ?? []), (group = -1) => group),
    x: Float64Array.from(join(kept.x, previous.x)),
    y: Float64Array.from(join(kept.y, previous.y)),
    routes: packRoutes([
      ...kept.callIds.map((_, edge) => routeOf(kept.routes, edge)),
      ...goneCalls.map((edge) => routeOf(previous.routes, edge)),
    ]),
  };
}
