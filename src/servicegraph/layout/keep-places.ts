/** After a refresh nothing moves that need not: known services stay, new ones find a free place near their callers. */
import { type ServiceGraph } from '../model';
import { type GraphLayout } from './layout-graph';
import { directRoute, packRoutes, routeOf } from './routes';
import { SPACING } from './types';

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

/** Looks for a free cell to the right of `near`, further and further away. */
function freePlace(near: Place, taken: Place[], layout: GraphLayout): Place {
  const [stepX, stepY] = [layout.nodeWidth + SPACING.layer, layout.nodeHeight + SPACING.node];
  const isFree = ({ x, y }: Place) =>
    taken.every((other) => Math.abs(other.x - x) >= layout.nodeWidth + SPACING.node || Math.abs(other.y - y) >= stepY);
  for (let ring = 0; ring < 200; ring++) {
    for (let row = 0; row <= ring; row++) {
      for (const sign of row === 0 ? [1] : [1, -1]) {
        const place = { x: near.x + stepX * (1 + ring - row), y: near.y + sign * row * stepY };
        if (isFree(place)) {
          return place;
        }
      }
    }
  }
  return { x: layout.width + stepX, y: near.y };
}

function callersPlace(id: string, graph: ServiceGraph, places: ReadonlyMap<string, Place>, layout: GraphLayout): Place {
  const callers = graph.calls.flatMap(({ source, target }) => (target === id ? (places.get(source) ?? []) : []));
  const callees = graph.calls.flatMap(({ source, target }) => (source === id ? (places.get(target) ?? []) : []));
  const step = layout.nodeWidth + SPACING.layer;
  return callers[0] ?? (callees[0] ? { x: callees[0].x - 2 * step, y: callees[0].y } : { x: 0, y: layout.height });
}

/** Moves everything so that it begins at 0, 0 again. */
function normalised(layout: GraphLayout): GraphLayout {
  const [halfWidth, halfHeight] = [layout.nodeWidth / 2, layout.nodeHeight / 2];
  const bounds = (values: Float64Array, half: number) => ({
    least: values.reduce((found, value) => Math.min(found, value - half), 0),
    most: values.reduce((found, value) => Math.max(found, value + half), 0),
  });
  const [horizontal, vertical] = [bounds(layout.x, halfWidth), bounds(layout.y, halfHeight)];
  const [dx, dy] = [-horizontal.least, -vertical.least];
  return {
    ...layout,
    x: layout.x.map((value) => value + dx),
    y: layout.y.map((value) => value + dy),
    routes: {
      ...layout.routes,
      points: layout.routes.points.map((value, index) => value + (index % 2 === 0 ? dx : dy)),
    },
    groups: layout.groups.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
    width: Math.max(layout.width, horizontal.most) + dx,
    height: Math.max(layout.height, vertical.most) + dy,
  };
}

/** Known services keep their group; a new one belongs to the box that it was put in, if any (-1). */
function groupsOf(
  { serviceIds, nodeGroups, groups }: GraphLayout,
  ids: readonly string[],
  placeOf: (id: string) => Place
): Int32Array {
  const known = new Map(serviceIds.map((id, node) => [id, nodeGroups?.[node] ?? -1]));
  return Int32Array.from(ids, (id) => {
    const { x, y } = placeOf(id);
    const box = groups.find((one) => x > one.x && x < one.x + one.width && y > one.y && y < one.y + one.height);
    return known.get(id) ?? box?.group ?? -1;
  });
}

/**
 * The previous drawing carried over to a newer graph: the very same object when services and calls are the same.
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
  const taken = [...known.values()];
  for (const id of fresh) {
    const place = freePlace(callersPlace(id, graph, known, previous), taken, previous);
    known.set(id, place);
    taken.push(place);
  }
  const placeOf = (id: string) => known.get(id) ?? { x: 0, y: 0 };
  const oldCalls = new Map(previous.callIds.map((id, edge) => [id, edge]));
  const lines = calls.map(({ id, source, target }) => {
    const edge = oldCalls.get(id);
    if (edge !== undefined) {
      return routeOf(previous.routes, edge);
    }
    return source === target ? [] : directRoute(placeOf(source), placeOf(target), previous);
  });
  const layout: GraphLayout = {
    ...previous,
    serviceIds,
    callIds,
    nodeGroups: previous.nodeGroups && groupsOf(previous, serviceIds, placeOf),
    x: Float64Array.from(serviceIds, (id) => placeOf(id).x),
    y: Float64Array.from(serviceIds, (id) => placeOf(id).y),
    routes: packRoutes(lines),
  };
  return fresh.length > 0 ? normalised(layout) : layout;
}
