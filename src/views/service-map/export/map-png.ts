/** The whole map as a bitmap, drawn as on the screen. */
import { runInSlices } from '../../../trace/steps';
import { paintSteps, type Scene, type View } from '../drawing/draw-map';
import { type Rect } from '../viewport/viewport';

/** What every browser can make: px of a side, and of the whole */
const MOST = { side: 16_000, pixels: 100_000_000 } as const;
const MARGIN = 24;

/** px that Safari on a phone can still make */
const FEWEST_PIXELS = 16_000_000;

/** The scale that a bitmap of all of it can have: what is wished, or the largest that there is room for */
function possibleScale({ width, height }: Rect, wished: number, pixels: number): number {
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN];
  return Math.min(wished, MOST.side / w, MOST.side / h, Math.sqrt(pixels / (w * h)));
}

/** The view of everything at a scale, or at the largest that a bitmap has room for */
export function wholeView(bounds: Rect, scale: number, pixels: number = MOST.pixels): View {
  const { x, y, width, height } = bounds;
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const shown = possibleScale(bounds, scale, pixels);
  // Up to its natural size the map is shown from nearer; beyond that it is sharper.
  const k = Math.min(1, shown);
  return {
    viewport: { k, x: (MARGIN - x) * k, y: (MARGIN - y) * k },
    size: { width: Math.floor(w * k), height: Math.floor(h * k) },
    pixelRatio: Math.max(1, shown),
  };
}

export interface MapPng {
  image: Promise<Blob>;
  /** 1 for the size in which the text can be read well; less than was wished where a bitmap has no room for that */
  scale: number;
}

/** An empty bitmap for the view; undefined where the browser has none of that size: some then give one that stays blank. */
function bitmapFor({ size, pixelRatio }: View): CanvasRenderingContext2D | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(size.width * pixelRatio);
  canvas.height = Math.floor(size.height * pixelRatio);
  const context = canvas.getContext('2d');
  try {
    context?.fillRect(canvas.width - 1, canvas.height - 1, 1, 1);
    const alpha = context?.getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data[3];
    return context && alpha ? context : undefined;
  } catch {
    return undefined;
  }
}

/** The largest bitmap that there is, up to the scale */
function largestBitmap(bounds: Rect, scale: number) {
  for (let pixels: number = MOST.pixels; pixels >= FEWEST_PIXELS; pixels /= 2) {
    const view = wholeView(bounds, scale, pixels);
    const context = bitmapFor(view);
    if (context) {
      return { context, view, scale: possibleScale(bounds, scale, pixels) };
    }
  }
  throw new Error('no bitmap of this size');
}

/**
 * @param wished scale
 * @throws where the browser cannot make a bitmap
 */
export function mapPng(scene: Scene, wished: number): MapPng {
  const { context, view, scale } = largestBitmap(scene.map.model.bounds, wished);
  return { image: painted(context, scene, view), scale };
}

async function painted(context: CanvasRenderingContext2D, scene: Scene, view: View): Promise<Blob> {
  const { canvas } = context;
  // In slices: a large map takes seconds, in which the page goes on.
  await runInSlices(paintSteps(context, scene, view), undefined, undefined, 1);
  context.setTransform(1, 0, 0, 1, 0, 0);
  // Painting begins with an empty canvas.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = scene.palette.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no bitmap of this size'))), 'image/png')
  );
}
