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
}

/** A single piece steeper than this leaves cards at top or bottom. */
function isUpright(line: Line): boolean {
  return line.length === 4 && Math.abs(line[2] - line[0]) < 0.5 * Math.abs(line[3] - line[1]);
}

function controls({ points: line, controls: given }: Curve, index: number): [number, number, number, number] {
  if (given) {
    const at = 2 * index;
    return [given[at], given[at + 1], given[at + 2], given[at + 3]];
  }
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

/** Pieces of a routed call are straight and bent in turns. */
function isStraight({ points, controls: given }: Curve, index: number): boolean {
  return given ? index % 4 === 0 : points[index + 1] === points[index + 3] && !isUpright(points);
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

/** px from the edge of a level line to the middle of its label */
const ABOVE = 9;
/** A piece that climbs less would be hidden by a label on it, px. */
const LEVEL = 26;

/** The straight pieces of a routed call, the longest first */
function straightPieces({ points }: Curve): number[] {
  const pieces: number[] = [];
  const lengthOf = (at: number) => Math.hypot(points[at + 2] - points[at], points[at + 3] - points[at + 1]);
  for (let index = 0; index + 3 < points.length; index += 4) {
    pieces.push(index);
  }
  return pieces.sort((a, b) => lengthOf(b) - lengthOf(a));
}

/**
 * Places for a label in the order of preference: the gaps between the layers, then off their middles.
 * @param width of the line: above a level piece a label leaves it free
 */
export function labelPlaces(curve: Curve, width: number): Point[] {
  const { points: line } = curve;
  const placeAt = (index: number, t: number): Point => {
    const { x, y } = pointOf(curve, index, t);
    const [from, to] = [line[index + 1], line[index + 3]];
    const isLevel = Math.abs(from - to) < LEVEL && (curve.controls !== undefined || !isUpright(line));
    return { x, y: isLevel ? Math.min(from, to) - ABOVE - width / 2 : y };
  };
  if (curve.controls) {
    const pieces = straightPieces(curve).slice(0, 3);
    return [0.5, 0.3, 0.7].flatMap((t) => pieces.map((index) => placeAt(index, t)));
  }
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
export function arrowOf(curve: Curve): Arrow | undefined {
  const { points: line } = curve;
  const end = line.length;
  if (end < 4) {
    return undefined;
  }
  const [x, y] = [line[end - 2], line[end - 1]];
  if (!curve.controls && isUpright(line)) {
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
