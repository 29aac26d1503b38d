import { callsOf, degree } from './adjacency';
import { indices } from './numbered';
import { type LayoutInput } from './types';

const NEW = 0;
const OPEN = 1;
const DONE = 2;

/**
 * Marks (1) the edges to turn round so that the rest has no cycle: those that close one in a depth-first search
 * which starts at the nodes with the most callees beyond their callers. Self calls are left alone.
 */
export function edgesToReverse(input: LayoutInput): Uint8Array {
  const reversed = new Uint8Array(input.sources.length);
  const { callees, callers } = callsOf(input);
  const surplus = (node: number) => degree(callees, node) - degree(callers, node);
  // Sources first, whatever their fan-out: starting at a callee would turn its caller's edge round.
  const isRoot = (node: number) => Number(degree(callers, node) === 0);
  const starts = indices(input.nodeCount).sort((a, b) => isRoot(b) - isRoot(a) || surplus(b) - surplus(a));
  const state = new Uint8Array(input.nodeCount);
  const next = callees.offsets.slice();
  const stack: number[] = [];
  const visit = (node: number) => {
    if (state[node] === NEW) {
      state[node] = OPEN;
      stack.push(node);
    }
  };
  for (const start of starts) {
    visit(start);
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      if (next[node] === callees.offsets[node + 1]) {
        state[node] = DONE;
        stack.pop();
      } else {
        const place = next[node]++;
        reversed[callees.edges[place]] = Number(state[callees.list[place]] === OPEN);
        visit(callees.list[place]);
      }
    }
  }
  return reversed;
}

/** The same edges with those turned round that are marked. */
export function acyclic({ nodeCount, sources, targets }: LayoutInput, reversed: Uint8Array): LayoutInput {
  const turned = (ends: Int32Array, others: Int32Array) =>
    ends.map((end, edge) => (reversed[edge] ? others[edge] : end));
  return { nodeCount, sources: turned(sources, targets), targets: turned(targets, sources) };
}
