/** Boxes of groups in columns of about equal height, callers to the left. */
import { type GroupDrawing } from './group-drawings';
import { type LayoutInput, SPACING } from './types';

export type Columns = GroupDrawing[][];

const BARYCENTRE_ROUNDS = 12;
/** Frames up to this much larger than the smallest are as good. */
const FRAME_TOLERANCE = 1.15;

/** Fills so many columns to about equal height, in the order given. */
function fillColumns(sorted: readonly GroupDrawing[], count: number): Columns {
  const total = sorted.reduce((sum, { height }) => sum + height + SPACING.group, 0);
  const columns: Columns = Array.from({ length: count }, () => []);
  let filled = 0;
  for (const group of sorted) {
    const middle = filled + (group.height + SPACING.group) / 2;
    columns[Math.min(count - 1, Math.floor((middle / total) * count))].push(group);
    filled += group.height + SPACING.group;
  }
  return columns.filter((column) => column.length > 0);
}

/** The side of the smallest frame of that aspect that holds the columns. */
function frameWidth(columns: Columns, aspect: number): number {
  const sum = (values: number[]) => values.reduce((total, value) => total + value + SPACING.group, -SPACING.group);
  const width = sum(columns.map((groups) => Math.max(...groups.map((group) => group.width))));
  const height = Math.max(...columns.map((groups) => sum(groups.map((group) => group.height))));
  return Math.max(width, height * aspect);
}

/** The column counts that can be shown about as large as the best, the best first; at most `most`. */
export function columnChoices(groups: readonly GroupDrawing[], aspect: number, most: number): Columns[] {
  const sorted = [...groups].sort((a, b) => a.depth - b.depth || a.number - b.number);
  const widest = Math.min(groups.length, Math.ceil(3 * Math.sqrt(groups.length)));
  const choices = Array.from({ length: Math.max(1, widest) }, (_, index) => {
    const columns = fillColumns(sorted, index + 1);
    return { columns, width: frameWidth(columns, aspect) };
  }).sort((a, b) => a.width - b.width);
  return choices
    .filter(({ width }) => width <= FRAME_TOLERANCE * choices[0].width)
    .slice(0, most)
    .map(({ columns }) => columns);
}

/** A column for each step of calls, whatever the frame that this makes: of few groups it reads best. */
export function depthColumns(groups: readonly GroupDrawing[]): Columns {
  const columns = new Map<number, GroupDrawing[]>();
  for (const group of [...groups].sort((a, b) => a.depth - b.depth || a.number - b.number)) {
    const step = Math.round(group.depth);
    columns.set(step, [...(columns.get(step) ?? []), group]);
  }
  return [...columns.values()];
}

/** Calls between each two groups, both ways, by group number. */
export function groupLinks(input: LayoutInput, groups: Int32Array): Map<number, Map<number, number>> {
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

export function centresOf(columns: Columns): Map<number, { column: number; y: number }> {
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
export function orderColumns(columns: Columns, links: Map<number, Map<number, number>>) {
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
