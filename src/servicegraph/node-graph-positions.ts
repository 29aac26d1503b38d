import { layoutGraph } from './layout/layout-graph';
import { type ServiceGraph } from './model';

/** The core panel draws circles of 100 px with two lines of text below, which need more height than our cards. */
const STRETCH = { x: 1, y: 1.9 } as const;
const DRAWING = { width: 1600, height: 900 } as const;

/**
 * Places (px) for `fixedx` and `fixedy` of node frames, by Service.id: with them Grafana's node graph panel shows our
 * layout, where its own tends to put everything into one column.
 */
export function nodeGraphPositions(graph: ServiceGraph): Map<string, { x: number; y: number }> {
  const { serviceIds, x, y } = layoutGraph(graph, DRAWING);
  const middle = { x: middleOf(x), y: middleOf(y) };
  return new Map(
    serviceIds.map((id, node) => [id, { x: (x[node] - middle.x) * STRETCH.x, y: (y[node] - middle.y) * STRETCH.y }])
  );
}

/** The panel opens with 0, 0 in its middle. */
function middleOf(places: ArrayLike<number>): number {
  const all = Array.from(places);
  return all.length === 0 ? 0 : (Math.min(...all) + Math.max(...all)) / 2;
}
