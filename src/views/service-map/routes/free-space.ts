/** The room between rectangles as cells: upright walls through all their sides divide it. */
import { type Point, type Rect } from '../viewport';

interface Strip {
  /** Where it begins */
  x: number;
  /** From top to bottom */
  cells: number[];
}

/** Cells by their numbers. Some rooms can be closed and have an inside of their own: its cells are in their `room`. */
export class FreeSpace {
  readonly left: number[] = [];
  readonly top: number[] = [];
  readonly right: number[] = [];
  readonly bottom: number[] = [];
  /** Cells beside each cell; one goes from one to the other through what their sides share */
  readonly beside: number[][] = [];
  /** -1 for what is in no room */
  readonly room: number[] = [];
  private readonly strips = new Map<number, Strip[]>();

  /** Divides a room, or what lies around all rooms. @param bounds holds all blocks */
  divide(room: number, blocks: readonly Rect[], bounds: Rect) {
    const end = bounds.x + bounds.width;
    const sides = new Set([bounds.x]);
    for (const { x, width } of blocks) {
      sides.add(x).add(x + width);
    }
    const walls = [...sides].filter((x) => x >= bounds.x && x < end).sort((a, b) => a - b);
    const waiting = [...blocks].sort((a, b) => b.x - a.x);
    let present: Rect[] = [];
    let open: number[] = [];
    const strips = walls.map((x, index): Strip => {
      present = present.filter((block) => block.x + block.width > x);
      for (let next = waiting.at(-1); next && next.x <= x; next = waiting.at(-1)) {
        present.push(next);
        waiting.pop();
      }
      present.sort((a, b) => a.y - b.y);
      open = this.strip(room, { ...bounds, x }, present, open);
      for (const cell of open) {
        this.right[cell] = walls[index + 1] ?? end;
      }
      return { x, cells: open };
    });
    this.strips.set(room, strips);
  }

  /** Cells of a strip; those that were there before it go on. */
  private strip(room: number, { x, y, height }: Rect, blocks: readonly Rect[], before: readonly number[]): number[] {
    const cells: number[] = [];
    let old = 0;
    let from = y;
    for (let index = 0; index <= blocks.length; index++) {
      const to = index < blocks.length ? blocks[index].y : y + height;
      if (to > from) {
        while (old < before.length && this.bottom[before[old]] <= from) {
          old++;
        }
        const known = before[old];
        if (old < before.length && this.top[known] === from && this.bottom[known] === to) {
          cells.push(known);
        } else {
          const cell = this.add(room, x, from, to);
          for (let other = old; other < before.length && this.top[before[other]] < to; other++) {
            this.join(cell, before[other]);
          }
          cells.push(cell);
        }
      }
      from = index < blocks.length ? Math.max(from, blocks[index].y + blocks[index].height) : from;
    }
    return cells;
  }

  private add(room: number, x: number, top: number, bottom: number): number {
    this.left.push(x);
    this.top.push(top);
    this.bottom.push(bottom);
    this.beside.push([]);
    return this.room.push(room) - 1;
  }

  private join(a: number, b: number) {
    this.beside[a].push(b);
    this.beside[b].push(a);
  }

  /** Opens the sides of a room to what lies around all rooms. */
  open(room: number) {
    const outer = this.strips.get(-1) ?? [];
    const border = new Set(this.strips.get(room)?.flatMap(({ cells }) => cells));
    for (const cell of border) {
      const first = Math.max(0, this.stripAt(outer, this.left[cell] - 1));
      const near = new Set<number>();
      for (let index = first; index < outer.length && outer[index].x <= this.right[cell]; index++) {
        outer[index].cells.forEach((other) => this.touches(cell, other) && near.add(other));
      }
      near.forEach((other) => this.join(cell, other));
    }
  }

  private touches(a: number, b: number): boolean {
    const width = Math.min(this.right[a], this.right[b]) - Math.max(this.left[a], this.left[b]);
    const height = Math.min(this.bottom[a], this.bottom[b]) - Math.max(this.top[a], this.top[b]);
    return (width === 0 && height > 0) || (height === 0 && width > 0);
  }

  private stripAt(strips: readonly Strip[], x: number): number {
    let [low, high] = [0, strips.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (strips[middle].x <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** @returns -1 within a block, and outside of everything */
  cellAt(room: number, { x, y }: Point): number {
    const strips = this.strips.get(room) ?? [];
    const cells = strips[this.stripAt(strips, x)]?.cells;
    return cells?.find((cell) => y > this.top[cell] && y < this.bottom[cell] && x <= this.right[cell]) ?? -1;
  }
}
