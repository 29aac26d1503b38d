import { type Adjacency } from './adjacency';
import { type ProperLayering } from './proper-layering';

/** Vertices of each layer from top to bottom. */
export type LayerOrder = Int32Array[];

const SWEEPS = 24;
const PATIENCE = 6;

/** Depth-first from the leftmost vertices, so that what belongs to one caller stays together. */
function depthFirstOrder({ vertexCount, layerCount, layer, left, right }: ProperLayering): LayerOrder {
  const lists: number[][] = Array.from({ length: layerCount }, () => []);
  const seen = new Uint8Array(vertexCount);
  const starts = Array.from({ length: vertexCount }, (_, vertex) => vertex).sort(
    (a, b) => layer[a] - layer[b] || a - b
  );
  const stack: number[] = [];
  const visit = (vertex: number) => {
    if (!seen[vertex]) {
      seen[vertex] = 1;
      lists[layer[vertex]].push(vertex);
      stack.push(vertex);
    }
  };
  const next = right.offsets.slice();
  const nextLeft = left.offsets.slice();
  for (const start of starts) {
    visit(start);
    while (stack.length > 0) {
      const vertex = stack[stack.length - 1];
      if (next[vertex] < right.offsets[vertex + 1]) {
        visit(right.list[next[vertex]++]);
      } else if (nextLeft[vertex] < left.offsets[vertex + 1]) {
        visit(left.list[nextLeft[vertex]++]);
      } else {
        stack.pop();
      }
    }
  }
  return lists.map((list) => Int32Array.from(list));
}

function positionsOf(order: LayerOrder, vertexCount: number): Float64Array {
  const position = new Float64Array(vertexCount);
  for (const layer of order) {
    layer.forEach((vertex, index) => (position[vertex] = index));
  }
  return position;
}

/** Pairs of segments that cross between this layer and the next, counted with a Fenwick tree. */
function crossingsAfter(layer: Int32Array, nextSize: number, right: Adjacency, position: Float64Array): number {
  const tree = new Int32Array(nextSize + 1);
  let inserted = 0;
  let crossings = 0;
  const ends: number[] = [];
  for (const vertex of layer) {
    ends.length = 0;
    for (let place = right.offsets[vertex]; place < right.offsets[vertex + 1]; place++) {
      ends.push(position[right.list[place]]);
    }
    for (const end of ends) {
      let above = 0;
      for (let index = end + 1; index > 0; index -= index & -index) {
        above += tree[index];
      }
      crossings += inserted - above;
    }
    for (const end of ends) {
      inserted++;
      for (let index = end + 1; index <= nextSize; index += index & -index) {
        tree[index]++;
      }
    }
  }
  return crossings;
}

export function countCrossings(order: LayerOrder, { vertexCount, right }: ProperLayering): number {
  const position = positionsOf(order, vertexCount);
  let total = 0;
  for (let index = 0; index + 1 < order.length; index++) {
    total += crossingsAfter(order[index], order[index + 1].length, right, position);
  }
  return total;
}

function barycentre(vertex: number, { offsets, list }: Adjacency, position: Float64Array, own: number): number {
  const begin = offsets[vertex];
  const end = offsets[vertex + 1];
  if (begin === end) {
    return own;
  }
  let sum = 0;
  for (let place = begin; place < end; place++) {
    sum += position[list[place]];
  }
  return sum / (end - begin);
}

/**
 * Sorts one layer by the mean place of its neighbours, both scaled to 0..1, as the layers differ in size.
 * @param keys room for a number of each vertex
 */
function sortLayer(layer: Int32Array, neighbours: Adjacency, scaled: Float64Array, keys: Float64Array) {
  for (const vertex of layer) {
    keys[vertex] = barycentre(vertex, neighbours, scaled, scaled[vertex]);
  }
  // Equal ones stay as they are: `scaled` rises along the layer.
  layer.sort((a, b) => keys[a] - keys[b] || scaled[a] - scaled[b]);
  scale(layer, scaled);
}

function scale(layer: Int32Array, scaled: Float64Array) {
  layer.forEach((vertex, index) => (scaled[vertex] = (index + 0.5) / layer.length));
}

/** Order within the layers: barycentre sweeps to and fro; the best by crossings is kept. */
export function orderLayers(layering: ProperLayering): LayerOrder {
  const order = depthFirstOrder(layering);
  const scaled = new Float64Array(layering.vertexCount);
  const keys = new Float64Array(layering.vertexCount);
  order.forEach((layer) => scale(layer, scaled));
  const copy = () => order.map((layer) => layer.slice());
  let best = copy();
  let fewest = countCrossings(order, layering);
  let idle = 0;
  for (let sweep = 0; sweep < SWEEPS && idle < PATIENCE && fewest > 0; sweep++) {
    if (sweep % 2 === 0) {
      for (let index = 1; index < order.length; index++) {
        sortLayer(order[index], layering.left, scaled, keys);
      }
    } else {
      for (let index = order.length - 2; index >= 0; index--) {
        sortLayer(order[index], layering.right, scaled, keys);
      }
    }
    const crossings = countCrossings(order, layering);
    idle = crossings < fewest ? 0 : idle + 1;
    if (crossings < fewest) {
      fewest = crossings;
      best = copy();
    }
  }
  return best;
}
