/** The map with some of its groups folded up: one card for each, and one line for all calls between two ends. */
import { sumStats } from '../../servicegraph/group-stats';
import { type RequestStats } from '../../servicegraph/model';
import { type Line } from './curves';
import { type MapEdge, type MapGroup, type MapModel, type MapNode } from './map-types';
import { loudnessOf, type PaintStyle, type Tone } from './paint-style';
import { borderTowards, middleOf } from './rects';
import { type Point, type Rect } from './viewport';

/** Calls of which at least one end is in a folded group. */
export interface FoldedLink {
  id: string;
  from: Point;
  to: Point;
  /** The way that a layout found for it; straight when absent */
  line?: Line;
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
}

function isFoldable({ members }: MapGroup): boolean {
  return members.length > 0;
}

interface Bundle {
  source: Rect;
  target: Rect;
  edges: MapEdge[];
  line?: Line;
}

function linkOf(id: string, { source, target, edges, line }: Bundle, paint: PaintStyle): FoldedLink {
  const stats = sumStats(edges.map(({ call }) => call.stats));
  return {
    id,
    from: borderTowards(source, middleOf(target)),
    to: borderTowards(target, middleOf(source)),
    line,
    calls: edges.length,
    stats,
    tone: paint.ofCalls?.(edges.map(({ call }) => call)) ?? paint.ofCall({ ...edges[0].call, id: '', stats }),
    width: Math.min(8, Math.max(...edges.map(({ width }) => width)) + Math.log2(edges.length)),
  };
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
  /** A remainder's card is a card of the layout, which leads the calls of its service there. */
  const foundLine = ({ source, target, line }: MapEdge): Line | undefined => {
    const [a, b] = [model.groups[source.group]?.remainder, model.groups[target.group]?.remainder];
    const isFound = (a && a.hub === target.service.id) || (b && b.hub === source.service.id);
    return isFound && !(isFolded[source.group] && isFolded[target.group]) ? line : undefined;
  };
  const bundles = new Map<string, Bundle>();
  const kept = edges.filter((edge) => {
    const { source, target } = edge;
    if (!isFolded[source.group] && !isFolded[target.group]) {
      return true;
    }
    const [from, to] = [end(source), end(target)];
    if (from.id !== to.id) {
      const id = JSON.stringify([from.id, to.id]);
      const bundle = bundles.get(id) ?? { source: from.rect, target: to.rect, edges: [], line: foundLine(edge) };
      bundle.edges.push(edge);
      bundles.set(id, bundle);
    }
    return false;
  });
  return {
    model,
    nodes: nodes.filter(({ group }) => !isFolded[group]),
    edges: kept,
    folded: model.groups.filter((_, index) => isFolded[index]),
    links: [...bundles]
      .map(([id, bundle]) => linkOf(id, bundle, model.paint))
      .sort((a, b) => loudnessOf(b.tone) - loudnessOf(a.tone) || b.width - a.width)
      .slice(0, MOST_LINKS)
      .reverse(),
  };
}
