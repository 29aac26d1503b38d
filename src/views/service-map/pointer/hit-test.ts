import { distanceToLine } from '../model/curves';
import { FAR, isDrawn, QUIET_SERVICES } from '../drawing/draw-edges';
import { type FoldedMap } from '../model/folded-map';
import { type MapEdge, type MapNode } from '../model/map-types';
import { contains } from '../model/rects';
import { type Selection } from '../selection';
import { type Point, type Rect } from '../viewport/viewport';

/** What the pointer can be on. */
export type Pointed = Selection | { kind: 'group'; id: string };

/** Cards by the cells of a grid that they touch. */
export interface HitIndex {
  map: FoldedMap;
  cells: ReadonlyMap<number, MapNode[]>;
}

const CELL = 256;
const COLUMNS = 1 << 16;
/** px of the screen */
const EDGE_REACH = 6;

function key(column: number, row: number): number {
  return column * COLUMNS + row;
}

export function hitIndex(map: FoldedMap): HitIndex {
  const cells = new Map<number, MapNode[]>();
  for (const node of map.nodes) {
    const { x, y, width, height } = node.card;
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) {
        const list = cells.get(key(column, row));
        if (list) {
          list.push(node);
        } else {
          cells.set(key(column, row), [node]);
        }
      }
    }
  }
  return { map, cells };
}

/** From afar calls are drawn the straight way. */
function straightPoints({ way: { line } }: MapEdge): Point[] {
  return Array.from({ length: line.length / 2 }, (_, index) => ({ x: line[2 * index], y: line[2 * index + 1] }));
}

function edgeAt({ edges, nodes }: FoldedMap, point: Point, k: number): MapEdge | undefined {
  const quiet = nodes.length > QUIET_SERVICES;
  const reach = EDGE_REACH / k;
  let best: MapEdge | undefined;
  let least = reach;
  for (const edge of edges) {
    const { x, y, width, height } = edge.way.bounds;
    const isNear =
      point.x > x - reach && point.x < x + width + reach && point.y > y - reach && point.y < y + height + reach;
    if (isNear && edge.calls === undefined && isDrawn(edge, quiet)) {
      const distance = distanceToLine(k < FAR ? straightPoints(edge) : edge.way.samples, point) - edge.width / 2;
      if (distance < least) {
        least = distance;
        best = edge;
      }
    }
  }
  return best;
}

/**
 * @param point of the world
 * @param k zoom, as calls can be pointed at from a few px of the screen away
 * @param asGroups whether groups stand for their services, as from afar
 */
export function hitTest({ map, cells }: HitIndex, point: Point, k: number, asGroups = false): Pointed | undefined {
  const groupAt = (groups: FoldedMap['folded']): Pointed | undefined => {
    const group = groups.find(({ box }) => contains(box, point));
    return group && { kind: 'group', id: group.id };
  };
  const folded = groupAt(asGroups ? map.model.groups : map.folded);
  if (folded) {
    return folded;
  }
  const candidates = cells.get(key(Math.floor(point.x / CELL), Math.floor(point.y / CELL)));
  const node = candidates?.find(({ card }) => contains(card, point));
  if (node) {
    return { kind: 'service', id: node.service.id };
  }
  const edge = edgeAt(map, point, k);
  return edge && { kind: 'call', id: edge.call.id };
}

/** The group whose name is at a point of the world: the strip along the top of its box. */
export function groupNameAt({ model, folded }: FoldedMap, point: Point): Pointed | undefined {
  const group = model.groups.find(({ box }) => contains({ ...box, height: Math.min(46, box.height) }, point));
  return group && !folded.includes(group) ? { kind: 'group', id: group.id } : undefined;
}

/** Services whose cards lie in a part of the world, at least by their middles. */
export function servicesIn({ nodes }: Pick<FoldedMap, 'nodes'>, rect: Rect): string[] {
  return nodes.flatMap(({ centre, service }) => (contains(rect, centre) ? [service.id] : []));
}
