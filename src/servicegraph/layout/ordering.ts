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

/** Counts crossings again and again, in the same memory. */
class CrossingCounter {
  private readonly position: Int32Array;
  private readonly tree: Int32Array;
  private readonly offsets: Int32Array;
  private readonly list: Int32Array;

  constructor({ vertexCount, right }: ProperLayering) {
    this.position = new Int32Array(vertexCount);
    this.tree = new Int32Array(vertexCount + 1);
    this.offsets = right.offsets;
    this.list = right.list;
  }

  count(order: LayerOrder): number {
    for (const layer of order) {
      for (let index = 0; index < layer.length; index++) {
        this.position[layer[index]] = index;
      }
    }
    let total = 0;
    for (let index = 0; index + 1 < order.length; index++) {
      total += this.crossingsAfter(order[index], order[index + 1].length);
    }
    return total;
  }

  /** Pairs of segments that cross between this layer and the next, counted with a Fenwick tree. */
  private crossingsAfter(layer: Int32Array, nextSize: number): number {
    const { position, tree, offsets, list } = this;
    tree.fill(0, 0, nextSize + 1);
    let inserted = 0;
    let crossings = 0;
    for (let place = 0; place < layer.length; place++) {
      const [begin, end] = [offsets[layer[place]], offsets[layer[place] + 1]];
      for (let segment = begin; segment < end; segment++) {
        let above = 0;
        for (let index = position[list[segment]] + 1; index > 0; index -= index & -index) {
          above += tree[index];
        }
        crossings += inserted - above;
      }
      for (let segment = begin; segment < end; segment++) {
        inserted++;
        for (let index = position[list[segment]] + 1; index <= nextSize; index += index & -index) {
          tree[index]++;
        }
      }
    }
    return crossings;
  }
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
  sortByKeys(layer, keys);
  scale(layer, scaled);
}

/** Equal ones stay in their order. By insertion, as most layers are short and nearly sorted from the sweep before. */
function sortByKeys(layer: Int32Array, keys: Float64Array) {
  for (let index = 1; index < layer.length; index++) {
    const vertex = layer[index];
    const key = keys[vertex];
    let place = index;
    while (place > 0 && keys[layer[place - 1]] > key) {
      layer[place] = layer[place - 1];
      place--;
    }
    layer[place] = vertex;
  }
}

function scale(layer: Int32Array, scaled: Float64Array) {
  for (let index = 0; index < layer.length; index++) {
    scaled[layer[index]] = (index + 0.5) / layer.length;
  }
}

/** Order within the layers: barycentre sweeps to and fro; the best by crossings is kept. */
export function orderLayers(layering: ProperLayering): LayerOrder {
  const order = depthFirstOrder(layering);
  const scaled = new Float64Array(layering.vertexCount);
  const keys = new Float64Array(layering.vertexCount);
  order.forEach((layer) => scale(layer, scaled));
  const copy = () => order.map((layer) => layer.slice());
  let best = copy();
  const crossingsOf = new CrossingCounter(layering);
  let fewest = crossingsOf.count(order);
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
    const crossings = crossingsOf.count(order);
    idle = crossings < fewest ? 0 : idle + 1;
    if (crossings < fewest) {
      fewest = crossings;
      best = copy();
    }
  }
  return best;
}
