/** What the map draws and what can be pointed at, made once from a graph and its layout. */
import { sumStats } from '../../servicegraph/group-stats';
import { type GraphLayout } from '../../servicegraph/layout/layout-graph';
import { type RequestStats, type Service, type ServiceCall, type ServiceGraph } from '../../servicegraph/model';
import { type Remainder } from '../../servicegraph/remainder';
import { type Arrow, type Curve, type Line } from './curves';
import { remainderText } from './kind-names';
import { type CallPath, geometryOf, type LayoutGeometry, type NodePlace } from './layout-geometry';
import { lazily } from './lazily';
import { type PaintStyle, type Tone } from './paint-style';
import { type CallRouter } from './routes/call-router';
import { routerOf } from './routes/layout-router';
import { type Point, type Rect } from './viewport';

export interface MapNode {
  service: Service;
  /** Centre and card, px of the world */
  centre: Point;
  card: Rect;
  /** Index in the layout */
  index: number;
  tone: Tone;
  /** Part of the ring in the tone's colour, 0 to 1 */
  ring?: number;
  /** Index in `MapModel.groups`, -1 for none */
  group: number;
}

export interface MapEdge {
  call: ServiceCall;
  source: MapNode;
  target: MapNode;
  /** As the layout has it, for a look from afar; empty for a self call */
  readonly line: Line;
  /** Around the cards that are in its way once it is routed, else the line */
  readonly curve: Curve;
  readonly arrow: Arrow | undefined;
  /** Of the line, and of the curve once it has been found */
  readonly bounds: Rect;
  readonly isRouted: boolean;
  /** Finds the way around cards */
  route(): void;
  tone: Tone;
  /** px of the world */
  width: number;
  /** Between two boxes: crosses what lies between them */
  betweenGroups: boolean;
  /** Points along the curve */
  samples(): Point[];
}

export interface MapGroup {
  /** The same after every refresh as long as the group is the same */
  id: string;
  name: string;
  box: Rect;
  /** Its members, the busiest first */
  members: MapNode[];
  services: number;
  /** Of a remainder: whose neighbours they are. `stats` are then those of the calls between them and that service. */
  remainder?: Remainder;
  /** Sums over its members; percentiles are absent, as they cannot be summed */
  stats: RequestStats;
  tone: Tone;
}

/** The calls between two boxes as one line. */
export interface Trunk {
  /** Indices in `MapModel.groups` */
  a: number;
  b: number;
  from: Point;
  to: Point;
  /** Calls in it, by those in the thickest */
  share: number;
  tone: Tone;
}

export interface MapModel {
  nodes: MapNode[];
  edges: MapEdge[];
  readonly groups: MapGroup[];
  /** Whether there are groups beside remainders */
  hasGroups: boolean;
  /** MapGroup.id of the groups that are remainders */
  remainderIds: readonly string[];
  /** The strongest connections of each box */
  readonly trunks: Trunk[];
  readonly nodeById: ReadonlyMap<string, MapNode>;
  readonly edgeById: ReadonlyMap<string, MapEdge>;
  /** Edges out of and into each service, the busiest first */
  readonly outgoing: ReadonlyMap<string, MapEdge[]>;
  readonly incoming: ReadonlyMap<string, MapEdge[]>;
  bounds: Rect;
  /** Finds ways around its cards */
  readonly router: CallRouter;
  /** What its tones mean */
  paint: PaintStyle;
}

const EDGE_WIDTH = { least: 1.1, most: 5 } as const;

function widthsOf(calls: readonly ServiceCall[]): (call: ServiceCall) => number {
  const rateOf = ({ stats: { rate = 0 } }: ServiceCall) => (rate > 0 && rate < Infinity ? rate : 0);
  const highest = calls.reduce((most, call) => Math.max(most, rateOf(call)), 0);
  const scale = highest > 0 ? (EDGE_WIDTH.most - EDGE_WIDTH.least) / Math.log1p(highest) : 0;
  return (call) => call.look?.thickness ?? EDGE_WIDTH.least + scale * Math.log1p(rateOf(call));
}

/**
 * Index of each id in `known`; where both lists go on in step, as after a refresh, nothing is looked up.
 * @returns -1 for an id that is not in `known`
 */
function indexer(known: readonly string[]): (id: string) => number {
  let next = 0;
  const byId = lazily(() => new Map(known.map((id, index) => [id, index])));
  return (id) => {
    if (known[next] === id) {
      return next++;
    }
    const index = byId().get(id) ?? -1;
    next = index + 1;
    return index;
  };
}

interface PlacedNode extends MapNode {
  place: NodePlace;
}

function nodesOf(graph: ServiceGraph, layout: GraphLayout, paint: PaintStyle): PlacedNode[] {
  const indexOf = indexer(layout.serviceIds);
  const { places } = geometryOf(layout);
  const nodes: PlacedNode[] = [];
  for (const service of graph.services) {
    const index = indexOf(service.id);
    if (index >= 0) {
      const place = places[index];
      nodes.push({
        service,
        place,
        centre: place.centre,
        card: place.card,
        index,
        tone: paint.ofService(service),
        ring: paint.ringOf(service),
        group: place.group,
      });
    }
  }
  return nodes;
}

/** Ways are worked out only for calls that are drawn. */
class PlacedEdge implements MapEdge {
  private way?: CallPath;

  constructor(
    readonly call: ServiceCall,
    readonly source: PlacedNode,
    readonly target: PlacedNode,
    readonly tone: Tone,
    readonly width: number,
    private readonly geometry: LayoutGeometry,
    private readonly index: number
  ) {}

  get betweenGroups(): boolean {
    return this.source.group !== this.target.group;
  }

  get bounds(): Rect {
    return this.path.bounds;
  }

  get line(): Line {
    return this.path.line;
  }

  get isRouted(): boolean {
    return this.path.isRouted;
  }

  get curve(): Curve {
    return this.path.curve;
  }

  get arrow(): Arrow | undefined {
    return this.path.arrow;
  }

  route() {
    this.path.route();
  }

  samples(): Point[] {
    return this.path.samples;
  }

  private get path(): CallPath {
    return (this.way ??= this.geometry.path(this.index, this.source.place, this.target.place));
  }
}

function edgesOf(
  graph: ServiceGraph,
  layout: GraphLayout,
  nodeById: ReadonlyMap<string, PlacedNode>,
  paint: PaintStyle
): MapEdge[] {
  const indexOf = indexer(layout.callIds);
  const widthOf = widthsOf(graph.calls);
  const geometry = geometryOf(layout);
  const edges: MapEdge[] = [];
  for (const call of graph.calls) {
    const [source, target] = [nodeById.get(call.source), nodeById.get(call.target)];
    const index = source && target ? indexOf(call.id) : -1;
    if (source && target && index >= 0) {
      edges.push(new PlacedEdge(call, source, target, paint.ofCall(call), widthOf(call), geometry, index));
    }
  }
  return edges;
}

function byService(edges: readonly MapEdge[], end: 'source' | 'target'): Map<string, MapEdge[]> {
  const lists = new Map<string, MapEdge[]>();
  for (const edge of edges) {
    const id = edge.call[end];
    const list = lists.get(id);
    if (list) {
      list.push(edge);
    } else {
      lists.set(id, [edge]);
    }
  }
  for (const list of lists.values()) {
    list.sort((a, b) => (b.call.stats.rate ?? -1) - (a.call.stats.rate ?? -1));
  }
  return lists;
}

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

function groupsOf(
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

const TRUNKS_PER_GROUP = 2;
const MOST_TRUNKS = 120;

/** Where the line from the middle of a box towards `to` leaves it. */
function borderPoint({ x, y, width, height }: Rect, to: Point): Point {
  const [cx, cy] = [x + width / 2, y + height / 2];
  const [dx, dy] = [to.x - cx, to.y - cy];
  const scale = Math.min(width / 2 / Math.max(1e-6, Math.abs(dx)), height / 2 / Math.max(1e-6, Math.abs(dy)), 1);
  return { x: cx + dx * scale, y: cy + dy * scale };
}

interface Bundle {
  a: number;
  b: number;
  calls: ServiceCall[];
}

function bundlesOf(edges: readonly MapEdge[], count: number): Bundle[] {
  const bundles = new Map<number, Bundle>();
  for (const { betweenGroups, source, target, call } of edges) {
    if (betweenGroups && source.group >= 0 && target.group >= 0) {
      const [a, b] = [Math.min(source.group, target.group), Math.max(source.group, target.group)];
      const bundle = bundles.get(a * count + b);
      if (bundle) {
        bundle.calls.push(call);
      } else {
        bundles.set(a * count + b, { a, b, calls: [call] });
      }
    }
  }
  return [...bundles.values()].sort((x, y) => y.calls.length - x.calls.length);
}

/** The most between two groups, and so many in all: more of them would only hide each other. */
function trunksOf(edges: readonly MapEdge[], groups: readonly MapGroup[], paint: PaintStyle): Trunk[] {
  const used = new Int32Array(groups.length);
  const sorted = bundlesOf(edges, groups.length);
  const centre = (box: Rect) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const trunks: Trunk[] = [];
  for (const { a, b, calls } of sorted) {
    if (Math.min(used[a], used[b]) < TRUNKS_PER_GROUP && trunks.length < MOST_TRUNKS) {
      used[a]++;
      used[b]++;
      const [boxA, boxB] = [groups[a].box, groups[b].box];
      trunks.push({
        a,
        b,
        from: borderPoint(boxA, centre(boxB)),
        to: borderPoint(boxB, centre(boxA)),
        share: calls.length / sorted[0].calls.length,
        tone:
          paint.ofCalls?.(calls) ??
          paint.ofCall({ ...calls[0], id: '', stats: sumStats(calls.map(({ stats }) => stats)) }),
      });
    }
  }
  return trunks;
}

/** Everything of the layout, and services that were put outside of it. */
function boundsOf(nodes: readonly MapNode[], layout: GraphLayout): Rect {
  let [left, top, right, bottom] = [0, 0, layout.width, layout.height];
  for (const { card } of nodes) {
    left = Math.min(left, card.x);
    top = Math.min(top, card.y);
    right = Math.max(right, card.x + card.width);
    bottom = Math.max(bottom, card.y + card.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What only pointing, selecting or a look from afar needs is made when first asked for. */
export function mapModel(graph: ServiceGraph, layout: GraphLayout, paint: PaintStyle): MapModel {
  const nodes = nodesOf(graph, layout, paint);
  const nodeById = new Map(nodes.map((node) => [node.service.id, node]));
  const edges = edgesOf(graph, layout, nodeById, paint);
  const groups = lazily(() => groupsOf(nodes, edges, layout, paint));
  const trunks = lazily(() => trunksOf(edges, groups(), paint));
  const edgeById = lazily(() => new Map(edges.map((edge) => [edge.call.id, edge])));
  const outgoing = lazily(() => byService(edges, 'source'));
  const incoming = lazily(() => byService(edges, 'target'));
  return {
    nodes,
    edges,
    nodeById,
    paint,
    bounds: boundsOf(nodes, layout),
    hasGroups: layout.groups.length > (layout.remainders?.size ?? 0),
    remainderIds: [...(layout.remainders?.values() ?? [])].map(({ id }) => id),
    get router() {
      return routerOf(layout);
    },
    get groups() {
      return groups();
    },
    get trunks() {
      return trunks();
    },
    get edgeById() {
      return edgeById();
    },
    get outgoing() {
      return outgoing();
    },
    get incoming() {
      return incoming();
    },
  };
}
