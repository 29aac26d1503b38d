import { type Adjacency, adjacencyOf, degree } from './adjacency';

export interface Dag {
  nodeCount: number;
  /** Edges without cycles, self calls excepted */
  from: Int32Array;
  to: Int32Array;
}

const PULL_PASSES = 3;

export function dagAdjacency({ nodeCount, from, to }: Dag): { callees: Adjacency; callers: Adjacency } {
  const isSelf = (edge: number) => from[edge] === to[edge];
  return { callees: adjacencyOf(nodeCount, from, to, isSelf), callers: adjacencyOf(nodeCount, to, from, isSelf) };
}

/** Callers before their callees. */
export function topologicalOrder({ nodeCount }: Dag, callees: Adjacency, callers: Adjacency): Int32Array {
  const order = new Int32Array(nodeCount);
  const waiting = Int32Array.from({ length: nodeCount }, (_, node) => degree(callers, node));
  let end = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (waiting[node] === 0) {
      order[end++] = node;
    }
  }
  for (let begin = 0; begin < end; begin++) {
    const node = order[begin];
    for (let place = callees.offsets[node]; place < callees.offsets[node + 1]; place++) {
      if (--waiting[callees.list[place]] === 0) {
        order[end++] = callees.list[place];
      }
    }
  }
  return order;
}

/** The furthest layer that `neighbours` leave free on their side. */
function limit(adjacency: Adjacency, node: number, layer: Int32Array, pick: (a: number, b: number) => number): number {
  let found = layer[adjacency.list[adjacency.offsets[node]]];
  for (let place = adjacency.offsets[node] + 1; place < adjacency.offsets[node + 1]; place++) {
    found = pick(found, layer[adjacency.list[place]]);
  }
  return found;
}

/**
 * Layer of each node by the longest path from a caller without callers; then each node is pulled
 * to the side where it has more calls, as far as its neighbours allow.
 */
export function longestPathLayers(dag: Dag): Int32Array {
  const { callees, callers } = dagAdjacency(dag);
  const order = topologicalOrder(dag, callees, callers);
  const layer = new Int32Array(dag.nodeCount);
  for (const node of order) {
    layer[node] = degree(callers, node) === 0 ? 0 : limit(callers, node, layer, Math.max) + 1;
  }
  for (let pass = 0; pass < PULL_PASSES; pass++) {
    let moved = false;
    for (let index = order.length - 1; index >= 0; index--) {
      const node = order[index];
      const [down, up] = [degree(callees, node), degree(callers, node)];
      if (down > up && down > 0) {
        const wanted = limit(callees, node, layer, Math.min) - 1;
        moved ||= wanted !== layer[node];
        layer[node] = wanted;
      }
    }
    if (!moved) {
      break;
    }
  }
  return layer;
}

/** The same with at most `most` nodes in a layer: a hub's callees spread to the right instead of stacking up. */
export function boundedLayers(dag: Dag, most: number): Int32Array {
  const { callees, callers } = dagAdjacency(dag);
  const ideal = longestPathLayers(dag);
  const order = topologicalOrder(dag, callees, callers).slice();
  const rank = new Int32Array(dag.nodeCount);
  order.forEach((node, index) => (rank[node] = index));
  order.sort((a, b) => ideal[a] - ideal[b] || degree(callees, b) - degree(callees, a) || rank[a] - rank[b]);
  const layer = new Int32Array(dag.nodeCount);
  const size: number[] = [];
  // Callers have a smaller ideal layer than their callees, so they are placed before them.
  for (const node of order) {
    const earliest = degree(callers, node) === 0 ? 0 : limit(callers, node, layer, Math.max) + 1;
    let place = Math.max(earliest, degree(callers, node) === 0 ? ideal[node] : 0);
    while ((size[place] ?? 0) >= most) {
      place++;
    }
    layer[node] = place;
    size[place] = (size[place] ?? 0) + 1;
  }
  return withoutGaps(layer);
}

/** Numbers the used layers 0, 1, 2, … */
export function withoutGaps(layer: Int32Array): Int32Array {
  const used = [...new Set(layer)].sort((a, b) => a - b);
  const numbers = new Map(used.map((old, index) => [old, index]));
  return layer.map((old) => numbers.get(old) ?? 0);
}

export function tallestLayer(layer: Int32Array): number {
  const sizes = new Map<number, number>();
  let tallest = 0;
  for (const one of layer) {
    const size = (sizes.get(one) ?? 0) + 1;
    sizes.set(one, size);
    tallest = Math.max(tallest, size);
  }
  return tallest;
}
