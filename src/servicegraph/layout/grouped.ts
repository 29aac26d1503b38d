import { type Steps } from '../../trace/steps';
import { arrangeColumns } from './arrange-columns';
import { type Columns, columnChoices, depthColumns, heightOf, widthOf } from './columns';
import { crossingShare } from './crossing-sample';
import { type Drawing, putLines, putNodes, rowsOf } from './drawing';
import { drawGroups, type GroupDrawing } from './group-drawings';
import { groupLinksOf } from './group-links';
import { communityGroups, GROUP_MOST } from './grouping';
import { countOf } from './numbered';
import { frameWidth } from './packing';
import { layoutParts } from './parts';
import { directRoute, type Polyline } from './routes';
import { settleRows } from './settle-rows';
import { type GroupBox, type LayoutInput, type LayoutOptions, SPACING } from './types';

/** Several arrangements are tried, fewer of large graphs, whose boxes take longer to arrange. */
const TRIES = 2;
const MANY_GROUPS = 24;
const FEW_GROUPS = 40;
const SAMPLED_EDGES = 500;
/** Readers follow calls from left to right: below this share of them, crossings are the lesser evil. */
const LEAST_FORWARD = 0.85;
const FORWARD_WEIGHT = 8;

interface Arranged {
  /** From column to column, and their boxes in the same order */
  groups: GroupDrawing[];
  boxes: GroupBox[];
  x: Float64Array;
  y: Float64Array;
  width: number;
  height: number;
}

/** The corner of a box's drawing */
function innerCorner({ x, y }: GroupBox) {
  return { x: x + SPACING.groupPadding, y: y + SPACING.groupPadding + SPACING.groupHeader };
}

function place(columns: Columns, nodeCount: number): Arranged {
  const [x, y] = [new Float64Array(nodeCount), new Float64Array(nodeCount)];
  const boxes: GroupBox[] = [];
  let left = 0;
  for (const column of columns) {
    const columnWidth = widthOf(column);
    let above = -heightOf(column) / 2;
    for (const { number, width, height } of column) {
      const middle = above + height / 2;
      boxes.push({ group: number, x: left + (columnWidth - width) / 2, y: middle - height / 2, width, height });
      above += height + SPACING.group;
    }
    left += columnWidth + SPACING.group;
  }
  const groups = columns.flat();
  const top = Math.min(...boxes.map((box) => box.y));
  groups.forEach((group, index) => {
    boxes[index].y -= top;
    putNodes(group, innerCorner(boxes[index]), { x, y });
  });
  const height = Math.max(...boxes.map((box) => box.y + box.height));
  return { groups, boxes, x, y, width: left - SPACING.group, height };
}

/** Evenly spread over all calls */
function sampledEdges({ sources }: LayoutInput): number[] {
  const step = Math.max(1, sources.length / SAMPLED_EDGES);
  return Array.from({ length: Math.min(sources.length, SAMPLED_EDGES) }, (_, index) => Math.floor(index * step));
}

function forwardShare({ sources, targets }: LayoutInput, x: Float64Array): number {
  let [forward, calls] = [0, 0];
  sources.forEach((source, edge) => {
    const target = targets[edge];
    forward += Number(x[target] > x[source]);
    calls += Number(target !== source);
  });
  return calls > 0 ? forward / calls : 1;
}

/** Of several arrangements the one with few crossings in a small frame whose calls mostly point to the right. */
function* bestArrangement(
  input: LayoutInput,
  groups: Int32Array,
  drawn: GroupDrawing[],
  { aspect, columnsByDepth }: LayoutOptions
): Steps<Arranged> {
  const isLarge = drawn.length > MANY_GROUPS;
  const directed = groupLinksOf(input, groups, drawn);
  const sample = sampledEdges(input);
  yield;
  const sorted = [...drawn].sort((a, b) => a.depth - b.depth);
  const choices = columnChoices(sorted, aspect, isLarge ? 1 : TRIES);
  const isByDepth = columnsByDepth && drawn.length <= FEW_GROUPS;
  if (isByDepth) {
    choices.push(depthColumns(sorted));
  }
  const tried: Array<{ cost: number; arranged: Arranged }> = [];
  for (const choice of choices) {
    yield* arrangeColumns(choice, directed);
    const arranged = place(choice, input.nodeCount);
    if (choices.length === 1) {
      return arranged;
    }
    const missing = Math.max(0, (isByDepth ? 1 : LEAST_FORWARD) - forwardShare(input, arranged.x));
    const cost =
      frameWidth(arranged, aspect) * (0.01 + crossingShare(input, sample, arranged)) * (1 + FORWARD_WEIGHT * missing);
    tried.push({ cost, arranged });
    yield;
  }
  return tried.sort((a, b) => a.cost - b.cost)[0].arranged;
}

/** The members of a group; of a large one by who calls whom, as a map without labels is drawn. */
function* drawMembers(members: LayoutInput, options: LayoutOptions): Steps<Drawing> {
  const communities = members.nodeCount > GROUP_MOST ? communityGroups(members) : undefined;
  if (!communities || countOf(communities) === 1) {
    return layoutParts(members, options);
  }
  const { lines, ...drawing } = yield* groupedLayout(members, communities, options);
  return { ...drawing, rows: [], linesAt: () => lines };
}

/** Groups as boxes, each with its own layered drawing; calls between boxes go straight. */
export function* groupedLayout(
  input: LayoutInput,
  groups: Int32Array,
  options: LayoutOptions
): Steps<Arranged & { lines: Polyline[] }> {
  const { sources, targets } = input;
  const drawn = yield* drawGroups(input, groups, options, drawMembers);
  const arranged = yield* bestArrangement(input, groups, drawn, options);
  const { x, y } = arranged;
  yield* settleRows(input, rowsOf(drawn), arranged);
  yield;
  const lines: Polyline[] = Array.from(sources, () => []);
  for (const [index, group] of arranged.groups.entries()) {
    yield;
    putLines(group, innerCorner(arranged.boxes[index]), y, lines);
  }
  yield;
  sources.forEach((source, edge) => {
    const target = targets[edge];
    if (groups[source] !== groups[target]) {
      lines[edge] = directRoute({ x: x[source], y: y[source] }, { x: x[target], y: y[target] }, options);
    }
  });
  yield;
  return { ...arranged, lines };
}
