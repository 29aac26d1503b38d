/** How many calls are drawn over cards that they do not belong to. */
import { layoutGraph } from '../../src/servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../src/servicegraph/model';
import { sampleLine } from '../../src/views/service-map/model/curves';
import { mapModel } from '../../src/views/service-map/model/map-model';
import { errorPaint } from '../../src/views/service-map/drawing/paint-style';
import { passes, spanOf } from '../../src/views/service-map/model/rects';
import { type Point, type Rect, type Size } from '../../src/views/service-map/viewport/viewport';
import { type Places } from './core-worker';

interface Drawn {
  source: number;
  target: number;
  points: Point[];
}

/** Per cent of the calls */
function share(calls: readonly Drawn[], cards: readonly Rect[]): number {
  const isThrough = ({ source, target, points }: Drawn) => {
    const span = spanOf(
      points.map((point) => ({ ...point, width: 0, height: 0 })),
      0
    );
    return cards.some(
      (card, node) =>
        node !== source &&
        node !== target &&
        card.x < span.x + span.width &&
        card.x + card.width > span.x &&
        points.some((point, index) => index > 0 && passes(card, points[index - 1], point))
    );
  };
  return Number(((100 * calls.filter(isThrough).length) / Math.max(1, calls.length)).toFixed(1));
}

/** Of straight lines between the middles of cards */
export function straightThroughCards(
  { x, y }: Places,
  { sources, targets }: { sources: number[]; targets: number[] },
  { width, height }: Size
): number {
  const cards = x.map((middle, node) => ({ x: middle - width / 2, y: y[node] - height / 2, width, height }));
  const at = (node: number) => ({ x: x[node], y: y[node] });
  const calls = sources.map((source, edge) => {
    const target = targets[edge];
    return { source, target, points: [at(source), at(target)] };
  });
  return share(calls, cards);
}

/** Of the lines that the map draws, around cards or as the layout alone has them. @param size px of the panel */
export function ownThroughCards(graph: ServiceGraph, size: Size, isRouted = true): number {
  const { edges, nodes } = mapModel(graph, layoutGraph(graph, size), errorPaint);
  const calls = edges.map((edge): Drawn => {
    if (isRouted) {
      edge.way.route();
    }
    return { source: edge.source.index, target: edge.target.index, points: sampleLine(edge.way.curve) };
  });
  const cards: Rect[] = [];
  nodes.forEach(({ index, card }) => (cards[index] = card));
  return share(calls, cards);
}
