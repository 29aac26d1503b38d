/** How often groups of services call each other. */
import { adjacencyOf } from './adjacency';
import { type GroupDrawing } from './group-drawings';
import { type LayoutInput } from './types';

/** Calls from groups to groups, one entry for each pair and direction. */
export interface GroupLinks {
  from: Int32Array;
  to: Int32Array;
  calls: Float64Array;
  /** Mean px by which the callee lies further right in its box than the caller in its own */
  offset: Float64Array;
  /** Mean px by which it lies further down in it */
  drop: Float64Array;
}

/** Calls by caller's and callee's group, with where in the boxes they begin and end. */
export function groupLinksOf(input: LayoutInput, groups: Int32Array, drawn: readonly GroupDrawing[]): GroupLinks {
  const innerX = new Float64Array(input.nodeCount);
  const innerY = new Float64Array(input.nodeCount);
  for (const { nodes, drawing } of drawn) {
    nodes.forEach((node, index) => {
      innerX[node] = drawing.x[index] - drawing.width / 2;
      innerY[node] = drawing.y[index] - drawing.height / 2;
    });
  }
  const links = new Map<number, { from: number; to: number; calls: number; offset: number; drop: number }>();
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
  const list = [...links.values()];
  return {
    from: Int32Array.from(list, ({ from }) => from),
    to: Int32Array.from(list, ({ to }) => to),
    calls: Float64Array.from(list, ({ calls }) => calls),
    offset: Float64Array.from(list, ({ offset, calls }) => offset / calls),
    drop: Float64Array.from(list, ({ drop, calls }) => drop / calls),
  };
}

/** Links of each group, from both ends: those of group g are at `starts[g]` to `starts[g + 1] - 1` of the lists. */
export interface LinkEnds {
  starts: Int32Array;
  /** Group at the other end */
  other: Int32Array;
  calls: Float64Array;
  /** 1 from the caller's end, -1 from the callee's */
  direction: Float64Array;
  /** As in the link, for the callee */
  offset: Float64Array;
  /** As seen from this end */
  drop: Float64Array;
}

export function linkEnds(links: GroupLinks, groups: number): LinkEnds {
  const { from, to } = links;
  const both = new Int32Array(2 * from.length);
  both.set(from);
  both.set(to, from.length);
  const opposite = new Int32Array(both.length);
  opposite.set(to);
  opposite.set(from, from.length);
  const { offsets, list, edges } = adjacencyOf(groups, both, opposite);
  const link = edges.map((end) => end % from.length);
  const direction = Float64Array.from(edges, (end) => (end < from.length ? 1 : -1));
  return {
    starts: offsets,
    other: list,
    calls: Float64Array.from(link, (one) => links.calls[one]),
    direction,
    offset: Float64Array.from(link, (one) => links.offset[one]),
    drop: Float64Array.from(link, (one, place) => direction[place] * links.drop[one]),
  };
}
