/** Each group of services drawn by itself, and how deep in the calls it belongs. */
import { type Steps } from '../../trace/steps';
import { type Drawing, type DrawnPart } from './drawing';
import { callDepth } from './flat';
import { type Part, partsOf } from './subgraphs';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

export interface GroupDrawing extends DrawnPart {
  number: number;
  /** Steps to the right of the first callers, a mean */
  depth: number;
  /** px of its box, header included */
  width: number;
  height: number;
}

const DEPTH_ROUNDS = 60;
/** Boxes are no wider than high, so that several columns of them stand beside each other. */
const BOX_ASPECT = 1;

/**
 * How far to the right each group belongs: starts at the mean call depth of its members, then is drawn to one step
 * behind the groups that call it and one step before those it calls, weighted by calls (least squares, by relaxation).
 */
function groupDepths(input: LayoutInput, groups: Int32Array, parts: readonly Part[]): Float64Array {
  const nodeDepth = callDepth(input);
  const depth = Float64Array.from(
    parts,
    ({ nodes }) => nodes.reduce((sum, node) => sum + nodeDepth[node], 0) / nodes.length
  );
  const outer = input.sources
    .map((_, edge) => edge)
    .filter((edge) => groups[input.sources[edge]] !== groups[input.targets[edge]]);
  const callers = outer.map((edge) => groups[input.sources[edge]]);
  const callees = outer.map((edge) => groups[input.targets[edge]]);
  const weight = new Float64Array(parts.length);
  const sum = weight.slice();
  [callers, callees].forEach((ends) => ends.forEach((group) => weight[group]++));
  for (let round = 0; round < DEPTH_ROUNDS; round++) {
    sum.fill(0);
    for (let call = 0; call < outer.length; call++) {
      sum[callers[call]] += depth[callees[call]] - 1;
      sum[callees[call]] += depth[callers[call]] + 1;
    }
    for (let group = 0; group < parts.length; group++) {
      if (weight[group] > 0) {
        depth[group] += 0.5 * (sum[group] / weight[group] - depth[group]);
      }
    }
  }
  return depth;
}

/** One group a step. @param draw draws the members of one group */
export function* drawGroups(
  input: LayoutInput,
  groups: Int32Array,
  options: LayoutOptions,
  draw: (members: LayoutInput, options: LayoutOptions) => Steps<Drawing>
): Steps<GroupDrawing[]> {
  const parts = partsOf(input, groups);
  const depth = groupDepths(input, groups, parts);
  yield;
  const drawn: GroupDrawing[] = [];
  for (const [number, { nodes, edges, graph }] of parts.entries()) {
    if (nodes.length > 0) {
      const drawing = yield* draw(graph, { ...options, aspect: BOX_ASPECT, isBox: true });
      drawn.push({
        number,
        nodes,
        edges,
        depth: depth[number],
        drawing,
        width: drawing.width + 2 * SPACING.groupPadding,
        height: drawing.height + 2 * SPACING.groupPadding + SPACING.groupHeader,
      });
      yield;
    }
  }
  return drawn;
}
