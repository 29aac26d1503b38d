import { type Steps } from '../../trace/steps';
import { arrangeColumns } from './arrange-columns';
import { centresOf, type Columns, columnChoices, depthColumns } from './columns';
import { crossingShare } from './crossing-sample';
import { type Drawing } from './flat';
import { drawGroups, type GroupDrawing } from './group-drawings';
import { groupLinksOf } from './group-links';
import { communityGroups, GROUP_MOST } from './grouping';
import { layoutParts } from './parts';
import { directRoute, packRoutes, type Polyline, routeOf } from './routes';
import { settleRows } from './settle-rows';
import { type GroupBox, type LayoutInput, type LayoutOptions, type LayoutResult, SPACING } from './types';

/** Several arrangements are tried, fewer of large graphs, whose boxes take longer to arrange. */
const TRIES = 2;
const MANY_GROUPS = 24;
const FEW_GROUPS = 40;
const SAMPLED_EDGES = 500;
/** Readers follow calls from left to right: below this share of them, crossings are the lesser evil. */
const LEAST_FORWARD = 0.85;
const FORWARD_WEIGHT = 8;

interface Arranged {
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
  const centres = centresOf(columns);
  const top = Math.min(...columns.flat().map((group) => (centres.get(group.number)?.y ?? 0) - group.height / 2));
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  const boxes: GroupBox[] = [];
  let left = 0;
  let height = 0;
  for (const column of columns) {
    const columnWidth = column.reduce((most, { width }) => Math.max(most, width), 0);
    for (const group of column) {
      const box: GroupBox = {
        group: group.number,
        x: left + (columnWidth - group.width) / 2,
        y: (centres.get(group.number)?.y ?? 0) - group.height / 2 - top,
        width: group.width,
        height: group.height,
      };
      boxes.push(box);
      height = Math.max(height, box.y + box.height);
      const corner = innerCorner(box);
      group.nodes.forEach((node, index) => {
        x[node] = corner.x + group.drawing.x[index];
        y[node] = corner.y + group.drawing.y[index];
      });
    }
    left += columnWidth + SPACING.group;
  }
  return { boxes, x, y, width: Math.max(0, left - SPACING.group), height };
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
  const choices = columnChoices(drawn, aspect, isLarge ? 1 : TRIES);
  const isByDepth = columnsByDepth && drawn.length <= FEW_GROUPS;
  if (isByDepth) {
    choices.push(depthColumns(drawn));
  }
  let best: { cost: number; arranged: Arranged } | undefined;
  for (const choice of choices) {
    yield* arrangeColumns(choice, directed);
    const arranged = place(choice, input.nodeCount);
    if (choices.length === 1) {
      return arranged;
    }
    const missing = Math.max(0, (isByDepth ? 1 : LEAST_FORWARD) - forwardShare(input, arranged.x));
    const frame = Math.max(arranged.width, arranged.height * aspect);
    const cost = frame * (0.01 + crossingShare(input, sample, arranged)) * (1 + FORWARD_WEIGHT * missing);
    if (!best || cost < best.cost) {
      best = { cost, arranged };
    }
    yield;
  }
  return best?.arranged ?? place([drawn], input.nodeCount);
}

/** The members of a group; of a large one by who calls whom, as a map without labels is drawn. */
function* drawMembers(members: LayoutInput, options: LayoutOptions): Steps<Drawing> {
  if (members.nodeCount <= GROUP_MOST) {
    return layoutParts(members, options);
  }
  const communities = communityGroups(members);
  if (communities.every((community) => community === 0)) {
    return layoutParts(members, options);
  }
  const { x, y, routes, width, height } = yield* groupedLayout(members, communities, options);
  const lines = Array.from(members.sources, (_, edge) => Array.from(routeOf(routes, edge)));
  return { x, y, rows: [], linesAt: () => lines, width, height };
}

/** Groups as boxes, each with its own layered drawing; calls between boxes go straight. */
export function* groupedLayout(input: LayoutInput, groups: Int32Array, options: LayoutOptions): Steps<LayoutResult> {
  const drawn = yield* drawGroups(input, groups, options, drawMembers);
  const { boxes, x, y, width, height } = yield* bestArrangement(input, groups, drawn, options);
  yield* settleRows(
    input,
    drawn.flatMap(({ nodes, drawing }) => drawing.rows.map((row) => row.map((place) => nodes[place]))),
    { x, y }
  );
  yield;
  const corners = new Map(boxes.map((box) => [box.group, innerCorner(box)]));
  const lines: Polyline[] = Array.from(input.sources, () => []);
  for (const { number, nodes, edges, drawing } of drawn) {
    yield;
    const corner = corners.get(number) ?? { x: 0, y: 0 };
    const inner = drawing.linesAt(Float64Array.from(nodes, (node) => y[node] - corner.y));
    edges.forEach((edge, index) => {
      lines[edge] = inner[index].map((value, at) => value + (at % 2 === 0 ? corner.x : corner.y));
    });
  }
  yield;
  input.sources.forEach((source, edge) => {
    const target = input.targets[edge];
    if (groups[source] !== groups[target]) {
      lines[edge] = directRoute({ x: x[source], y: y[source] }, { x: x[target], y: y[target] }, options);
    }
  });
  yield;
  return { x, y, routes: packRoutes(lines), groups: boxes, width, height };
}
