import { type Adjacency } from './adjacency';
import { placeInOrder } from './isotonic';
import { type LayerOrder } from './ordering';
import { type ProperLayering } from './proper-layering';
import { type LayoutOptions, SPACING } from './types';

const PASSES = 10;
const PASSES_WITH_BOTH_SIDES = 4;

/** Long edges should run straight rather than nodes sit in the middle of their neighbours. */
function linkWeight(aIsDummy: boolean, bIsDummy: boolean): number {
  return aIsDummy && bIsDummy ? 8 : aIsDummy || bIsDummy ? 2 : 1;
}

function heightOf(vertex: number, { nodeCount }: ProperLayering, { nodeHeight }: LayoutOptions): number {
  return vertex < nodeCount ? nodeHeight : 0;
}

/** Least distance between the centres of neighbours in a layer. */
function separations(layer: Int32Array, layering: ProperLayering, options: LayoutOptions): Float64Array {
  return Float64Array.from(layer, (vertex, index) => {
    if (index === 0) {
      return 0;
    }
    const above = layer[index - 1];
    const gap = vertex < layering.nodeCount && above < layering.nodeCount ? SPACING.node : SPACING.dummy;
    return (heightOf(vertex, layering, options) + heightOf(above, layering, options)) / 2 + gap;
  });
}

interface Target {
  sum: number;
  weight: number;
}

function addNeighbours(
  target: Target,
  vertex: number,
  { offsets, list }: Adjacency,
  y: Float64Array,
  nodeCount: number
) {
  for (let place = offsets[vertex]; place < offsets[vertex + 1]; place++) {
    const weight = linkWeight(vertex >= nodeCount, list[place] >= nodeCount);
    target.sum += weight * y[list[place]];
    target.weight += weight;
  }
}

/** Weight of staying where one is, for vertices without neighbours on the side looked at. */
const STAY = 0.1;

/** y of every vertex's centre. */
export function verticalPlaces(layering: ProperLayering, order: LayerOrder, options: LayoutOptions): Float64Array {
  const y = new Float64Array(layering.vertexCount);
  const gaps = order.map((layer) => separations(layer, layering, options));
  order.forEach((layer, index) => {
    const extent = gaps[index].reduce((sum, gap) => sum + gap, 0);
    let at = -extent / 2;
    layer.forEach((vertex, place) => {
      at += gaps[index][place];
      y[vertex] = at;
    });
  });
  for (let pass = 0; pass < PASSES; pass++) {
    const both = pass >= PASSES - PASSES_WITH_BOTH_SIDES;
    const forwards = pass % 2 === 0;
    for (let step = 0; step < order.length; step++) {
      const index = forwards ? step : order.length - 1 - step;
      const layer = order[index];
      const weights = new Float64Array(layer.length);
      const targets = Float64Array.from(layer, (vertex, place) => {
        const target: Target = { sum: STAY * y[vertex], weight: STAY };
        if (both || forwards) {
          addNeighbours(target, vertex, layering.left, y, layering.nodeCount);
        }
        if (both || !forwards) {
          addNeighbours(target, vertex, layering.right, y, layering.nodeCount);
        }
        weights[place] = target.weight;
        return target.sum / target.weight;
      });
      const places = placeInOrder(targets, weights, gaps[index]);
      layer.forEach((vertex, place) => (y[vertex] = places[place]));
    }
  }
  return y;
}

const FEW_NODES = 25;
/** Least width of a gap by the height that a line climbs in it: steeper lines look like walls. */
const SLOPE = 0.3;

/** x of each layer's centre: the more edges run between two layers and the steeper, the further they are apart. */
export function layerPlaces(
  layering: ProperLayering,
  y: Float64Array,
  { nodeWidth, isBox }: LayoutOptions
): Float64Array {
  const segments = new Int32Array(layering.layerCount);
  const climb = new Float64Array(layering.layerCount);
  layering.segmentFrom.forEach((vertex, segment) => {
    const layer = layering.layer[vertex];
    segments[layer]++;
    climb[layer] = Math.max(climb[layer], Math.abs(y[vertex] - y[layering.segmentTo[segment]]));
  });
  const most = isBox ? SPACING.layerMostInBox : SPACING.layerMost;
  const least = layering.nodeCount <= FEW_NODES && !isBox ? SPACING.layerOfFew : SPACING.layer;
  const x = new Float64Array(layering.layerCount);
  let at = nodeWidth / 2;
  for (let layer = 0; layer < layering.layerCount; layer++) {
    x[layer] = at;
    const wanted = Math.max(least, SPACING.layer + 1.5 * segments[layer], SLOPE * climb[layer]);
    at += nodeWidth + Math.min(most, wanted);
  }
  return x;
}
