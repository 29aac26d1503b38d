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
  return new Map(serviceIds.map((id, node) => [id, { x: x[node] * STRETCH.x, y: y[node] * STRETCH.y }]));
}
