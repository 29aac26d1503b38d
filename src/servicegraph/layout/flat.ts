import { layerPlaces, verticalPlaces } from './coordinates';
import { acyclic, edgesToReverse } from './cycles';
import { type Drawing } from './drawing';
import { boundedLayers, longestPathLayers, tallestLayer } from './layers';
import { orderLayers } from './ordering';
import { properLayering } from './proper-layering';
import { reversedLine, routesThroughDummies } from './routes';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

/** A layer may stand this much above what the aspect allows before it is spread over several. */
const TOLERANCE = 1.35;
/** A column of so few is no tower, whatever the aspect. */
const FEW = 10;

/** As many nodes in a layer as give the drawing about the aspect wanted */
function chooseLayers(dag: LayoutInput, { aspect, nodeWidth, nodeHeight, layerMost }: LayoutOptions): Int32Array {
  const ideal = longestPathLayers(dag);
  const cell = (nodeWidth + 1.4 * SPACING.layer) / (nodeHeight + SPACING.node);
  const most = layerMost ?? Math.max(3, Math.ceil(Math.sqrt((dag.nodeCount * cell) / aspect)));
  return tallestLayer(ideal) > (layerMost ?? Math.max(FEW, TOLERANCE * most)) ? boundedLayers(dag, ideal, most) : ideal;
}

/** Draws a graph of at least one node in layers from left to right, callers left of their callees but for cycles. */
export function flatLayout(input: LayoutInput, options: LayoutOptions): Drawing {
  const { nodeCount } = input;
  const { nodeWidth, nodeHeight } = options;
  const reversed = edgesToReverse(input);
  const dag = acyclic(input, reversed);
  const layering = properLayering(dag, chooseLayers(dag, options));
  const order = orderLayers(layering);
  const middles = verticalPlaces(layering, order, options);
  const columns = layerPlaces(layering, middles, options);
  const top = middles.reduce((least, one) => Math.min(least, one), Infinity) - nodeHeight / 2;
  const y = middles.map((one) => one - top);
  const x = Float64Array.from(layering.layer, (layer) => columns[layer]);
  return {
    x: x.slice(0, nodeCount),
    y: y.slice(0, nodeCount),
    rows: order.map((vertices) => Array.from(vertices).filter((vertex) => vertex < nodeCount)),
    linesAt: (moved) => {
      y.set(moved);
      return routesThroughDummies(layering, dag, { x, y }, options).map((line, edge) =>
        reversed[edge] ? reversedLine(line) : line
      );
    },
    width: columns[columns.length - 1] + nodeWidth / 2,
    height: y.reduce((most, one) => Math.max(most, one), 0) + nodeHeight / 2,
  };
}

/** Mean layer of a whole graph's nodes: how deep in the calls they lie. */
export function callDepth(input: LayoutInput): Int32Array {
  return longestPathLayers(acyclic(input, edgesToReverse(input)));
}
