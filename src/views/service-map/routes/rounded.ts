import { type Curve } from '../model/curves';
import { type Point } from '../viewport/viewport';

/** A corner is rounded over so many px of its legs at most. */
const LONGEST = 90;
/** Part of a leg that belongs to one of its ends; of the first and the last leg, which have one corner only, nearly all */
const SHARE = { inner: 0.5, outer: 0.92 } as const;
/** Control points of a quarter circle lie so far from its ends, by the radius. */
const ROUND = 0.56;
/** So much of the way from a corner to the chord lies outside of the curve. */
const CUT = (1 + 3 * (1 - ROUND)) / 4;

interface Direction extends Point {
  /** px from one point to the other */
  length: number;
}

/** x and y of one px on the way from a point to another */
export function directionOf(from: Point, to: Point): Direction {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y);
  return { x: x / length, y: y / length, length };
}

export function along({ x, y }: Point, direction: Point, by: number): Point {
  return { x: x + direction.x * by, y: y + direction.y * by };
}

/**
 * A line with round corners.
 * @param roomAt px that a corner may be cut by
 */
export function rounded(corners: readonly Point[], roomAt: (corner: Point) => number): Curve {
  let end = corners[0];
  const points = [end.x, end.y];
  const controls: number[] = [];
  const curveTo = (first: Point, second: Point, to: Point) => {
    controls.push(first.x, first.y, second.x, second.y);
    points.push(to.x, to.y);
    end = to;
  };
  const straightTo = (to: Point) => {
    const leg = { x: to.x - end.x, y: to.y - end.y };
    curveTo(along(end, leg, 1 / 3), along(to, leg, -1 / 3), to);
  };
  const last = corners.length - 1;
  for (let index = 1; index < last; index++) {
    const at = corners[index];
    const [before, after] = [directionOf(corners[index - 1], at), directionOf(at, corners[index + 1])];
    // sin of half the turn
    const bend = Math.sqrt(Math.max(0, (1 - before.x * after.x - before.y * after.y) / 2));
    const reach = Math.min(
      LONGEST,
      before.length * (index === 1 ? SHARE.outer : SHARE.inner),
      after.length * (index === last - 1 ? SHARE.outer : SHARE.inner),
      Math.max(0, roomAt(at)) / Math.max(CUT * bend, 1e-3)
    );
    straightTo(along(at, before, -reach));
    curveTo(along(at, before, -reach * (1 - ROUND)), along(at, after, reach * (1 - ROUND)), along(at, after, reach));
  }
  straightTo(corners[last]);
  return { points, controls };
}
