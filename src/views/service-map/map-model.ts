/** What the map draws and what can be pointed at, made once from a graph and its layout. */
import { type GraphLayout } from '../../servicegraph/layout/layout-graph';
import { type Service, type ServiceCall, type ServiceGraph } from '../../servicegraph/model';
import { errorShare } from '../../servicegraph/to-frames';
import { arrowOf, type Arrow, boundsOf, type Line, sampleLine } from './curves';
import { type Health, healthOf } from './health';
import { type Point, type Rect } from './viewport';

export interface MapNode {
  service: Service;
  /** Centre and card, px of the world */
  centre: Point;
  card: Rect;
  health: Health;
  /** Failed share, 0 to 1 */
  share?: number;
}

export interface MapEdge {
  call: ServiceCall;
  source: MapNode;
  target: MapNode;
  line: Line;
  arrow?: Arrow;
  bounds: Rect;
  health: Health;
  /** px of the world */
  width: number;
  /** Between two boxes: crosses what lies between them */
  betweenGroups: boolean;
  /** Made when first asked for */
  samples(): Point[];
}

export interface MapGroup {
  name: string;
  box: Rect;
  services: number;
}

/** The calls between two boxes as one line. */
export interface Trunk {
  from: Point;
  to: Point;
  /** Calls in it, by those in the thickest */
  share: number;
}

export interface MapModel {
  nodes: MapNode[];
  edges: MapEdge[];
  groups: MapGroup[];
  /** The strongest connections of each box */
  trunks: Trunk[];
  nodeById: ReadonlyMap<string, MapNode>;
  edgeById: ReadonlyMap<string, MapEdge>;
  /** Edges out of and into each service, the busiest first */
  outgoing: ReadonlyMap<string, MapEdge[]>;
  incoming: ReadonlyMap<string, MapEdge[]>;
  bounds: Rect;
}

const EDGE_WIDTH = { least: 1.1, most: 5 } as const;
const SELF_CALL_HEIGHT = 32;

function widthsOf(calls: readonly ServiceCall[]): (call: ServiceCall) => number {
  const highest = calls.reduce((most, { stats }) => Math.max(most, stats.rate ?? 0), 0);
  return ({ stats: { rate } }) =>
    rate && highest > 0
      ? EDGE_WIDTH.least + ((EDGE_WIDTH.most - EDGE_WIDTH.least) * Math.log1p(rate)) / Math.log1p(highest)
      : EDGE_WIDTH.least;
}

function nodesOf(graph: ServiceGraph, layout: GraphLayout): MapNode[] {
  const index = new Map(layout.serviceIds.map((id, node) => [id, node]));
  const { nodeWidth, nodeHeight } = layout;
  return graph.services.flatMap((service) => {
    const node = index.get(service.id);
    if (node === undefined) {
      return [];
    }
    const centre = { x: layout.x[node], y: layout.y[node] };
    return [
      {
        service,
        centre,
        card: { x: centre.x - nodeWidth / 2, y: centre.y - nodeHeight / 2, width: nodeWidth, height: nodeHeight },
        health: healthOf(service.stats),
        share: errorShare(service.stats),
      },
    ];
  });
}

function groupsByNode(nodes: readonly MapNode[], layout: GraphLayout): Map<MapNode, number> {
  const found = new Map<MapNode, number>();
  if (layout.groups.length === 0) {
    return found;
  }
  const boxes = [...layout.groups].sort((a, b) => a.x - b.x);
  for (const node of nodes) {
    const { x, y } = node.centre;
    const box = boxes.find((one) => x > one.x && x < one.x + one.width && y > one.y && y < one.y + one.height);
    if (box) {
      found.set(node, box.group);
    }
  }
  return found;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function selfBounds({ card }: MapNode): Rect {
  return { ...card, y: card.y - SELF_CALL_HEIGHT, height: card.height + SELF_CALL_HEIGHT };
}

function edgesOf(
  graph: ServiceGraph,
  layout: GraphLayout,
  nodeById: ReadonlyMap<string, MapNode>,
  groupOf: ReadonlyMap<MapNode, number>
): MapEdge[] {
  const index = new Map(layout.callIds.map((id, edge) => [id, edge]));
  const widthOf = widthsOf(graph.calls);
  const { offsets, points } = layout.routes;
  return graph.calls.flatMap((call): MapEdge[] => {
    const [edge, source, target] = [index.get(call.id), nodeById.get(call.source), nodeById.get(call.target)];
    if (edge === undefined || !source || !target) {
      return [];
    }
    const line = points.subarray(2 * offsets[edge], 2 * offsets[edge + 1]);
    return [
      {
        call,
        source,
        target,
        line,
        arrow: arrowOf(line),
        bounds: line.length > 0 ? boundsOf(line, 8) : selfBounds(source),
        health: healthOf(call.stats),
        width: widthOf(call),
        betweenGroups: groupOf.get(source) !== groupOf.get(target),
        samples: lazily(() => sampleLine(line)),
      },
    ];
  });
}

function byService(edges: readonly MapEdge[], end: 'source' | 'target'): Map<string, MapEdge[]> {
  const lists = new Map<string, MapEdge[]>();
  for (const edge of edges) {
    const id = edge.call[end];
    const list = lists.get(id) ?? [];
    list.push(edge);
    lists.set(id, list);
  }
  for (const list of lists.values()) {
    list.sort((a, b) => (b.call.stats.rate ?? -1) - (a.call.stats.rate ?? -1));
  }
  return lists;
}

const TRUNKS_PER_GROUP = 2;

/** Where the line from the middle of a box towards `to` leaves it. */
function borderPoint({ x, y, width, height }: Rect, to: Point): Point {
  const [cx, cy] = [x + width / 2, y + height / 2];
  const [dx, dy] = [to.x - cx, to.y - cy];
  const scale = Math.min(width / 2 / Math.max(1e-6, Math.abs(dx)), height / 2 / Math.max(1e-6, Math.abs(dy)), 1);
  return { x: cx + dx * scale, y: cy + dy * scale };
}

function trunksOf(edges: readonly MapEdge[], groupOf: ReadonlyMap<MapNode, number>, layout: GraphLayout): Trunk[] {
  const counts = new Map<string, { a: number; b: number; calls: number }>();
  for (const { source, target, betweenGroups } of edges) {
    const ends = [groupOf.get(source), groupOf.get(target)];
    if (betweenGroups && ends[0] !== undefined && ends[1] !== undefined) {
      const [a, b] = [Math.min(ends[0], ends[1]), Math.max(ends[0], ends[1])];
      const link = counts.get(`${a},${b}`) ?? { a, b, calls: 0 };
      link.calls++;
      counts.set(`${a},${b}`, link);
    }
  }
  const used = new Map<number, number>();
  const boxes = new Map(layout.groups.map((box) => [box.group, box]));
  const sorted = [...counts.values()].sort((x, y) => y.calls - x.calls);
  return sorted.flatMap(({ a, b, calls }): Trunk[] => {
    const [boxA, boxB] = [boxes.get(a), boxes.get(b)];
    const room = Math.min(used.get(a) ?? 0, used.get(b) ?? 0) < TRUNKS_PER_GROUP;
    if (!boxA || !boxB || !room) {
      return [];
    }
    used.set(a, (used.get(a) ?? 0) + 1);
    used.set(b, (used.get(b) ?? 0) + 1);
    const centre = (box: Rect) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const share = calls / sorted[0].calls;
    return [{ from: borderPoint(boxA, centre(boxB)), to: borderPoint(boxB, centre(boxA)), share }];
  });
}

export function mapModel(graph: ServiceGraph, layout: GraphLayout): MapModel {
  const nodes = nodesOf(graph, layout);
  const nodeById = new Map(nodes.map((node) => [node.service.id, node]));
  const groupOf = groupsByNode(nodes, layout);
  const edges = edgesOf(graph, layout, nodeById, groupOf);
  const members = new Map<number, number>();
  groupOf.forEach((group) => members.set(group, (members.get(group) ?? 0) + 1));
  return {
    nodes,
    edges,
    nodeById,
    edgeById: new Map(edges.map((edge) => [edge.call.id, edge])),
    outgoing: byService(edges, 'source'),
    incoming: byService(edges, 'target'),
    groups: layout.groups.map(({ group, ...box }) => ({
      name: layout.groupNames[group] ?? '',
      box,
      services: members.get(group) ?? 0,
    })),
    trunks: trunksOf(edges, groupOf, layout),
    bounds: { x: 0, y: 0, width: layout.width, height: layout.height },
  };
}
