import { fullestWindow } from './fullest-window';
import { layoutGraph } from './layout/layout-graph';
import { type ServiceGraph } from './model';

/** px of a node of the core panel: a circle with two lines of text below. The text may reach into the room beside it. */
const NODE = { width: 80, height: 124 } as const;
const DRAWING = { width: 1600, height: 900 } as const;
/** px between the middles of nodes that are seen whole in Explore in a window of 1280 px, beside menu and outline. */
const SEEN = { width: 660, height: 440 } as const;

/**
 * Places (px) for `fixedx` and `fixedy` of node frames, by Service.id: with them Grafana's node graph panel shows our
 * layout, where its own tends to put everything into one column. The panel opens with 0, 0 in its middle and never
 * zooms to fit, so that is where most of the services, and the busiest of them, are seen at once.
 */
export function nodeGraphPositions(graph: ServiceGraph): Map<string, { x: number; y: number }> {
  const { services } = graph;
  const { x, y } = layoutGraph(graph, { ...DRAWING, nodeWidth: NODE.width, nodeHeight: NODE.height });
  const most = Math.max(0, ...services.map(({ stats }) => finite(stats.rate)));
  const places = services.map(({ stats }, node) => ({
    x: x[node],
    y: y[node],
    weight: 1 + (most > 0 ? finite(stats.rate) / most : 0),
  }));
  const center = fullestWindow(places, SEEN);
  return new Map(services.map(({ id }, node) => [id, { x: x[node] - center.x, y: y[node] - center.y }]));
}

function finite(rate: number | undefined): number {
  return rate !== undefined && rate > 0 && rate < Infinity ? rate : 0;
}
