import { type Adjacency } from './adjacency';
import { rowPlacer } from './isotonic';
import { type LayerOrder } from './ordering';
import { type ProperLayering } from './proper-layering';
import { type LayoutOptions, SPACING } from './types';

const PASSES = 10;
const PASSES_WITH_BOTH_SIDES = 4;

/** Long edges should run straight rather than nodes sit in the middle of their neighbours. */
function linkWeight(aIsDummy: boolean, bIsDummy: boolean): number {
  return aIsDummy && bIsDummy ? 8 : aIsDummy || bIsDummy ? 2 : 1;
}

/** Least distance between the centres of neighbours in a layer. */
function separations(layer: Int32Array, { nodeCount }: ProperLayering, { nodeHeight }: LayoutOptions): Float64Array {
  return Float64Array.from(layer, (vertex, index) => {
    const nodes = Number(vertex < nodeCount) + Number(layer[index - 1] < nodeCount);
    return index && (nodes * nodeHeight) / 2 + (nodes === 2 ? SPACING.node : SPACING.dummy);
  });
}

/** Weight of staying where one is, for vertices without neighbours on the side looked at. */
const STAY = 0.1;

/** y of every vertex's centre. */
export function verticalPlaces(layering: ProperLayering, order: LayerOrder, options: LayoutOptions): Float64Array {
  const { nodeCount, left, right } = layering;
  const y = new Float64Array(layering.vertexCount);
  const gaps = order.map((layer) => separations(layer, layering, options));
  let most = 0;
  let longest = 0;
  order.forEach((layer, index) => {
    const length = gaps[index].reduce((sum, gap) => sum + gap, 0);
    most = Math.max(most, layer.length);
    longest = Math.max(longest, length);
    let at = -length / 2;
    layer.forEach((vertex, place) => {
      at += gaps[index][place];
      y[vertex] = at;
    });
  });
  const [targets, weights, places] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const placeRow = rowPlacer(most, options.layerMost && longest / 2);
  /** Where a vertex would like to be: the mean of its neighbours */
  const wish = (place: number, vertex: number, sides: readonly Adjacency[]) => {
    let sum = STAY * y[vertex];
    let total = STAY;
    for (const { offsets, list } of sides) {
      for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
        const weight = linkWeight(vertex >= nodeCount, list[at] >= nodeCount);
        sum += weight * y[list[at]];
        total += weight;
      }
    }
    targets[place] = sum / total;
    weights[place] = total;
  };
  for (let pass = 0; pass < PASSES; pass++) {
    const forwards = pass % 2 === 0;
    const sides = pass >= PASSES - PASSES_WITH_BOTH_SIDES ? [left, right] : [forwards ? left : right];
    for (let step = 0; step < order.length; step++) {
      const index = forwards ? step : order.length - 1 - step;
      const layer = order[index];
      for (let place = 0; place < layer.length; place++) {
        wish(place, layer[place], sides);
      }
      placeRow({ targets, weights, separation: gaps[index], count: layer.length }, places);
      for (let place = 0; place < layer.length; place++) {
        y[layer[place]] = places[place];
      }
    }
  }
  return y;
}

const FEW_NODES = 25;
/** Least width of a gap by the height that a line climbs in it: steeper lines look like walls. */
const SLOPE = 0.3;

/** x of each layer's centre: the more edges run between two layers and the steeper, the further they are apart. */
export function layerPlaces(
  { nodeCount, layerCount, layer, segmentFrom, segmentTo }: ProperLayering,
  y: Float64Array,
  { nodeWidth, isBox }: LayoutOptions
): Float64Array {
  const segments = new Int32Array(layerCount);
  const climb = new Float64Array(layerCount);
  segmentFrom.forEach((vertex, segment) => {
    const gap = layer[vertex];
    segments[gap]++;
    climb[gap] = Math.max(climb[gap], Math.abs(y[vertex] - y[segmentTo[segment]]));
  });
  const most = isBox ? SPACING.layerMostInBox : SPACING.layerMost;
  const least = nodeCount <= FEW_NODES && !isBox ? SPACING.layerOfFew : SPACING.layer;
  let at = nodeWidth / 2;
  return climb.map((height, gap) => {
    const x = at;
    at += nodeWidth + Math.min(most, Math.max(least, SPACING.layer + 1.5 * segments[gap], SLOPE * height));
    return x;
  });
}
