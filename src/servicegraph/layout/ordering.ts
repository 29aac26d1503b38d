import { type Adjacency } from './adjacency';
import { indices } from './numbered';
import { type ProperLayering } from './proper-layering';

/** Vertices of each layer from top to bottom. */
export type LayerOrder = Int32Array[];

const SWEEPS = 24;
const PATIENCE = 6;

/** Depth-first from the leftmost vertices, so that what belongs to one caller stays together. */
function depthFirstOrder({ vertexCount, layerCount, layer, left, right }: ProperLayering): LayerOrder {
  const lists: number[][] = Array.from({ length: layerCount }, () => []);
  const seen = new Uint8Array(vertexCount);
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
  for (const start of indices(vertexCount).sort((a, b) => layer[a] - layer[b])) {
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

/** @returns counts crossings, again and again in the same memory */
function crossingCounter({ vertexCount, right: { offsets, list } }: ProperLayering): (order: LayerOrder) => number {
  const position = new Int32Array(vertexCount);
  const tree = new Int32Array(vertexCount + 1);
  /** Pairs of segments that cross between this layer and the next, counted with a Fenwick tree. */
  const crossingsAfter = (layer: Int32Array, nextSize: number): number => {
    tree.fill(0, 0, nextSize + 1);
    let inserted = 0;
    let crossings = 0;
    for (let place = 0; place < layer.length; place++) {
      const begin = offsets[layer[place]];
      const end = offsets[layer[place] + 1];
      for (let segment = begin; segment < end; segment++) {
        crossings += inserted;
        for (let index = position[list[segment]] + 1; index > 0; index -= index & -index) {
          crossings -= tree[index];
        }
      }
      for (let segment = begin; segment < end; segment++) {
        inserted++;
        for (let index = position[list[segment]] + 1; index <= nextSize; index += index & -index) {
          tree[index]++;
        }
      }
    }
    return crossings;
  };
  return (order) => {
    for (const layer of order) {
      for (let index = 0; index < layer.length; index++) {
        position[layer[index]] = index;
      }
    }
    let total = 0;
    for (let index = 0; index + 1 < order.length; index++) {
      total += crossingsAfter(order[index], order[index + 1].length);
    }
    return total;
  };
}

function barycentre({ offsets, list }: Adjacency, vertex: number, scaled: Float64Array): number {
  const begin = offsets[vertex];
  const end = offsets[vertex + 1];
  if (begin === end) {
    return scaled[vertex];
  }
  let sum = 0;
  for (let place = begin; place < end; place++) {
    sum += scaled[list[place]];
  }
  return sum / (end - begin);
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

/** Order within the layers: barycentre sweeps to and fro; the best by crossings is kept. */
export function orderLayers(layering: ProperLayering): LayerOrder {
  const order = depthFirstOrder(layering);
  /** Place of each vertex in its layer, from 0 to 1, as the layers differ in size */
  const scaled = new Float64Array(layering.vertexCount);
  const keys = scaled.slice();
  const scale = (layer: Int32Array) => {
    for (let index = 0; index < layer.length; index++) {
      scaled[layer[index]] = (index + 0.5) / layer.length;
    }
  };
  /** Sorts one layer by the mean place of its neighbours. */
  const sortLayer = (layer: Int32Array, neighbours: Adjacency) => {
    for (const vertex of layer) {
      keys[vertex] = barycentre(neighbours, vertex, scaled);
    }
    sortByKeys(layer, keys);
    scale(layer);
  };
  order.forEach(scale);
  const copy = () => order.map((layer) => layer.slice());
  let best = copy();
  const crossingsOf = crossingCounter(layering);
  let fewest = crossingsOf(order);
  let idle = 0;
  for (let sweep = 0; sweep < SWEEPS && idle < PATIENCE && fewest > 0; sweep++) {
    const isForwards = sweep % 2 === 0;
    for (let step = 1; step < order.length; step++) {
      const index = isForwards ? step : order.length - 1 - step;
      sortLayer(order[index], isForwards ? layering.left : layering.right);
    }
    const crossings = crossingsOf(order);
    idle++;
    if (crossings < fewest) {
      idle = 0;
      fewest = crossings;
      best = copy();
    }
  }
  return best;
}
