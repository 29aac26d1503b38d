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

/** Weight of staying where one is, for vertices without neighbours on the side looked at. */
const STAY = 0.1;

/** Where the vertices of a layer would like to be: sums over their neighbours. */
class Wishes {
  readonly targets: Float64Array;
  readonly weights: Float64Array;

  constructor(
    most: number,
    private readonly nodeCount: number,
    private readonly y: Float64Array
  ) {
    this.targets = new Float64Array(most);
    this.weights = new Float64Array(most);
  }

  collect(layer: Int32Array, sides: readonly Adjacency[]) {
    for (let place = 0; place < layer.length; place++) {
      const vertex = layer[place];
      this.targets[place] = STAY * this.y[vertex];
      this.weights[place] = STAY;
      for (const side of sides) {
        this.add(place, vertex, side);
      }
      this.targets[place] /= this.weights[place];
    }
  }

  private add(place: number, vertex: number, { offsets, list }: Adjacency) {
    const { nodeCount, y } = this;
    let [sum, total] = [this.targets[place], this.weights[place]];
    for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
      const weight = linkWeight(vertex >= nodeCount, list[at] >= nodeCount);
      sum += weight * y[list[at]];
      total += weight;
    }
    this.targets[place] = sum;
    this.weights[place] = total;
  }
}

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
  const most = order.reduce((found, { length }) => Math.max(found, length), 0);
  const wishes = new Wishes(most, layering.nodeCount, y);
  const places = new Float64Array(most);
  const placeRow = rowPlacer(most);
  const { left, right } = layering;
  for (let pass = 0; pass < PASSES; pass++) {
    const both = pass >= PASSES - PASSES_WITH_BOTH_SIDES;
    const forwards = pass % 2 === 0;
    const sides = both ? [left, right] : [forwards ? left : right];
    for (let step = 0; step < order.length; step++) {
      const index = forwards ? step : order.length - 1 - step;
      const layer = order[index];
      wishes.collect(layer, sides);
      const { targets, weights } = wishes;
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
