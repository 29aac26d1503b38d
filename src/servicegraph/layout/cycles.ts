import { adjacencyOf, degree } from './adjacency';
import { type LayoutInput } from './types';

const WHITE = 0;
const OPEN = 1;
const DONE = 2;

/**
 * Marks (1) the edges to turn round so that the rest has no cycle: those that close one in a depth-first search
 * which starts at the nodes with the most callees beyond their callers. Self calls are left alone.
 */
export function edgesToReverse({ nodeCount, sources, targets }: LayoutInput): Uint8Array {
  const reversed = new Uint8Array(sources.length);
  const isSelf = (edge: number) => sources[edge] === targets[edge];
  const out = adjacencyOf(nodeCount, sources, targets, isSelf);
  const back = adjacencyOf(nodeCount, targets, sources, isSelf);
  const surplus = (node: number) => degree(out, node) - degree(back, node);
  // Sources first, whatever their fan-out: starting at a callee would turn its caller's edge round.
  const isRoot = (node: number) => Number(degree(back, node) === 0);
  const starts = Array.from({ length: nodeCount }, (_, node) => node).sort(
    (a, b) => isRoot(b) - isRoot(a) || surplus(b) - surplus(a) || a - b
  );
  const colour = new Uint8Array(nodeCount);
  const next = out.offsets.slice();
  const stack: number[] = [];
  for (const start of starts) {
    if (colour[start] !== WHITE) {
      continue;
    }
    colour[start] = OPEN;
    stack.push(start);
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      if (next[node] === out.offsets[node + 1]) {
        colour[node] = DONE;
        stack.pop();
        continue;
      }
      const place = next[node]++;
      const neighbour = out.list[place];
      if (colour[neighbour] === OPEN) {
        reversed[out.edges[place]] = 1;
      } else if (colour[neighbour] === WHITE) {
        colour[neighbour] = OPEN;
        stack.push(neighbour);
      }
    }
  }
  return reversed;
}

/** The same edges with those turned round that are marked. */
export function acyclic(input: LayoutInput, reversed: Uint8Array): { from: Int32Array; to: Int32Array } {
  return {
    from: input.sources.map((source, edge) => (reversed[edge] ? input.targets[edge] : source)),
    to: input.targets.map((target, edge) => (reversed[edge] ? input.sources[edge] : target)),
  };
}
