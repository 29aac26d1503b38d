/** The map's model, made once from a graph and its layout. */
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { type ServiceCall, type ServiceGraph } from '../../../servicegraph/model';
import { type CallWay } from './call-way';
import { geometryOf, type LayoutGeometry, type NodePlace } from './layout-geometry';
import { lazily } from './lazily';
import { listsBy } from './lists-by';
import { groupsOf } from './map-groups';
import { type MapEdge, type MapModel, type MapNode } from './map-types';
import { type PaintStyle, type Tone } from '../drawing/paint-style';
import { trunksOf } from './trunks';
import { type Rect } from '../viewport/viewport';

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
  private knownWay?: CallWay;

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

  get way(): CallWay {
    return (this.knownWay ??= this.geometry.way(this.index, this.source.place, this.target.place));
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
  const lists = listsBy(edges, ({ call }) => call[end]);
  for (const list of lists.values()) {
    list.sort((a, b) => (b.call.stats.rate ?? -1) - (a.call.stats.rate ?? -1));
  }
  return lists;
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
      return geometryOf(layout).router;
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
