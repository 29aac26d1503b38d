import { arrangeColumns, type GroupLinks } from './arrange-columns';
import { callDepth, type Drawing } from './flat';
import { layoutParts } from './parts';
import { directRoute, packRoutes, type Polyline } from './routes';
import { type GroupBox, type LayoutInput, type LayoutOptions, type LayoutResult, SPACING } from './types';

interface Group {
  number: number;
  nodes: number[];
  edges: number[];
  depth: number;
  drawing: Drawing;
  width: number;
  height: number;
}

const BARYCENTRE_ROUNDS = 12;

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
  for (let round = 0; round < DEPTH_ROUNDS; round++) {
    const sum = new Float64Array(count);
    const weight = new Float64Array(count);
    input.sources.forEach((source, edge) => {
      const [from, to] = [groups[source], groups[input.targets[edge]]];
      if (from !== to) {
        sum[from] += depth[to] - 1;
        sum[to] += depth[from] + 1;
        weight[from]++;
        weight[to]++;
      }
    });
    for (let group = 0; group < count; group++) {
      if (weight[group] > 0) {
        depth[group] += 0.5 * (sum[group] / weight[group] - depth[group]);
      }
    }
  }
  return depth;
}

function drawGroups(input: LayoutInput, groups: Int32Array, options: LayoutOptions): Group[] {
  const depth = groupDepths(input, groups);
  const place = new Int32Array(input.nodeCount);
  return membersOf(input, groups).flatMap(({ nodes, edges }, number) => {
    if (nodes.length === 0) {
      return [];
    }
    nodes.forEach((node, index) => (place[node] = index));
    const inner: LayoutInput = {
      nodeCount: nodes.length,
      sources: Int32Array.from(edges, (edge) => place[input.sources[edge]]),
      targets: Int32Array.from(edges, (edge) => place[input.targets[edge]]),
    };
    const drawing = layoutParts(inner, { ...options, aspect: 1.3 });
    return [
      {
        number,
        nodes,
        edges,
        depth: depth[number],
        drawing,
        width: drawing.width + 2 * SPACING.groupPadding,
        height: drawing.height + 2 * SPACING.groupPadding + SPACING.groupHeader,
      },
    ];
  });
}

/** Fills so many columns to about equal height, in the order given. */
function fillColumns(sorted: readonly Group[], count: number): Group[][] {
  const total = sorted.reduce((sum, { height }) => sum + height + SPACING.group, 0);
  const columns: Group[][] = Array.from({ length: count }, () => []);
  let filled = 0;
  for (const group of sorted) {
    const middle = filled + (group.height + SPACING.group) / 2;
    columns[Math.min(count - 1, Math.floor((middle / total) * count))].push(group);
    filled += group.height + SPACING.group;
  }
  return columns.filter((column) => column.length > 0);
}

/** The side of the smallest frame of that aspect that holds the columns. */
function frameWidth(columns: Group[][], aspect: number): number {
  const sum = (values: number[]) => values.reduce((total, value) => total + value + SPACING.group, -SPACING.group);
  const width = sum(columns.map((groups) => Math.max(...groups.map((group) => group.width))));
  const height = Math.max(...columns.map((groups) => sum(groups.map((group) => group.height))));
  return Math.max(width, height * aspect);
}

/** Columns of about equal height, callers' groups to the left; as many as can be shown largest. */
function intoColumns(groups: Group[], aspect: number): Group[][] {
  const sorted = [...groups].sort((a, b) => a.depth - b.depth || a.number - b.number);
  const most = Math.min(groups.length, Math.ceil(3 * Math.sqrt(groups.length)));
  let best = fillColumns(sorted, 1);
  for (let count = 2; count <= most; count++) {
    const columns = fillColumns(sorted, count);
    if (frameWidth(columns, aspect) < frameWidth(best, aspect)) {
      best = columns;
    }
  }
  return best;
}

/** Calls between each two groups, both ways, by group number. */
function groupLinks(input: LayoutInput, groups: Int32Array): Map<number, Map<number, number>> {
  const links = new Map<number, Map<number, number>>();
  const add = (from: number, to: number) => {
    const row = links.get(from) ?? new Map<number, number>();
    row.set(to, (row.get(to) ?? 0) + 1);
    links.set(from, row);
  };
  input.sources.forEach((source, edge) => {
    const [a, b] = [groups[source], groups[input.targets[edge]]];
    if (a !== b) {
      add(a, b);
      add(b, a);
    }
  });
  return links;
}

function centresOf(columns: Group[][]): Map<number, { column: number; y: number }> {
  const centres = new Map<number, { column: number; y: number }>();
  columns.forEach((groups, column) => {
    const height = groups.reduce((sum, group) => sum + group.height + SPACING.group, -SPACING.group);
    let y = -height / 2;
    for (const group of groups) {
      centres.set(group.number, { column, y: y + group.height / 2 });
      y += group.height + SPACING.group;
    }
  });
  return centres;
}

/** Orders each column so that groups stand beside those they call; near columns count more. */
function orderColumns(columns: Group[][], links: Map<number, Map<number, number>>) {
  for (let round = 0; round < BARYCENTRE_ROUNDS; round++) {
    columns.forEach((groups, column) => {
      const centres = centresOf(columns);
      const wanted = new Map(
        groups.map(({ number }) => {
          let [sum, weight] = [0, 0];
          links.get(number)?.forEach((calls, other) => {
            const centre = centres.get(other);
            if (centre && centre.column !== column) {
              const share = calls / (1 + Math.abs(centre.column - column));
              sum += share * centre.y;
              weight += share;
            }
          });
          return [number, weight > 0 ? sum / weight : (centres.get(number)?.y ?? 0)];
        })
      );
      groups.sort((a, b) => (wanted.get(a.number) ?? 0) - (wanted.get(b.number) ?? 0) || a.number - b.number);
    });
  }
}

/** Calls by caller's and callee's group, with where in the boxes they begin and end. */
function directedLinks(input: LayoutInput, groups: Int32Array, drawn: readonly Group[]): GroupLinks {
  const inner = new Float64Array(input.nodeCount);
  for (const { nodes, drawing } of drawn) {
    nodes.forEach((node, index) => (inner[node] = drawing.x[index] - drawing.width / 2));
  }
  const links = new Map<number, { from: number; to: number; calls: number; offset: number }>();
  input.sources.forEach((source, edge) => {
    const target = input.targets[edge];
    const [from, to] = [groups[source], groups[target]];
    if (from !== to) {
      const key = from * input.nodeCount + to;
      const link = links.get(key) ?? { from, to, calls: 0, offset: 0 };
      link.calls++;
      link.offset += inner[target] - inner[source];
      links.set(key, link);
    }
  });
  const list = [...links.values()];
  return {
    from: Int32Array.from(list, ({ from }) => from),
    to: Int32Array.from(list, ({ to }) => to),
    calls: Float64Array.from(list, ({ calls }) => calls),
    offset: Float64Array.from(list, ({ offset, calls }) => offset / calls),
  };
}

/** Groups as boxes, each with its own layered drawing; calls between boxes go straight. */
export function groupedLayout(input: LayoutInput, groups: Int32Array, options: LayoutOptions): LayoutResult {
  const columns = intoColumns(drawGroups(input, groups, options), options.aspect);
  orderColumns(columns, groupLinks(input, groups));
  arrangeColumns(columns, directedLinks(input, groups, columns.flat()));
  const centres = centresOf(columns);
  const top = Math.min(...columns.flat().map((group) => (centres.get(group.number)?.y ?? 0) - group.height / 2));
  const x = new Float64Array(input.nodeCount);
  const y = new Float64Array(input.nodeCount);
  const lines: Polyline[] = Array.from(input.sources, () => []);
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
      const [innerX, innerY] = [box.x + SPACING.groupPadding, box.y + SPACING.groupPadding + SPACING.groupHeader];
      group.nodes.forEach((node, index) => {
        x[node] = innerX + group.drawing.x[index];
        y[node] = innerY + group.drawing.y[index];
      });
      group.edges.forEach((edge, index) => {
        lines[edge] = group.drawing.lines[index].map((value, at) => value + (at % 2 === 0 ? innerX : innerY));
      });
    }
    left += columnWidth + SPACING.group;
  }
  input.sources.forEach((source, edge) => {
    const target = input.targets[edge];
    if (groups[source] !== groups[target]) {
      lines[edge] = directRoute({ x: x[source], y: y[source] }, { x: x[target], y: y[target] }, options);
    }
  });
  return { x, y, routes: packRoutes(lines), groups: boxes, width: Math.max(0, left - SPACING.group), height };
}
