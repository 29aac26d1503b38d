/** Decides which picture of the map is painted next, and tells where earlier ones lie on the screen. */
import { type Scene, type View } from './draw-map';
import { fit, type Rect } from '../viewport/viewport';

/** A part of the map, as it is or was painted. */
export interface Picture {
  scene: Scene;
  view: View;
}

/** `moving`: looked at from elsewhere with every frame; `still`: not so; `resting`: for a while, which leaves time */
export type Calm = 'moving' | 'still' | 'resting';

/** What should be on screen, and what there is to show. */
export interface Situation extends Picture {
  calm: Calm;
  /** The screen shows other content than it should, or has another size. */
  isBlank: boolean;
  /** Without it the screen itself has been painted. */
  shown?: Picture;
  /** All of the map, for where `shown` does not reach */
  whole?: Picture;
}

/** `screen`: the screen itself; `part`: what is seen and around it; `whole`: the map as seen from afar */
export interface Painting {
  kind: 'screen' | 'part' | 'whole';
  view: View;
}

/** Maps with fewer services are painted in one go: that takes less than a frame. */
export const AT_ONCE = 2000;
/** Part of the screen's width and height that a picture reaches beyond it on each side */
const MARGIN = 0.125;
/** Device px of a picture: 32 MB */
const MOST_PIXELS = 8_000_000;
/** A picture enlarged or reduced more than this is painted anew while moving. */
const MOST_SCALED = 1.5;
/** Parts of the margin that are left when the next picture is begun: it must be there before the edge is seen. */
const LEAST_LEFT = { moving: 0.4, resting: 0.6 } as const;
/** Device px of the whole map by those of the screen */
const WHOLE_SHARPNESS = 0.5;
/** Parts of the screen that nobody sees missing: less than a pixel */
const ALMOST = 1e-4;

/** Where a picture lies on the screen, CSS px, and how many times it is enlarged. */
export function placeOf(picture: View, { viewport }: View): Rect & { scale: number } {
  const scale = viewport.k / picture.viewport.k;
  return {
    x: viewport.x - picture.viewport.x * scale,
    y: viewport.y - picture.viewport.y * scale,
    width: picture.size.width * scale,
    height: picture.size.height * scale,
    scale,
  };
}

/** Part of the screen's side by which a picture reaches beyond it on every side; below 0 it leaves a gap. */
function reachOf(picture: View, view: View): number {
  const { x, y, width, height } = placeOf(picture, view);
  const { size } = view;
  return Math.min(-x / size.width, -y / size.height, (x + width) / size.width - 1, (y + height) / size.height - 1);
}

export function covers(picture: View, view: View): boolean {
  return reachOf(picture, view) > -ALMOST;
}

/** Whether the screen with this picture is as if it had been painted for it. */
export function isRight(picture: Picture, { scene, view }: Picture): boolean {
  return (
    picture.scene === scene &&
    picture.view.viewport.k === view.viewport.k &&
    picture.view.pixelRatio === view.pixelRatio &&
    covers(picture.view, view)
  );
}

function marginOf({ size: { width, height }, pixelRatio }: View): number {
  const room = MOST_PIXELS / Math.max(1, width * height * pixelRatio * pixelRatio);
  return Math.max(0, Math.min(MARGIN, (Math.sqrt(room) - 1) / 2));
}

/** The view and as much around it as `margin` says, parts of its sides. */
export function widened(view: View, margin = marginOf(view)): View {
  const { viewport, size, pixelRatio } = view;
  // Whole device pixels, so that pictures with and without a margin are the same in the middle.
  const whole = (length: number) => Math.round(length * margin * pixelRatio) / pixelRatio;
  const [left, top] = [whole(size.width), whole(size.height)];
  return {
    viewport: { ...viewport, x: viewport.x + left, y: viewport.y + top },
    size: { width: size.width + 2 * left, height: size.height + 2 * top },
    pixelRatio,
  };
}

function wholeView({ scene, view: { size, pixelRatio } }: Picture): View {
  return { viewport: fit(scene.map.model.bounds, size), size, pixelRatio: pixelRatio * WHOLE_SHARPNESS };
}

/** Whether little is left of the margin that a picture may have at most. */
function isNearEdge(shown: View, view: View, share: number): boolean {
  const most = marginOf(view);
  return most > 0 && reachOf(shown, view) < share * most;
}

function isDueWhileMoving(shown: View, view: View): boolean {
  const { scale } = placeOf(shown, view);
  return scale === 1
    ? !covers(shown, view) || isNearEdge(shown, view, LEAST_LEFT.moving)
    : !covers(shown, view) || Math.max(scale, 1 / scale) > MOST_SCALED;
}

/** @returns nothing while what there is will do */
export function nextPainting(situation: Situation): Painting | undefined {
  const { scene, view, calm, isBlank, shown, whole } = situation;
  if (calm === 'moving') {
    // While zooming the screen shows yet another part before a picture is ready: its margin would be painted in vain.
    const margin = shown && placeOf(shown.view, view).scale === 1 ? undefined : 0;
    const isDue = shown?.scene !== scene || isDueWhileMoving(shown.view, view);
    return isDue ? { kind: 'part', view: widened(view, margin) } : undefined;
  }
  if (isBlank) {
    // A large map takes several frames, and half of one is not to be seen.
    return scene.map.nodes.length < AT_ONCE ? { kind: 'screen', view } : { kind: 'part', view: widened(view, 0) };
  }
  if (shown && !isRight(shown, situation)) {
    return { kind: 'part', view: widened(view) };
  }
  if (calm === 'still') {
    return undefined;
  }
  if (!shown || isNearEdge(shown.view, view, LEAST_LEFT.resting)) {
    return { kind: 'part', view: widened(view) };
  }
  return whole?.scene === scene ? undefined : { kind: 'whole', view: wholeView(situation) };
}
