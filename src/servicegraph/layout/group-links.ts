/** How often groups of services call each other. */
import { adjacencyOf } from './adjacency';
import { type GroupDrawing } from './group-drawings';
import { type LayoutInput } from './types';

/** Calls from a group to another */
export interface GroupLink {
  from: number;
  to: number;
  calls: number;
  /** px by which the callees lie further right in their box than the callers in their own, a sum */
  offset: number;
  /** px by which they lie further down in it, a sum */
  drop: number;
}

/** Calls by caller's and callee's group, with where in the boxes they begin and end. */
export function groupLinksOf(input: LayoutInput, groups: Int32Array, drawn: readonly GroupDrawing[]): GroupLink[] {
  const innerX = new Float64Array(input.nodeCount);
  const innerY = new Float64Array(input.nodeCount);
  for (const { nodes, drawing } of drawn) {
    nodes.forEach((node, index) => {
      innerX[node] = drawing.x[index] - drawing.width / 2;
      innerY[node] = drawing.y[index] - drawing.height / 2;
    });
  }
  const links = new Map<number, GroupLink>();
  input.sources.forEach((source, edge) => {
    const target = input.targets[edge];
    const [from, to] = [groups[source], groups[target]];
    if (from !== to) {
      const key = from * input.nodeCount + to;
      const link = links.get(key) ?? { from, to, calls: 0, offset: 0, drop: 0 };
      link.calls++;
      link.offset += innerX[target] - innerX[source];
      link.drop += innerY[target] - innerY[source];
      links.set(key, link);
    }
  });
  return [...links.values()];
}

/** Links of each group, from both ends: those of group g are at `starts[g]` to `starts[g + 1] - 1` of the lists. */
export interface LinkEnds {
  starts: Int32Array;
  /** Group at the other end */
  other: Int32Array;
  calls: Float64Array;
  /** 1 from the caller's end, -1 from the callee's */
  direction: Float64Array;
  /** px by which a callee lies further right in its box than its caller in its own, a mean */
  offset: Float64Array;
  /** px by which the other end lies further down in its box, a mean */
  drop: Float64Array;
}

export function linkEnds(links: readonly GroupLink[], groups: number): LinkEnds {
  const callers = links.map(({ from }) => from);
  const callees = links.map(({ to }) => to);
  const { offsets, list, edges } = adjacencyOf(
    groups,
    Int32Array.from([...callers, ...callees]),
    Int32Array.from([...callees, ...callers])
  );
  const direction = Float64Array.from(edges, (end) => (end < links.length ? 1 : -1));
  const listOf = (read: (link: GroupLink, place: number) => number) =>
    Float64Array.from(edges, (end, place) => read(links[end % links.length], place));
  return {
    starts: offsets,
    other: list,
    calls: listOf(({ calls }) => calls),
    direction,
    offset: listOf(({ offset, calls }) => offset / calls),
    drop: listOf(({ drop, calls }, place) => (direction[place] * drop) / calls),
  };
}
