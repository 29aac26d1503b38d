/** Pictures of the map in canvases that are not on the page. */
import { type View } from './draw-map';
import { type Picture, placeOf } from './next-painting';

export interface Bitmap extends Picture {
  context: CanvasRenderingContext2D;
}

/** px; a browser that draws with a graphics card does so only in canvases from about this size on. */
const SCRATCH = 300;
let scratch: CanvasRenderingContext2D | null | undefined;

/**
 * Has the browser fill in the pixels of what was drawn so far. It would else leave that for the frame that shows them,
 * and nobody could say how long drawing has taken.
 */
export function fillIn({ canvas }: CanvasRenderingContext2D) {
  scratch ??= Object.assign(document.createElement('canvas'), { width: SCRATCH, height: SCRATCH }).getContext('2d');
  scratch?.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  // A canvas that is drawn elsewhere is copied as a whole before it changes.
  scratch?.clearRect(0, 0, SCRATCH, SCRATCH);
}

function pixels({ size: { width, height }, pixelRatio }: View) {
  return { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) };
}

/**
 * A canvas in which a view has room, with whatever is in it. The memory of a new one costs more time than painting.
 * @param old is taken if it has the size
 */
export function canvasFor(
  view: View,
  old?: CanvasRenderingContext2D
): { context: CanvasRenderingContext2D; isNew: boolean } | undefined {
  const { width, height } = pixels(view);
  const context = old ?? document.createElement('canvas').getContext('2d');
  if (!context) {
    return undefined;
  }
  const { canvas } = context;
  const isNew = !old || canvas.width !== width || canvas.height !== height;
  if (isNew) {
    Object.assign(canvas, { width, height });
    context.clearRect(0, 0, width, height);
    fillIn(context);
  }
  return { context, isNew };
}

/** Draws a picture where it lies in the view. */
export function drawBitmap(screen: CanvasRenderingContext2D, { context, view: painted }: Bitmap, view: View) {
  const { x, y, width, height, scale } = placeOf(painted, view);
  const { pixelRatio } = view;
  const from = pixels(painted);
  const isAsPainted = scale === 1 && painted.pixelRatio === pixelRatio;
  screen.imageSmoothingEnabled = !isAsPainted;
  // Whole device pixels, else every line would be smeared over two.
  const to = isAsPainted
    ? { x: Math.round(x * pixelRatio), y: Math.round(y * pixelRatio), ...from }
    : { x: x * pixelRatio, y: y * pixelRatio, width: width * pixelRatio, height: height * pixelRatio };
  screen.drawImage(context.canvas, 0, 0, from.width, from.height, to.x, to.y, to.width, to.height);
}

/** As `drawBitmap`, but only around another picture: a pixel drawn twice costs twice as much. */
export function drawAround(screen: CanvasRenderingContext2D, bitmap: Bitmap, other: Bitmap, view: View) {
  const { x, y, width, height } = placeOf(other.view, view);
  const { pixelRatio } = view;
  const [left, top] = [Math.ceil(x * pixelRatio), Math.ceil(y * pixelRatio)];
  const [right, bottom] = [Math.floor((x + width) * pixelRatio), Math.floor((y + height) * pixelRatio)];
  screen.save();
  screen.beginPath();
  screen.rect(0, 0, screen.canvas.width, screen.canvas.height);
  screen.rect(left, top, right - left, bottom - top);
  screen.clip('evenodd');
  drawBitmap(screen, bitmap, view);
  screen.restore();
}
