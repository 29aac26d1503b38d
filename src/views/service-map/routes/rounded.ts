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

/**
 * A line with round corners.
 * @param roomAt px that a corner may be cut by
 */
export function rounded(corners: readonly Point[], roomAt: (corner: Point) => number): Curve {
  const points = [corners[0].x, corners[0].y];
  const controls: number[] = [];
  const last = corners.length - 1;
  const straightTo = (x: number, y: number) => {
    const [fromX, fromY] = points.slice(-2);
    controls.push(fromX + (x - fromX) / 3, fromY + (y - fromY) / 3, x - (x - fromX) / 3, y - (y - fromY) / 3);
    points.push(x, y);
  };
  for (let index = 1; index < last; index++) {
    const [before, at, after] = [corners[index - 1], corners[index], corners[index + 1]];
    const inX = at.x - before.x;
    const inY = at.y - before.y;
    const outX = after.x - at.x;
    const outY = after.y - at.y;
    const [inLength, outLength] = [Math.hypot(inX, inY), Math.hypot(outX, outY)];
    const cosine = (inX * outX + inY * outY) / (inLength * outLength);
    // sin of half the turn
    const bend = Math.sqrt(Math.max(0, (1 - cosine) / 2));
    const reach = Math.min(
      LONGEST,
      inLength * (index === 1 ? SHARE.outer : SHARE.inner),
      outLength * (index === last - 1 ? SHARE.outer : SHARE.inner),
      Math.max(0, roomAt(at)) / Math.max(CUT * bend, 1e-3)
    );
    const [a, b] = [reach / inLength, reach / outLength];
    const [endX, endY] = [at.x + outX * b, at.y + outY * b];
    straightTo(at.x - inX * a, at.y - inY * a);
    controls.push(
      at.x - inX * a * (1 - ROUND),
      at.y - inY * a * (1 - ROUND),
      at.x + outX * b * (1 - ROUND),
      at.y + outY * b * (1 - ROUND)
    );
    points.push(endX, endY);
  }
  straightTo(corners[last].x, corners[last].y);
  return { points, controls };
}
