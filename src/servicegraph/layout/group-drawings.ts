/** Each group of services drawn by itself, and how deep in the calls it belongs. */
import { type Steps } from '../../trace/steps';
import { callDepth, type Drawing } from './flat';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

export interface GroupDrawing {
  number: number;
  nodes: number[];
  edges: number[];
  /** Steps to the right of the first callers, a mean */
  depth: number;
  drawing: Drawing;
  /** px of its box, header included */
  width: number;
  height: number;
}

function membersOf(input: LayoutInput, groups: Int32Array): Array<{ nodes: number[]; edges: number[] }> {
  const count = groups.reduce((most, group) => Math.max(most, group), -1) + 1;
  const members = Array.from({ length: count }, () => ({ nodes: [] as number[], edges: [] as number[] }));
  groups.forEach((group, node) => members[group].nodes.push(node));
  input.sources.forEach((source, edge) => {
    if (groups[source] === groups[input.targets[edge]]) {
      members[groups[source]].edges.push(edge);
    }
  });
  return members;
}

const DEPTH_ROUNDS = 60;
/** Boxes are no wider than high, so that several columns of them stand beside each other. */
const BOX_ASPECT = 1;

/**
 * How far to the right each group belongs: starts at the mean call depth of its members, then is drawn to one step
 * behind the groups that call it and one step before those it calls, weighted by calls (least squares, by relaxation).
 */
function groupDepths(input: LayoutInput, groups: Int32Array): Float64Array {
  const count = groups.reduce((most, group) => Math.max(most, group), -1) + 1;
  const nodeDepth = callDepth(input);
  const members = new Float64Array(count);
  const depth = new Float64Array(count);
  groups.forEach((group, node) => {
    members[group]++;
    depth[group] += nodeDepth[node];
  });
  depth.forEach((sum, group) => (depth[group] = members[group] > 0 ? sum / members[group] : 0));
  const outer = Int32Array.from(input.sources.keys()).filter(
    (edge) => groups[input.sources[edge]] !== groups[input.targets[edge]]
  );
  const callers = outer.map((edge) => groups[input.sources[edge]]);
  const callees = outer.map((edge) => groups[input.targets[edge]]);
  const weight = new Float64Array(count);
  callers.forEach((group) => weight[group]++);
  callees.forEach((group) => weight[group]++);
  const sum = new Float64Array(count);
  for (let round = 0; round < DEPTH_ROUNDS; round++) {
    sum.fill(0);
    for (let call = 0; call < outer.length; call++) {
      sum[callers[call]] += depth[callees[call]] - 1;
      sum[callees[call]] += depth[callers[call]] + 1;
    }
    for (let group = 0; group < count; group++) {
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
  const depth = groupDepths(input, groups);
  yield;
  const place = new Int32Array(input.nodeCount);
  const drawn: GroupDrawing[] = [];
  for (const [number, { nodes, edges }] of membersOf(input, groups).entries()) {
    if (nodes.length === 0) {
      continue;
    }
    nodes.forEach((node, index) => (place[node] = index));
    const inner: LayoutInput = {
      nodeCount: nodes.length,
      sources: Int32Array.from(edges, (edge) => place[input.sources[edge]]),
      targets: Int32Array.from(edges, (edge) => place[input.targets[edge]]),
    };
    const drawing = yield* draw(inner, { ...options, aspect: BOX_ASPECT, isBox: true });
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
  return drawn;
}
