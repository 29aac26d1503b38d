import { indices, numbered } from './numbered';
import { type LayoutInput } from './types';

/** Neighbours of every node as offsets into one list: `list[offsets[v]] .. list[offsets[v + 1] - 1]`. */
export interface Adjacency {
  offsets: Int32Array;
  list: Int32Array;
  /** The edge that leads to the neighbour at the same place. */
  edges: Int32Array;
}

/** Follows the edges from `from` to `to`; an edge for which `skip` says so is left out. */
export function adjacencyOf(
  nodeCount: number,
  from: Int32Array,
  to: Int32Array,
  skip: (edge: number) => boolean = () => false
): Adjacency {
  const offsets = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < from.length; edge++) {
    if (!skip(edge)) {
      offsets[from[edge] + 1]++;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    offsets[node + 1] += offsets[node];
  }
  const next = offsets.slice();
  const list = new Int32Array(offsets[nodeCount]);
  const edges = list.slice();
  for (let edge = 0; edge < from.length; edge++) {
    if (!skip(edge)) {
      const place = next[from[edge]]++;
      list[place] = to[edge];
      edges[place] = edge;
    }
  }
  return { offsets, list, edges };
}

/** Whom each node calls and who calls it; self calls are left out. */
export function callsOf({ nodeCount, sources, targets }: LayoutInput): { callees: Adjacency; callers: Adjacency } {
  const isSelf = (edge: number) => sources[edge] === targets[edge];
  return {
    callees: adjacencyOf(nodeCount, sources, targets, isSelf),
    callers: adjacencyOf(nodeCount, targets, sources, isSelf),
  };
}

export function degree({ offsets }: Adjacency, node: number): number {
  return offsets[node + 1] - offsets[node];
}

/** Marks (1) nodes without calls but to themselves. */
export function isolatedNodes({ nodeCount, sources, targets }: LayoutInput): Uint8Array {
  const isolated = new Uint8Array(nodeCount).fill(1);
  sources.forEach((source, edge) => {
    if (source !== targets[edge]) {
      isolated[source] = isolated[targets[edge]] = 0;
    }
  });
  return isolated;
}

/** Component number of each node, in order of their first nodes. */
export function componentsOf({ nodeCount, sources, targets }: LayoutInput): Int32Array {
  const parent = indices(nodeCount);
  const find = (node: number): number => {
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  };
  for (let edge = 0; edge < sources.length; edge++) {
    const [a, b] = [find(sources[edge]), find(targets[edge])];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return numbered(parent.map(find)).numbers;
}
