/** A call's line as curves: level at cards and dummies, an S in the gaps between the layers. */
import { type Point, type Rect } from '../viewport/viewport';

/** Pen that both a canvas and `Path2D` have. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
}

/** x and y alternately, as in the layout's routes. */
export type Line = ArrayLike<number>;

/** A line of cubic curves. */
export interface Curve {
  points: Line;
  /** The two control points of each piece; absent: level at every point, as in the layout's routes */
  controls?: Line;
  /** It leaves its card at the bottom or the top, and is upright at every point. */
  isUpright?: boolean;
}

/** A line of the layout. @param card of the caller; lines begin at its sides, or within its width at bottom or top */
export function layoutCurve(points: Line, { x, width }: Rect): Curve {
  return { points, isUpright: points[0] > x + 1 && points[0] < x + width - 1 };
}

function controls(
  { points: line, controls: given, isUpright }: Curve,
  index: number
): [number, number, number, number] {
  if (given) {
    const at = 2 * index;
    return [given[at], given[at + 1], given[at + 2], given[at + 3]];
  }
  const [ax, ay, bx, by] = [line[index], line[index + 1], line[index + 2], line[index + 3]];
  if (isUpright) {
    const middle = (ay + by) / 2;
    return [ax, middle, bx, middle];
  }
  // The steeper the piece, the longer it stays level, so that it arrives in the direction of its arrow.
  const dx = bx - ax;
  const steepness = Math.min(1, Math.abs(by - ay) / (3 * Math.max(1, Math.abs(dx))));
  const reach = dx * (0.5 + 0.3 * steepness);
  return [ax + reach, ay, bx - reach, by];
}

/** Pieces of a routed call are straight and bent in turns. */
function isStraight({ points, controls: given, isUpright }: Curve, index: number): boolean {
  return given ? index % 4 === 0 : points[index + 1] === points[index + 3] && !isUpright;
}

/** @param trim the end to leave away, e.g. where an arrow head is */
export function traceLine(pen: Pen, curve: Curve, trim = { x: 0, y: 0 }) {
  const { points: line } = curve;
  if (line.length < 4) {
    return;
  }
  pen.moveTo(line[0], line[1]);
  for (let index = 0; index + 3 < line.length; index += 2) {
    const isLast = index + 5 >= line.length;
    const [x, y] = [line[index + 2] - (isLast ? trim.x : 0), line[index + 3] - (isLast ? trim.y : 0)];
    if (isStraight(curve, index)) {
      pen.lineTo(x, y);
    } else {
      pen.bezierCurveTo(...controls(curve, index), x, y);
    }
  }
}

/** The loop of a service that calls itself, over the upper right corner of its card. */
export function traceSelfCall(pen: Pen, centre: Point, width: number, height: number) {
  const [left, right, top] = [centre.x + width / 2 - 46, centre.x + width / 2 - 14, centre.y - height / 2];
  pen.moveTo(right, top);
  pen.bezierCurveTo(right + 12, top - 30, left - 12, top - 30, left, top);
}

function bezier(a: number, b: number, c: number, d: number, t: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

function pointOf(curve: Curve, index: number, t: number): Point {
  const { points: line } = curve;
  const [ax, ay, bx, by] = controls(curve, index);
  return {
    x: bezier(line[index], ax, bx, line[index + 2], t),
    y: bezier(line[index + 1], ay, by, line[index + 3], t),
  };
}

const STEPS = 10;

/** Points along the curve, near enough for pointing at it. */
export function sampleLine(curve: Curve): Point[] {
  const { points: line } = curve;
  const points: Point[] = line.length < 4 ? [] : [{ x: line[0], y: line[1] }];
  for (let index = 0; index + 3 < line.length; index += 2) {
    const steps = isStraight(curve, index) ? 1 : STEPS;
    for (let step = 1; step <= steps; step++) {
      points.push(pointOf(curve, index, step / steps));
    }
  }
  return points;
}

/** px of the screen from the edge of a level line to the middle of its label */
const BESIDE = 10;
/** A piece that climbs less would be hidden by a label on it, px of the screen. */
const LEVEL = 26;
/** Pieces in which a label would leave nothing to see have none, px of the screen. */
const SHORT = 60;

/**
 * Places for a label in the order of preference: on the line, or beside its level pieces; off its ends, where it has its
 * arrow head and others are near.
 * @param width of the line: a label beside a level piece leaves it free
 * @param k zoom
 */
export function labelPlaces(curve: Curve, width: number, k: number): Point[] {
  const { points: line } = curve;
  const off = BESIDE / k + width / 2;
  return [0.5, 0.3, 0.7].flatMap((t) =>
    Array.from({ length: Math.max(0, line.length / 2 - 1) }).flatMap((_, piece) => {
      const { x, y } = pointOf(curve, 2 * piece, t);
      const [left, from, right, to] = Array.from(line).slice(2 * piece);
      const climb = Math.abs(from - to) * k;
      if (climb + Math.abs(left - right) * k < SHORT) {
        return [];
      }
      const isLevel = climb < LEVEL && !curve.isUpright;
      return (isLevel ? [Math.min(from, to) - off, Math.max(from, to) + off] : [y]).map((at) => ({ x, y: at }));
    })
  );
}

export interface Arrow extends Point {
  /** Direction, radians */
  angle: number;
}

/** Where the line ends, and which way it goes there. */
export function arrowOf(curve: Curve): Arrow | undefined {
  const { points: line } = curve;
  const end = line.length;
  if (end < 4) {
    return undefined;
  }
  const [x, y] = [line[end - 2], line[end - 1]];
  if (curve.isUpright) {
    return { x, y, angle: y > line[1] ? Math.PI / 2 : -Math.PI / 2 };
  }
  return { x, y, angle: x >= line[end - 4] ? 0 : Math.PI };
}

/** px beside a line that its width and its arrow head may take */
const EDGE_MARGIN = 8;

/** Of a line, or of a part of it, with what is beside it */
export function boundsOf(line: Line, begin = 0, end = line.length, margin = EDGE_MARGIN): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = begin; index + 1 < end; index += 2) {
    left = Math.min(left, line[index]);
    right = Math.max(right, line[index]);
    top = Math.min(top, line[index + 1]);
    bottom = Math.max(bottom, line[index + 1]);
  }
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

export function distanceToLine(points: readonly Point[], { x, y }: Point): number {
  let least = Infinity;
  for (let index = 0; index + 1 < points.length; index++) {
    const [a, b] = [points[index], points[index + 1]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
    least = Math.min(least, Math.hypot(x - a.x - t * dx, y - a.y - t * dy));
  }
  return least;
}
