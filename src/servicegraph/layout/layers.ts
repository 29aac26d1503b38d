import { type Adjacency, callsOf, degree } from './adjacency';
import { countOf } from './numbered';
import { type LayoutInput } from './types';

const PULL_PASSES = 3;

/** Callers before their callees, of a graph without cycles but self calls. */
function topologicalOrder({ nodeCount }: LayoutInput, callees: Adjacency, callers: Adjacency): Int32Array {
  const order = new Int32Array(nodeCount);
  const waiting = order.map((_, node) => degree(callers, node));
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

/** The furthest layer of the neighbours; `found` when there are none. */
function furthest(
  { offsets, list }: Adjacency,
  node: number,
  layer: Int32Array,
  pick: (a: number, b: number) => number,
  found: number
): number {
  for (let place = offsets[node]; place < offsets[node + 1]; place++) {
    found = pick(found, layer[list[place]]);
  }
  return found;
}

/**
 * Layer of each node by the longest path from a caller without callers; then each node is pulled
 * to the side where it has more calls, as far as its neighbours allow.
 * @param dag without cycles but self calls
 */
export function longestPathLayers(dag: LayoutInput): Int32Array {
  const { callees, callers } = callsOf(dag);
  const order = topologicalOrder(dag, callees, callers);
  const layer = new Int32Array(dag.nodeCount);
  for (const node of order) {
    layer[node] = furthest(callers, node, layer, Math.max, -1) + 1;
  }
  for (let pass = 0; pass < PULL_PASSES; pass++) {
    let moved = false;
    for (let index = order.length - 1; index >= 0; index--) {
      const node = order[index];
      if (degree(callees, node) > degree(callers, node)) {
        const wanted = furthest(callees, node, layer, Math.min, Infinity) - 1;
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
export function boundedLayers(dag: LayoutInput, ideal: Int32Array, most: number): Int32Array {
  const { callees, callers } = callsOf(dag);
  const order = topologicalOrder(dag, callees, callers);
  order.sort((a, b) => ideal[a] - ideal[b] || degree(callees, b) - degree(callees, a));
  const layer = new Int32Array(dag.nodeCount);
  const sizes: number[] = [];
  // Callers have a smaller ideal layer than their callees, so they are placed before them.
  for (const node of order) {
    // Behind its callers; without any where it was pulled to
    let place = furthest(callers, node, layer, Math.max, -1) + 1 || ideal[node];
    while (sizes[place] >= most) {
      place++;
    }
    layer[node] = place;
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  let used = 0;
  const numbers = Array.from(sizes, (size) => (size ? used++ : used));
  return layer.map((one) => numbers[one]);
}

export function tallestLayer(layer: Int32Array): number {
  const sizes = new Int32Array(countOf(layer));
  return layer.reduce((tallest, one) => Math.max(tallest, ++sizes[one]), 0);
}
