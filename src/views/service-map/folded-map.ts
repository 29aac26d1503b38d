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

/** Calls between the same two cards as one, which goes around others as any call does. */
function summedEdge(id: string, edges: readonly MapEdge[], paint: PaintStyle): MapEdge {
  const [first] = edges;
  if (edges.length === 1) {
    return first;
  }
  const { stats, ...sum } = sumOf(edges, paint);
  return {
    ...sum,
    call: { ...first.call, id, stats, details: undefined, look: undefined },
    source: first.source,
    target: first.target,
    line: first.line,
    betweenGroups: false,
    get curve() {
      return first.curve;
    },
    get arrow() {
      return first.arrow;
    },
    get bounds() {
      return first.bounds;
    },
    get isRouted() {
      return first.isRouted;
    },
    route: () => first.route(),
    samples: () => first.samples(),
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
  /** A folded remainder is a card among the others. */
  const isCard = ({ group }: MapNode) => !isFolded[group] || model.groups[group].remainder !== undefined;
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
  const isBetweenCards = ([
    ,
    {
      edges: [{ source, target }],
    },
  ]: [string, Bundle]) => isCard(source) && isCard(target);
  const sums = [...bundles].filter(isBetweenCards).map(([id, bundle]) => summedEdge(id, bundle.edges, model.paint));
  return {
    model,
    nodes: nodes.filter(({ group }) => !isFolded[group]),
    edges: sums.length > 0 ? [...kept, ...sums] : kept,
    folded: model.groups.filter((_, index) => isFolded[index]),
    links: [...bundles]
      .filter((entry) => !isBetweenCards(entry))
      .map(([id, bundle]) => linkOf(id, bundle, model.paint))
      .sort((a, b) => loudnessOf(b.tone) - loudnessOf(a.tone) || b.width - a.width)
      .slice(0, MOST_LINKS)
      .reverse(),
  };
}
