import { degree } from './adjacency';
import { layerPlaces, verticalPlaces } from './coordinates';
import { acyclic, edgesToReverse } from './cycles';
import { boundedLayers, type Dag, dagAdjacency, longestPathLayers, tallestLayer } from './layers';
import { orderLayers } from './ordering';
import { properLayering } from './proper-layering';
import { type Polyline, reversedLine, routesThroughDummies } from './routes';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

/** A drawing of its own, with its corner at 0, 0. */
export interface Drawing {
  /** Centres */
  x: Float64Array;
  y: Float64Array;
  /** Nodes that may change places with each other: those of one layer. Their cards are alike. */
  rows: number[][];
  /** Ways of the edges when the nodes are at these y, after some have changed places */
  linesAt: (y: Float64Array) => Polyline[];
  width: number;
  height: number;
}

/** A layer may stand this much above what the aspect allows before it is spread over several. */
const TOLERANCE = 1.35;
/** A column of so few is no tower, whatever the aspect. */
const FEW = 10;

/** Nodes in a layer for which the drawing has about the aspect wanted. */
function layerSizeFor(count: number, { aspect, nodeWidth, nodeHeight }: LayoutOptions): number {
  const cell = (nodeWidth + 1.4 * SPACING.layer) / (nodeHeight + SPACING.node);
  return Math.max(3, Math.ceil(Math.sqrt((count * cell) / aspect)));
}

function chooseLayers(dag: Dag, options: LayoutOptions): Int32Array {
  const ideal = longestPathLayers(dag);
  const most = layerSizeFor(dag.nodeCount, options);
  return tallestLayer(ideal) > Math.max(FEW, TOLERANCE * most) ? boundedLayers(dag, most) : ideal;
}

/** Draws a graph in layers from left to right, callers left of their callees but for cycles. */
export function flatLayout(input: LayoutInput, options: LayoutOptions): Drawing {
  const reversed = edgesToReverse(input);
  const ends = acyclic(input, reversed);
  const dag: Dag = { nodeCount: input.nodeCount, ...ends };
  const layering = properLayering(dag, chooseLayers(dag, options));
  const order = orderLayers(layering);
  const y = verticalPlaces(layering, order, options);
  const columns = layerPlaces(layering, y, options);
  const x = Float64Array.from(layering.layer, (layer) => columns[layer]);
  shiftToZero(y, options.nodeHeight / 2);
  return {
    x: x.slice(0, input.nodeCount),
    y: y.slice(0, input.nodeCount),
    rows: order.map((vertices) => Array.from(vertices).filter((vertex) => vertex < input.nodeCount)),
    linesAt: (moved) => {
      y.set(moved);
      return routesThroughDummies(layering, ends, { x, y }, options).map((line, edge) =>
        reversed[edge] ? reversedLine(line) : line
      );
    },
    width: input.nodeCount === 0 ? 0 : columns[columns.length - 1] + options.nodeWidth / 2,
    height: y.reduce((most, one) => Math.max(most, one), 0) + options.nodeHeight / 2,
  };
}

function shiftToZero(y: Float64Array, margin: number) {
  const least = y.reduce((found, one) => Math.min(found, one), Infinity) - margin;
  y.forEach((one, index) => (y[index] = one - least));
}

/** Mean layer of a whole graph's nodes: how deep in the calls they lie. */
export function callDepth(input: LayoutInput): Int32Array {
  return longestPathLayers({ nodeCount: input.nodeCount, ...acyclic(input, edgesToReverse(input)) });
}

/** Nodes without calls but to themselves. */
export function isolatedNodes(input: LayoutInput): Uint8Array {
  const { callees, callers } = dagAdjacency({ nodeCount: input.nodeCount, from: input.sources, to: input.targets });
  return Uint8Array.from({ length: input.nodeCount }, (_, node) =>
    Number(degree(callees, node) + degree(callers, node) === 0)
  );
}
