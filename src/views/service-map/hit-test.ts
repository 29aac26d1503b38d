import { distanceToLine } from './curves';
import { type MapEdge, type MapModel, type MapNode } from './map-model';
import { type Selection } from './selection';
import { type Point } from './viewport';

/** Cards by the cells of a grid that they touch. */
export interface HitIndex {
  cell: number;
  nodes: ReadonlyMap<string, MapNode[]>;
  edges: readonly MapEdge[];
}

const CELL = 256;
/** px of the screen */
const EDGE_REACH = 6;

function key(column: number, row: number): string {
  return `${column},${row}`;
}

export function hitIndex(model: MapModel): HitIndex {
  const nodes = new Map<string, MapNode[]>();
  for (const node of model.nodes) {
    const { x, y, width, height } = node.card;
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) {
        const list = nodes.get(key(column, row)) ?? [];
        list.push(node);
        nodes.set(key(column, row), list);
      }
    }
  }
  return { cell: CELL, nodes, edges: model.edges };
}

function contains({ card }: MapNode, { x, y }: Point): boolean {
  return x >= card.x && x <= card.x + card.width && y >= card.y && y <= card.y + card.height;
}

/** @param point of the world; @param k zoom, as calls can be pointed at from a few px of the screen away */
export function hitTest(index: HitIndex, point: Point, k: number): Selection | undefined {
  const candidates = index.nodes.get(key(Math.floor(point.x / index.cell), Math.floor(point.y / index.cell)));
  const node = candidates?.find((candidate) => contains(candidate, point));
  if (node) {
    return { kind: 'service', id: node.service.id };
  }
  const reach = EDGE_REACH / k;
  let best: MapEdge | undefined;
  let least = reach;
  for (const edge of index.edges) {
    const { x, y, width, height } = edge.bounds;
    if (point.x > x - reach && point.x < x + width + reach && point.y > y - reach && point.y < y + height + reach) {
      const distance = distanceToLine(edge.samples(), point) - edge.width / 2;
      if (distance < least) {
        least = distance;
        best = edge;
      }
    }
  }
  return best && { kind: 'call', id: best.call.id };
}
