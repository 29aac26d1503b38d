/** The shortest way from a point to another around blocks: A* over the cells of the free space, then pulled taut. */
import { type Point } from '../viewport';
import { type FreeSpace } from './free-space';

/** What two cells share, as its ends on the left and right hand of who goes through */
export interface Gate {
  left: Point;
  right: Point;
}

function gateOf({ left, right, top, bottom }: FreeSpace, from: number, to: number): Gate {
  const high = Math.max(top[from], top[to]);
  const low = Math.min(bottom[from], bottom[to]);
  const begin = { x: Math.max(left[from], left[to]), y: high };
  const end = { x: Math.min(right[from], right[to]), y: low };
  // Going to the right and going up, the begin of what is shared is on the left hand.
  const isUpright = high < low;
  const isSwapped = isUpright ? left[to] < left[from] : top[to] > top[from];
  return isSwapped ? { left: end, right: begin } : { left: begin, right: end };
}

function clamp(value: number, least: number, most: number): number {
  return value < least ? least : value > most ? most : value;
}

export interface Place {
  cell: number;
  at: Point;
}

/** What is known of each cell while a way is looked for; kept for the next one, as it is often needed. */
export class WayFinder {
  /** Search in which the rest was written */
  private search = 0;
  private readonly seen: number[] = [];
  /** Where the cell is entered */
  private readonly x: number[] = [];
  private readonly y: number[] = [];
  /** px of the way so far, and at least of all */
  private readonly length: number[] = [];
  private readonly least: number[] = [];
  private readonly before: number[] = [];
  private open: number[] = [];

  constructor(private readonly space: FreeSpace) {}

  /**
   * @param rooms that may be entered
   * @returns undefined where no way leads from one to the other
   */
  gatesBetween(from: Place, to: Place, rooms: ReadonlySet<number>): Gate[] | undefined {
    const { space, before } = this;
    this.search++;
    this.open = [];
    this.reach(from.cell, from.at.x, from.at.y, 0, 0, -1);
    for (let cell = this.take(); cell >= 0; cell = this.take()) {
      if (cell === to.cell) {
        const gates: Gate[] = [];
        for (let end = cell; before[end] >= 0; end = before[end]) {
          gates.push(gateOf(space, before[end], end));
        }
        return gates.reverse();
      }
      for (const next of space.beside[cell]) {
        if (next !== before[cell] && rooms.has(space.room[next])) {
          this.go(cell, next, to.at);
        }
      }
    }
    return undefined;
  }

  /** Enters a cell where the straight line to the goal leads into it, or else about the nearest place. */
  private go(from: number, to: number, goal: Point) {
    const { left, right, top, bottom } = this.space;
    const begin = left[from] > left[to] ? left[from] : left[to];
    const end = right[from] < right[to] ? right[from] : right[to];
    const high = top[from] > top[to] ? top[from] : top[to];
    const low = bottom[from] < bottom[to] ? bottom[from] : bottom[to];
    let [x, y] = [this.x[from], this.y[from]];
    const [dx, dy] = [goal.x - x, goal.y - y];
    const part = begin === end ? (begin - x) / dx : (high - y) / dy;
    if (part > 0 && part <= 1) {
      x += part * dx;
      y += part * dy;
    }
    x = clamp(x, begin, end);
    y = clamp(y, high, low);
    const length = this.length[from] + Math.sqrt((x - this.x[from]) ** 2 + (y - this.y[from]) ** 2);
    const least = length + Math.sqrt((goal.x - x) ** 2 + (goal.y - y) ** 2);
    if (this.seen[to] !== this.search || least < this.least[to]) {
      this.reach(to, x, y, length, least, from);
    }
  }

  private reach(cell: number, x: number, y: number, length: number, least: number, before: number) {
    this.seen[cell] = this.search;
    this.x[cell] = x;
    this.y[cell] = y;
    this.length[cell] = length;
    this.least[cell] = least;
    this.before[cell] = before;
    this.open.push(cell);
  }

  private take(): number {
    const { open, least } = this;
    let best = 0;
    for (let index = 1; index < open.length; index++) {
      if (least[open[index]] < least[open[best]]) {
        best = index;
      }
    }
    const found = open[best] ?? -1;
    const last = open.pop();
    if (last !== undefined && best < open.length) {
      open[best] = last;
    }
    return found;
  }
}

/** Positive when c lies to the right of the way from a to b (y goes down) */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
}

function isSame(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

/** A string through the gates, pulled taut ("funnel": Lee and Preparata 1984, Chazelle 1982). */
export function taut(gates: readonly Gate[], from: Point, to: Point): Point[] {
  const sides: Gate[] = [...gates, { left: to, right: to }];
  const points = [from];
  let [apex, left, right] = [from, from, from];
  let [leftAt, rightAt] = [-1, -1];
  for (let index = 0; index < sides.length; index++) {
    const next = sides[index];
    if (turn(apex, right, next.right) <= 0) {
      if (isSame(apex, right) || turn(apex, left, next.right) > 0) {
        right = next.right;
        rightAt = index;
      } else {
        points.push(left);
        apex = right = left;
        index = rightAt = leftAt;
        continue;
      }
    }
    if (turn(apex, left, next.left) >= 0) {
      if (isSame(apex, left) || turn(apex, right, next.left) < 0) {
        left = next.left;
        leftAt = index;
      } else {
        points.push(right);
        apex = left = right;
        index = leftAt = rightAt;
      }
    }
  }
  points.push(to);
  return points.filter((point, index) => index === 0 || !isSame(point, points[index - 1]));
}
