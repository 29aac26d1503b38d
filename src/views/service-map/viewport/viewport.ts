/** Which part of the map is seen: screen = world * k + (x, y), all in CSS px. */
export interface Viewport {
  k: number;
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Point, Size {}

/** `readable`: from here on the names on cards can be read. */
export const ZOOM = { least: 0.01, most: 4, fitMost: 1.15, readable: 0.4, step: 1.3 } as const;
const FIT_MARGIN = 32;

export function toWorld({ k, x, y }: Viewport, point: Point): Point {
  return { x: (point.x - x) / k, y: (point.y - y) / k };
}

export function toScreen({ k, x, y }: Viewport, point: Point): Point {
  return { x: point.x * k + x, y: point.y * k + y };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Zooms so that the point of the world under `at` stays there. */
export function zoomAt(viewport: Viewport, at: Point, factor: number): Viewport {
  const k = clamp(viewport.k * factor, ZOOM.least, ZOOM.most);
  const world = toWorld(viewport, at);
  return { k, x: at.x - world.x * k, y: at.y - world.y * k };
}

export function pan(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** Shows all of a rectangle of the world in the middle. */
export function fit(rect: Rect, size: Size, margin = FIT_MARGIN): Viewport {
  const room = { width: Math.max(1, size.width - 2 * margin), height: Math.max(1, size.height - 2 * margin) };
  const scale = Math.min(room.width / Math.max(1, rect.width), room.height / Math.max(1, rect.height));
  const k = clamp(scale, ZOOM.least, ZOOM.fitMost);
  return {
    k,
    x: size.width / 2 - (rect.x + rect.width / 2) * k,
    y: size.height / 2 - (rect.y + rect.height / 2) * k,
  };
}

/**
 * As `fit`, but never so small that names could not be read: what does not fit is to the right and below, as calls go.
 */
export function fitReadable(rect: Rect, size: Size, margin = FIT_MARGIN): Viewport {
  const whole = fit(rect, size, margin);
  if (whole.k >= ZOOM.readable) {
    return whole;
  }
  const k = ZOOM.readable;
  const place = (begin: number, length: number, room: number) =>
    length * k <= room ? (room - length * k) / 2 - begin * k : margin - begin * k;
  const y = size.height / 2 - (rect.y + rect.height / 2) * k;
  return { k, x: place(rect.x, rect.width, size.width), y };
}

/** Moves as little as needed to bring a point of the world into view, with a margin in px. */
export function reveal(viewport: Viewport, point: Point, size: Size, margin = 120): Viewport {
  const at = toScreen(viewport, point);
  const [marginX, marginY] = [Math.min(margin, size.width / 3), Math.min(margin, size.height / 3)];
  return pan(
    viewport,
    clamp(at.x, marginX, size.width - marginX) - at.x,
    clamp(at.y, marginY, size.height - marginY) - at.y
  );
}

/** Moves as little as needed to bring a rectangle of the world into view; of a larger one its upper left corner. */
export function revealRect(viewport: Viewport, { x, y, width, height }: Rect, size: Size, margin = 24): Viewport {
  const from = toScreen(viewport, { x, y });
  const to = toScreen(viewport, { x: x + width, y: y + height });
  const shift = (begin: number, end: number, room: number) =>
    begin < margin ? margin - begin : end > room - margin ? Math.max(room - margin - end, margin - begin) : 0;
  return pan(viewport, shift(from.x, to.x, size.width), shift(from.y, to.y, size.height));
}

/** The part of the world that is seen. */
export function visibleRect(viewport: Viewport, size: Size): Rect {
  const corner = toWorld(viewport, { x: 0, y: 0 });
  return { ...corner, width: size.width / viewport.k, height: size.height / viewport.k };
}

export function intersects(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
