/** A call's line as curves: level at cards and dummies, an S in the gaps between the layers. */
import { type Point, type Rect } from './viewport';

/** Pen that both a canvas and `Path2D` have. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
}

/** x and y alternately, as in the layout's routes. */
export type Line = ArrayLike<number>;

/** A single piece steeper than this leaves cards at top or bottom. */
function isUpright(line: Line): boolean {
  return line.length === 4 && Math.abs(line[2] - line[0]) < 0.5 * Math.abs(line[3] - line[1]);
}

function controls(line: Line, index: number): [number, number, number, number] {
  const [ax, ay, bx, by] = [line[index], line[index + 1], line[index + 2], line[index + 3]];
  if (isUpright(line)) {
    const middle = (ay + by) / 2;
    return [ax, middle, bx, middle];
  }
  // The steeper the piece, the longer it stays level, so that it arrives in the direction of its arrow.
  const dx = bx - ax;
  const steepness = Math.min(1, Math.abs(by - ay) / (3 * Math.max(1, Math.abs(dx))));
  const reach = dx * (0.5 + 0.3 * steepness);
  return [ax + reach, ay, bx - reach, by];
}

/** @param trim the end to leave away, e.g. where an arrow head is */
export function traceLine(pen: Pen, line: Line, trim = { x: 0, y: 0 }) {
  if (line.length < 4) {
    return;
  }
  pen.moveTo(line[0], line[1]);
  for (let index = 0; index + 3 < line.length; index += 2) {
    const isLast = index + 5 >= line.length;
    const [x, y] = [line[index + 2] - (isLast ? trim.x : 0), line[index + 3] - (isLast ? trim.y : 0)];
    if (line[index + 1] === line[index + 3] && !isUpright(line)) {
      pen.lineTo(x, y);
    } else {
      pen.bezierCurveTo(...controls(line, index), x, y);
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

function pointOf(line: Line, index: number, t: number): Point {
  const [ax, ay, bx, by] = controls(line, index);
  return {
    x: bezier(line[index], ax, bx, line[index + 2], t),
    y: bezier(line[index + 1], ay, by, line[index + 3], t),
  };
}

const STEPS = 10;

/** Points along the curve, near enough for pointing at it. */
export function sampleLine(line: Line): Point[] {
  const points: Point[] = line.length < 4 ? [] : [{ x: line[0], y: line[1] }];
  for (let index = 0; index + 3 < line.length; index += 2) {
    const steps = line[index + 1] === line[index + 3] ? 1 : STEPS;
    for (let step = 1; step <= steps; step++) {
      points.push(pointOf(line, index, step / steps));
    }
  }
  return points;
}

/** px from the edge of a level line to the middle of its label */
const ABOVE = 9;
/** A piece that climbs less would be hidden by a label on it, px. */
const LEVEL = 26;

/**
 * Places for a label in the order of preference: the gaps between the layers, then off their middles.
 * @param width of the line: above a level piece a label leaves it free
 */
export function labelPlaces(line: Line, width: number): Point[] {
  const placeAt = (index: number, t: number): Point => {
    const { x, y } = pointOf(line, index, t);
    const [from, to] = [line[index + 1], line[index + 3]];
    const isLevel = Math.abs(from - to) < LEVEL && !isUpright(line);
    return { x, y: isLevel ? Math.min(from, to) - ABOVE - width / 2 : y };
  };
  const places: Point[] = [];
  for (let index = 0; index + 3 < line.length; index += 4) {
    places.push(placeAt(index, 0.5));
  }
  if (line.length >= 4) {
    places.push(placeAt(0, 0.62), placeAt(0, 0.38), placeAt(line.length - 4, 0.3));
  }
  return places;
}

export interface Arrow extends Point {
  /** Direction, radians */
  angle: number;
}

/** Where the line ends, and which way it goes there. */
export function arrowOf(line: Line): Arrow | undefined {
  const end = line.length;
  if (end < 4) {
    return undefined;
  }
  const [x, y] = [line[end - 2], line[end - 1]];
  if (isUpright(line)) {
    return { x, y, angle: y > line[1] ? Math.PI / 2 : -Math.PI / 2 };
  }
  return { x, y, angle: x >= line[end - 4] ? 0 : Math.PI };
}

export function boundsOf(line: Line, margin: number): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index + 1 < line.length; index += 2) {
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
