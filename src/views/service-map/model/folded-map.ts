/** The map with some of its groups folded up: one card for each, and one line for all calls between two ends. */
import { sumStats } from '../../../servicegraph/group-stats';
import { type RequestStats } from '../../../servicegraph/model';
import { type MapEdge, type MapGroup, type MapModel, type MapNode } from './map-types';
import { loudnessOf, type PaintStyle, type Tone } from '../drawing/paint-style';
import { borderTowards, middleOf } from './rects';
import { remainderEdges } from './remainder-edges';
import { type Point, type Rect } from '../viewport/viewport';

/** Calls of which at least one end is in a folded group. */
export interface FoldedLink {
  id: string;
  from: Point;
  to: Point;
  calls: number;
  stats: RequestStats;
  tone: Tone;
  /** px of the world */
  width: number;
}

/** The loudest and thickest; more would only hide each other. */
const MOST_LINKS = 250;

export interface FoldedMap {
  model: MapModel;
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  folded: readonly MapGroup[];
  links: readonly FoldedLink[];
  /** The edge that is drawn in place of a call of a folded remainder */
  drawnAs?: ReadonlyMap<MapEdge, MapEdge>;
}

function isFoldable({ members }: MapGroup): boolean {
  return members.length > 0;
}

interface Bundle {
  source: Rect;
  target: Rect;
  edges: MapEdge[];
}

function sumOf(edges: readonly MapEdge[], paint: PaintStyle) {
  const stats = sumStats(edges.map(({ call }) => call.stats));
  return {
    calls: edges.length,
    stats,
    tone: paint.ofCalls?.(edges.map(({ call }) => call)) ?? paint.ofCall({ ...edges[0].call, id: '', stats }),
    width: Math.min(8, Math.max(...edges.map(({ width }) => width)) + Math.log2(edges.length)),
  };
}

function linkOf(id: string, { source, target, edges }: Bundle, paint: PaintStyle): FoldedLink {
  return {
    id,
    from: borderTowards(source, middleOf(target)),
    to: borderTowards(target, middleOf(source)),
    ...sumOf(edges, paint),
  };
}

/** What is drawn of the calls between the same two cards; a single one stays itself. */
function looksOf(id: string, edges: readonly MapEdge[], paint: PaintStyle): Pick<MapEdge, 'call' | 'tone' | 'width'> {
  const [{ call, tone, width }] = edges;
  if (edges.length === 1) {
    return { call, tone, width };
  }
  const { stats, ...sum } = sumOf(edges, paint);
  return { ...sum, call: { ...call, id, stats, details: undefined, look: undefined } };
}

/** @param collapsed MapGroup.id of what is folded up */
export function foldedMap(model: MapModel, collapsed: ReadonlySet<string>): FoldedMap {
  const { nodes, edges } = model;
  const isFolded =
    collapsed.size === 0 ? [] : model.groups.map((group) => collapsed.has(group.id) && isFoldable(group));
  if (!isFolded.includes(true)) {
    return { model, nodes, edges, folded: [], links: [] };
  }
  const end = (node: MapNode): { id: string; rect: Rect } =>
    isFolded[node.group]
      ? { id: `group ${node.group}`, rect: model.groups[node.group].box }
      : { id: `service ${node.service.id}`, rect: node.card };
  const bundles = new Map<string, Bundle>();
  const kept = edges.filter((edge) => {
    const { source, target } = edge;
    if (!isFolded[source.group] && !isFolded[target.group]) {
      return true;
    }
    const [from, to] = [end(source), end(target)];
    if (from.id !== to.id) {
      const id = JSON.stringify([from.id, to.id]);
      const bundle = bundles.get(id) ?? { source: from.rect, target: to.rect, edges: [] };
      bundle.edges.push(edge);
      bundles.set(id, bundle);
    }
    return false;
  });
  const remainders = new Set(model.groups.filter(({ remainder }, index) => remainder && isFolded[index]));
  const isCard = ({ group }: MapNode) => !isFolded[group] || remainders.has(model.groups[group]);
  const areCards = ({ edges: [{ source, target }] }: Bundle) => isCard(source) && isCard(target);
  const edgeOf = remainderEdges(model, remainders);
  const drawnAs = new Map<MapEdge, MapEdge>();
  const sums: MapEdge[] = [];
  for (const [id, bundle] of bundles) {
    if (areCards(bundle)) {
      const sum = edgeOf(bundle.edges[0], looksOf(id, bundle.edges, model.paint));
      bundle.edges.forEach((edge) => drawnAs.set(edge, sum));
      sums.push(sum);
    }
  }
  return {
    model,
    nodes: nodes.filter(({ group }) => !isFolded[group]),
    edges: sums.length > 0 ? [...kept, ...sums] : kept,
    drawnAs,
    folded: model.groups.filter((_, index) => isFolded[index]),
    links: [...bundles]
      .filter(([, bundle]) => !areCards(bundle))
      .map(([id, bundle]) => linkOf(id, bundle, model.paint))
      .sort((a, b) => loudnessOf(b.tone) - loudnessOf(a.tone) || b.width - a.width)
      .slice(0, MOST_LINKS)
      .reverse(),
  };
}
