/** Boxes of groups in columns of about equal height, callers to the left. */
import { type GroupDrawing } from './group-drawings';
import { frameWidth } from './packing';
import { SPACING } from './types';

export type Columns = GroupDrawing[][];

/** Frames up to this much larger than the smallest are as good. */
const FRAME_TOLERANCE = 1.15;

/** px of boxes beside or below each other */
function extentOf(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length + SPACING.group, -SPACING.group);
}

export function heightOf(boxes: ReadonlyArray<{ height: number }>): number {
  return extentOf(boxes.map(({ height }) => height));
}

export function widthOf(boxes: ReadonlyArray<{ width: number }>): number {
  return boxes.reduce((most, { width }) => Math.max(most, width), 0);
}

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

/** The width of the smallest frame of that aspect that holds the columns, once they are of about equal height. */
function columnsFrame(columns: Columns, aspect: number): number {
  const width = extentOf(columns.map(widthOf));
  const heights = columns.map(heightOf);
  const tallest = Math.max(...columns.flat().map((group) => group.height));
  const height = Math.max(tallest, heights.reduce((total, one) => total + one, 0) / columns.length);
  return frameWidth({ width, height }, aspect);
}

/**
 * The column counts that can be shown about as large as the best, the best first; at most `most`.
 * @param sorted by depth
 */
export function columnChoices(sorted: readonly GroupDrawing[], aspect: number, most: number): Columns[] {
  const counts = Math.min(sorted.length, Math.ceil(3 * Math.sqrt(sorted.length)));
  const choices = Array.from({ length: counts }, (_, index) => {
    const columns = fillColumns(sorted, index + 1);
    return { columns, width: columnsFrame(columns, aspect) };
  }).sort((a, b) => a.width - b.width);
  return choices
    .filter(({ width }) => width <= FRAME_TOLERANCE * choices[0].width)
    .slice(0, most)
    .map(({ columns }) => columns);
}

/** A column for each step of calls, whatever the frame that this makes: of few groups it reads best. */
export function depthColumns(sorted: readonly GroupDrawing[]): Columns {
  const columns = new Map<number, GroupDrawing[]>();
  for (const group of sorted) {
    const step = Math.round(group.depth);
    columns.set(step, [...(columns.get(step) ?? []), group]);
  }
  return [...columns.values()];
}
