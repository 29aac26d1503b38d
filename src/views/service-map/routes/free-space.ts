/** The room between rectangles as cells: upright walls through all their sides divide it. */
import { contains } from '../model/rects';
import { intersects, type Point, type Rect } from '../viewport/viewport';

export interface Cell extends Rect {
  right: number;
  bottom: number;
  /** One goes from a cell to these through what their sides share. */
  beside: Cell[];
  /** What the cell is part of; -1 for what lies around all rooms */
  room: number;
  /** Last search that came here, and px of its way at least */
  search: number;
  least: number;
}

/** What two cells that touch have in common: a piece of an upright or a level line */
export function sharedSide(a: Cell, b: Cell) {
  return {
    left: Math.max(a.x, b.x),
    right: Math.min(a.right, b.right),
    top: Math.max(a.y, b.y),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

function join(a: Cell, b: Cell) {
  a.beside.push(b);
  b.beside.push(a);
}

/** @param bounds holds all blocks. @returns the cells of the room between them */
export function freeSpace(room: number, blocks: readonly Rect[], bounds: Rect): Cell[] {
  const all: Cell[] = [];
  const end = bounds.x + bounds.width;
  const floor = bounds.y + bounds.height;
  const sides = new Set([bounds.x, ...blocks.flatMap(({ x, width }) => [x, x + width])]);
  const walls = [...sides].filter((x) => x >= bounds.x && x < end).sort((a, b) => a - b);
  const waiting = [...blocks].sort((a, b) => b.x - a.x);
  let present: Rect[] = [];
  let before: Cell[] = [];
  walls.forEach((x, index) => {
    present = present.filter((block) => block.x + block.width > x);
    for (let next = waiting.at(-1); next && next.x <= x; next = waiting.at(-1)) {
      present.push(next);
      waiting.pop();
    }
    present.sort((a, b) => a.y - b.y);
    const right = walls[index + 1] ?? end;
    const cells: Cell[] = [];
    let old = 0;
    let y = bounds.y;
    for (const block of [...present, { y: floor, height: 0 }]) {
      const bottom = block.y;
      if (bottom > y) {
        while (before[old]?.bottom <= y) {
          old++;
        }
        let cell = before[old];
        if (cell?.y !== y || cell.bottom !== bottom) {
          cell = { x, y, width: 0, height: bottom - y, right, bottom, beside: [], room, search: 0, least: 0 };
          all.push(cell);
          for (let other = old; before[other]?.y < bottom; other++) {
            join(cell, before[other]);
          }
        }
        // Those that were there before the wall go on behind it.
        cell.right = right;
        cell.width = right - cell.x;
        cells.push(cell);
      }
      y = Math.max(y, bottom + block.height);
    }
    before = cells;
  });
  return all;
}

/** Opens the sides of a room to what lies around all rooms. */
export function openRoom(room: Rect, inner: readonly Cell[], outer: readonly Cell[]) {
  const { x, y, width, height } = room;
  const near = outer.filter((cell) => intersects(cell, { x: x - 1, y: y - 1, width: width + 2, height: height + 2 }));
  for (const cell of inner) {
    for (const other of near) {
      const { left, right, top, bottom } = sharedSide(cell, other);
      const [across, down] = [right - left, bottom - top];
      if (Math.min(across, down) === 0 && Math.max(across, down) > 0) {
        join(cell, other);
      }
    }
  }
}

/** @returns undefined within a block, and outside of everything */
export function cellAt(cells: readonly Cell[], point: Point): Cell | undefined {
  return cells.find((cell) => contains(cell, point));
}
