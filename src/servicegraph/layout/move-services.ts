/** Services where a person put them. */
import { type GraphLayout } from './layout-graph';
import { directRoute, packRoutes, routeOf } from './routes';

/**
 * The drawing with some services elsewhere; their calls go the straight way, all else stays.
 * @param ends callers and callees of the layout's calls, by Service.id
 * @param places centres by Service.id, px; ids that the drawing does not have are passed over
 * @returns the same object when nothing moves
 */
export function moveServices(
  layout: GraphLayout,
  ends: ReadonlyMap<string, { source: string; target: string }>,
  places: ReadonlyMap<string, { x: number; y: number }>
): GraphLayout {
  const index = new Map(layout.serviceIds.map((id, node) => [id, node]));
  const moved = new Map([...places].filter(([id]) => index.has(id)));
  if (moved.size === 0) {
    return layout;
  }
  const [x, y] = [layout.x.slice(), layout.y.slice()];
  moved.forEach((place, id) => {
    const node = index.get(id) ?? 0;
    x[node] = place.x;
    y[node] = place.y;
  });
  const placeOf = (id: string) => ({ x: x[index.get(id) ?? 0], y: y[index.get(id) ?? 0] });
  const lines = layout.callIds.map((id, edge) => {
    const call = ends.get(id);
    const isMoved = call && call.source !== call.target && (moved.has(call.source) || moved.has(call.target));
    return isMoved ? directRoute(placeOf(call.source), placeOf(call.target), layout) : routeOf(layout.routes, edge);
  });
  return {
    ...layout,
    x,
    y,
    routes: packRoutes(lines),
    width: x.reduce((most, value) => Math.max(most, value + layout.nodeWidth / 2), layout.width),
    height: y.reduce((most, value) => Math.max(most, value + layout.nodeHeight / 2), layout.height),
  };
}
