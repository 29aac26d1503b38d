/** The shortest way from a point to another around blocks: A* over the cells of the free space, then pulled taut. */
import { clamp, type Point } from '../viewport/viewport';
import { type Cell, sharedSide } from './free-space';

/** What two cells share, as its ends on the left and right hand of who goes through */
export interface Gate {
  left: Point;
  right: Point;
}

function gateOf(from: Cell, to: Cell): Gate {
  const { left, right, top, bottom } = sharedSide(from, to);
  const [begin, end] = [
    { x: left, y: top },
    { x: right, y: bottom },
  ];
  // Going to the right and going up, the begin of what is shared is on the left hand.
  const isSwapped = top < bottom ? to.x < from.x : to.y > from.y;
  return isSwapped ? { left: end, right: begin } : { left: begin, right: end };
}

interface Stop {
  cell: Cell;
  /** Where it is entered */
  x: number;
  y: number;
  /** px of the way so far, and at least of all */
  length: number;
  least: number;
  before?: Stop;
}

/** Enters a cell where the straight line to the goal leads into it, or else about the nearest place. */
function enter(cell: Cell, before: Stop, goal: Point): Stop {
  const { left, right, top, bottom } = sharedSide(before.cell, cell);
  const dx = goal.x - before.x;
  const dy = goal.y - before.y;
  const part = left === right ? (left - before.x) / dx : (top - before.y) / dy;
  const ahead = part > 0 && part <= 1 ? part : 0;
  const x = clamp(before.x + ahead * dx, left, right);
  const y = clamp(before.y + ahead * dy, top, bottom);
  const length = before.length + Math.sqrt((x - before.x) ** 2 + (y - before.y) ** 2);
  return { cell, x, y, length, least: length + Math.sqrt((goal.x - x) ** 2 + (goal.y - y) ** 2), before };
}

let search = 0;

export interface Stand {
  cell: Cell;
  at: Point;
}

/**
 * Through the rooms of both ends and what lies around all rooms.
 * @returns undefined where no way leads from one to the other
 */
export function gatesBetween(first: Stand, last: Stand): Gate[] | undefined {
  const rooms = [-1, first.cell.room, last.cell.room];
  search++;
  const open: Stop[] = [{ cell: first.cell, ...first.at, length: 0, least: 0 }];
  while (open.length > 0) {
    let best = open.length - 1;
    for (let index = best - 1; index >= 0; index--) {
      best = open[index].least < open[best].least ? index : best;
    }
    const stop = open[best];
    open[best] = open[open.length - 1];
    open.pop();
    if (stop.cell === last.cell) {
      const gates: Gate[] = [];
      for (let { cell, before } = stop; before; { cell, before } = before) {
        gates.push(gateOf(before.cell, cell));
      }
      return gates.reverse();
    }
    for (const cell of stop.cell.beside) {
      if (cell !== stop.before?.cell && rooms.includes(cell.room)) {
        const next = enter(cell, stop, last.at);
        if (cell.search !== search || next.least < cell.least) {
          cell.search = search;
          cell.least = next.least;
          open.push(next);
        }
      }
    }
  }
  return undefined;
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
