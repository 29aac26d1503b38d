/** Points and distances of rectangles. */
import { boundsOf } from './curves';
import { type Point, type Rect } from '../viewport/viewport';

/** On whole px */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  const [left, top] = [Math.round(x - by), Math.round(y - by)];
  return { x: left, y: top, width: Math.round(x + width + by) - left, height: Math.round(y + height + by) - top };
}

export function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

export function contains({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x > x && point.x < x + width && point.y > y && point.y < y + height;
}

export function isSound({ x, y, width, height }: Rect): boolean {
  return Number.isFinite(x + y + width + height);
}

export function spanOf(rects: readonly Rect[], margin: number): Rect {
  const corners = rects.flatMap(({ x, y, width, height }) => [x, y, x + width, y + height]);
  return boundsOf(corners, 0, corners.length, margin);
}

/** Where the line from the middle of a rectangle towards a point leaves it; the point itself if it lies inside. */
export function borderTowards({ x, y, width, height }: Rect, to: Point): Point {
  const middle = middleOf({ x, y, width, height });
  const [dx, dy] = [to.x - middle.x, to.y - middle.y];
  const scale = Math.min(width / 2 / Math.max(1e-6, Math.abs(dx)), height / 2 / Math.max(1e-6, Math.abs(dy)), 1);
  return { x: middle.x + dx * scale, y: middle.y + dy * scale };
}

/** Whether the piece from a to b passes through a rectangle */
export function passes({ x, y, width, height }: Rect, a: Point, b: Point): boolean {
  const [right, bottom] = [x + width, y + height];
  if (
    (a.x <= x && b.x <= x) ||
    (a.x >= right && b.x >= right) ||
    (a.y <= y && b.y <= y) ||
    (a.y >= bottom && b.y >= bottom)
  ) {
    return false;
  }
  // Its bounds meet the rectangle: it passes unless all corners lie on one side of it.
  const side = (cornerX: number, cornerY: number) => (b.x - a.x) * (cornerY - a.y) - (b.y - a.y) * (cornerX - a.x) > 0;
  const first = side(x, y);
  return side(right, y) !== first || side(x, bottom) !== first || side(right, bottom) !== first;
}

/** Along the axis in which they are further apart */
export function distanceTo({ x, y, width, height }: Rect, point: Point): number {
  return Math.max(x - point.x, point.x - x - width, y - point.y, point.y - y - height);
}
