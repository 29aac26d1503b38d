import { type Adjacency, callsOf } from './adjacency';
import { type ProperLayering } from './proper-layering';
import { type LayoutInput, type LayoutOptions, type Routes } from './types';

/** Edges meet a card within this part of its height, at most so many px apart. */
const PORT_SHARE = 0.62;
const PORT_GAP = 10;

export type Polyline = number[];

export function packRoutes(lines: ReadonlyArray<ArrayLike<number>>): Routes {
  const offsets = new Int32Array(lines.length + 1);
  lines.forEach((line, edge) => (offsets[edge + 1] = offsets[edge] + line.length / 2));
  const points = new Float64Array(2 * offsets[lines.length]);
  lines.forEach((line, edge) => points.set(line, 2 * offsets[edge]));
  return { offsets, points };
}

/** A view of the points, not a copy */
export function routeOf({ offsets, points }: Routes, edge: number): ArrayLike<number> {
  return points.subarray(2 * offsets[edge], 2 * offsets[edge + 1]);
}

/** The same line from the other end. */
export function reversedLine(line: Polyline): Polyline {
  const reversed: Polyline = [];
  for (let index = line.length - 2; index >= 0; index -= 2) {
    reversed.push(line[index], line[index + 1]);
  }
  return reversed;
}

/** Spreads the edges of one side of each node over its border, in the order of where they go next. */
function spreadPorts(
  ports: Float64Array,
  { offsets, edges }: Adjacency,
  next: (edge: number) => number,
  height: number
) {
  for (let node = 0; node + 1 < offsets.length; node++) {
    const gaps = offsets[node + 1] - offsets[node] - 1;
    if (gaps > 0) {
      const gap = Math.min(PORT_GAP, (height * PORT_SHARE) / gaps);
      const own = edges.slice(offsets[node], offsets[node + 1]).sort((a, b) => next(a) - next(b));
      own.forEach((edge, index) => (ports[edge] = (index - gaps / 2) * gap));
    }
  }
}

/**
 * Lines from left to right through the dummies, from the right border of a caller to the left border of its callee.
 * At a dummy the line runs level for the width of a card, so that it passes between the cards of that layer.
 */
export function routesThroughDummies(
  { nodeCount, chains }: ProperLayering,
  dag: LayoutInput,
  { x, y }: { x: Float64Array; y: Float64Array },
  { nodeWidth, nodeHeight }: LayoutOptions
): Polyline[] {
  const { sources, targets } = dag;
  const { callees, callers } = callsOf(dag);
  const hasDummies = (edge: number) => chains[edge] < chains[edge + 1];
  const afterSource = (edge: number) => (hasDummies(edge) ? nodeCount + chains[edge] : targets[edge]);
  const beforeTarget = (edge: number) => (hasDummies(edge) ? nodeCount + chains[edge + 1] - 1 : sources[edge]);
  const leaving = new Float64Array(sources.length);
  const arriving = leaving.slice();
  spreadPorts(leaving, callees, (edge) => y[afterSource(edge)], nodeHeight);
  spreadPorts(arriving, callers, (edge) => y[beforeTarget(edge)], nodeHeight);
  return Array.from(sources, (source, edge) => {
    const target = targets[edge];
    if (source === target) {
      return [];
    }
    const line = [x[source] + nodeWidth / 2, y[source] + leaving[edge]];
    for (let dummy = nodeCount + chains[edge]; dummy < nodeCount + chains[edge + 1]; dummy++) {
      line.push(x[dummy] - nodeWidth / 2, y[dummy], x[dummy] + nodeWidth / 2, y[dummy]);
    }
    line.push(x[target] - nodeWidth / 2, y[target] + arriving[edge]);
    return line;
  });
}

/** From border to border without looking at what lies between; from the side that faces the other card. */
export function directRoute(
  from: { x: number; y: number },
  to: { x: number; y: number },
  { nodeWidth, nodeHeight }: Pick<LayoutOptions, 'nodeWidth' | 'nodeHeight'>
): Polyline {
  const dx = to.x - from.x;
  if (Math.abs(dx) >= nodeWidth) {
    const sign = Math.sign(dx);
    return [from.x + (sign * nodeWidth) / 2, from.y, to.x - (sign * nodeWidth) / 2, to.y];
  }
  const sign = to.y >= from.y ? 1 : -1;
  return [from.x, from.y + (sign * nodeHeight) / 2, to.x, to.y - (sign * nodeHeight) / 2];
}
