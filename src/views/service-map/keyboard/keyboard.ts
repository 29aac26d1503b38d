import { type MapModel, type MapNode } from '../model/map-types';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrow(key: string): key is Arrow {
  return ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(key);
}

/** Where the keyboard starts: the busiest service that nobody calls, else the leftmost one. */
export function firstService(model: MapModel): string | undefined {
  const traffic = (node: MapNode) =>
    (model.outgoing.get(node.service.id) ?? []).reduce((sum, { call }) => sum + (call.stats.rate ?? 0), 0);
  const entries = model.nodes.filter(
    ({ service }) => !model.incoming.has(service.id) && model.outgoing.has(service.id)
  );
  const candidates = entries.length > 0 ? entries : model.nodes;
  const [first] = [...candidates].sort(
    (a, b) => traffic(b) - traffic(a) || a.centre.x - b.centre.x || a.centre.y - b.centre.y
  );
  return first?.service.id;
}

/** The nearest other card above or below, near columns first. */
function verticalNeighbour(model: MapModel, from: MapNode, sign: 1 | -1): string | undefined {
  const candidates = model.nodes
    .filter((node) => sign * (node.centre.y - from.centre.y) > 1)
    .map((node) => ({
      id: node.service.id,
      distance: Math.abs(node.centre.y - from.centre.y) + 3 * Math.abs(node.centre.x - from.centre.x),
    }));
  return candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, one) => (!best || one.distance < best.distance ? one : best),
    undefined
  )?.id;
}

/** Right follows the busiest call, left goes back to the busiest caller, up and down go to the neighbours. */
export function nextService(model: MapModel, current: string | undefined, key: Arrow): string | undefined {
  const from = current === undefined ? undefined : model.nodeById.get(current);
  if (!from) {
    return firstService(model);
  }
  const id = from.service.id;
  switch (key) {
    case 'ArrowRight':
      return model.outgoing.get(id)?.find(({ call }) => call.target !== id)?.call.target ?? id;
    case 'ArrowLeft':
      return model.incoming.get(id)?.find(({ call }) => call.source !== id)?.call.source ?? id;
    case 'ArrowUp':
      return verticalNeighbour(model, from, -1) ?? id;
    case 'ArrowDown':
      return verticalNeighbour(model, from, 1) ?? id;
  }
}
