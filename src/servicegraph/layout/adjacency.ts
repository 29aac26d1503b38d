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
  let kept = 0;
  for (let edge = 0; edge < from.length; edge++) {
    if (!skip(edge)) {
      offsets[from[edge] + 1]++;
      kept++;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    offsets[node + 1] += offsets[node];
  }
  const next = offsets.slice();
  const list = new Int32Array(kept);
  const edges = new Int32Array(kept);
  for (let edge = 0; edge < from.length; edge++) {
    if (!skip(edge)) {
      const place = next[from[edge]]++;
      list[place] = to[edge];
      edges[place] = edge;
    }
  }
  return { offsets, list, edges };
}

export function degree({ offsets }: Adjacency, node: number): number {
  return offsets[node + 1] - offsets[node];
}

/** Component number of each node, in order of their first nodes. */
export function componentsOf(nodeCount: number, sources: Int32Array, targets: Int32Array): Int32Array {
  const parent = Int32Array.from({ length: nodeCount }, (_, node) => node);
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
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: nodeCount }, (_, node) => {
    const root = find(node);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}
