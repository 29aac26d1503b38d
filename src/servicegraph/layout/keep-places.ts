/** After a refresh nothing moves that need not: known services stay, new ones find a free place near their callers. */
import { groupLabelOf } from '../group-by';
import { type Service, type ServiceGraph } from '../model';
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

/** Cards by the cells of a grid, so that a free place is found without looking at every card. */
class Ground {
  private readonly cells = new Map<string, Place[]>();

  constructor(
    private readonly reachX: number,
    private readonly reachY: number
  ) {}

  add(place: Place) {
    const key = this.keyOf(Math.floor(place.x / this.reachX), Math.floor(place.y / this.reachY));
    this.cells.set(key, [...(this.cells.get(key) ?? []), place]);
  }

  isFree({ x, y }: Place): boolean {
    const [column, row] = [Math.floor(x / this.reachX), Math.floor(y / this.reachY)];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const near = this.cells.get(this.keyOf(column + dx, row + dy));
        if (near?.some((other) => Math.abs(other.x - x) < this.reachX && Math.abs(other.y - y) < this.reachY)) {
          return false;
        }
      }
    }
    return true;
  }

  private keyOf(column: number, row: number): string {
    return `${column},${row}`;
  }
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

/** First known caller and callee of each service that is new. */
function neighboursOf(fresh: readonly string[], graph: ServiceGraph, known: ReadonlyMap<string, Place>) {
  const found = new Map(fresh.map((id): [string, { caller?: string; callee?: string }] => [id, {}]));
  for (const { source, target } of graph.calls) {
    const [asTarget, asSource] = [found.get(target), found.get(source)];
    if (asTarget && known.has(source)) {
      asTarget.caller ??= source;
    }
    if (asSource && known.has(target)) {
      asSource.callee ??= target;
    }
  }
  return found;
}

/** Right of a caller, else left of a callee, else under everything. */
function wantedPlace(
  { caller, callee }: { caller?: string; callee?: string },
  places: ReadonlyMap<string, Place>,
  layout: GraphLayout
): Place {
  const step = layout.nodeWidth + SPACING.layer;
  const [before, after] = [places.get(caller ?? ''), places.get(callee ?? '')];
  return before ?? (after ? { x: after.x - 2 * step, y: after.y } : { x: 0, y: layout.height });
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
    if (groupLabel !== undefined && !known.has(id)) {
      const value = groupLabelOf(service, groupLabel);
      return value === '' ? -1 : groupNames.indexOf(value);
    }
    const { x, y } = placeOf(id);
    const box = groups.find((one) => x > one.x && x < one.x + one.width && y > one.y && y < one.y + one.height);
    return known.get(id) ?? box?.group ?? -1;
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

/** Old lines are copied as they are; new calls go the straight way. */
function keptRoutes(
  previous: GraphLayout,
  calls: ReadonlyArray<{ id: string; source: string; target: string }>,
  placeOf: (id: string) => Place
): Routes {
  const { offsets, points } = previous.routes;
  const oldCalls = new Map(previous.callIds.map((id, edge) => [id, edge]));
  const kept = {
    offsets: new Int32Array(calls.length + 1),
    points: new Float64Array(points.length + 4 * calls.length),
  };
  let length = 0;
  calls.forEach(({ id, source, target }, index) => {
    const edge = oldCalls.get(id);
    if (edge !== undefined) {
      const [begin, end] = [2 * offsets[edge], 2 * offsets[edge + 1]];
      for (let at = begin; at < end; at++) {
        kept.points[length++] = points[at];
      }
    } else if (source !== target) {
      for (const value of directRoute(placeOf(source), placeOf(target), previous)) {
        kept.points[length++] = value;
      }
    }
    kept.offsets[index + 1] = length / 2;
  });
  return { offsets: kept.offsets, points: kept.points.slice(0, length) };
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
  const fresh = serviceIds.filter((id) => !known.has(id));
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
    const ground = new Ground(previous.nodeWidth + SPACING.node, previous.nodeHeight + SPACING.node);
    known.forEach((place) => ground.add(place));
    for (const [id, neighbours] of neighboursOf(fresh, graph, known)) {
      const place = freePlace(wantedPlace(neighbours, known, previous), ground, previous);
      known.set(id, place);
      ground.add(place);
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
  const [services, calls] = [new Set(previous.serviceIds), new Set(previous.callIds)];
  if (kept.serviceIds.every((id) => services.has(id)) && kept.callIds.every((id) => calls.has(id))) {
    return previous;
  }
  const [present, presentCalls] = [new Set(kept.serviceIds), new Set(kept.callIds)];
  const gone = previous.serviceIds.flatMap((id, node) => (present.has(id) ? [] : [node]));
  if (gone.length > MOST_GONE * kept.serviceIds.length) {
    return kept;
  }
  const goneCalls = previous.callIds.flatMap((id, edge) => (presentCalls.has(id) ? [] : [edge]));
  const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...gone.map((node) => b[node])]);
  const lines = [
    ...kept.callIds.map((_, edge) => routeOf(kept.routes, edge)),
    ...goneCalls.map((edge) => routeOf(previous.routes, edge)),
  ];
  return {
    ...kept,
    serviceIds: [...kept.serviceIds, ...gone.map((node) => previous.serviceIds[node])],
    callIds: [...kept.callIds, ...goneCalls.map((edge) => previous.callIds[edge])],
    nodeGroups:
      kept.nodeGroups &&
      Int32Array.from([...kept.nodeGroups, ...gone.map((node) => previous.nodeGroups?.[node] ?? -1)]),
    x: join(kept.x, previous.x),
    y: join(kept.y, previous.y),
    routes: packRoutes(lines),
  };
}
