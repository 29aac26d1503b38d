/** The whole map as a bitmap, drawn as on the screen. */
import { runSteps } from '../../../trace/steps';
import { paintSteps, type Scene, type View } from '../draw-map';
import { type Rect } from '../viewport';

/** What every browser can make: px of a side, and of the whole */
const MOST = { side: 16_000, pixels: 100_000_000 } as const;
const MARGIN = 24;

/** The view of everything at a scale, or at the largest that a bitmap has room for */
export function wholeView({ x, y, width, height }: Rect, scale: number): View {
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const shown = Math.min(scale, MOST.side / w, MOST.side / h, Math.sqrt(MOST.pixels / (w * h)));
  // Up to its natural size the map is shown from nearer; beyond that it is sharper.
  const k = Math.min(1, shown);
  return {
    viewport: { k, x: (MARGIN - x) * k, y: (MARGIN - y) * k },
    size: { width: Math.floor(w * k), height: Math.floor(h * k) },
    pixelRatio: Math.max(1, shown),
  };
}

/**
 * @param scale 1 for the size in which the text can be read well
 * @throws where the browser cannot make a bitmap of that size
 */
export async function mapPng(scene: Scene, scale: number): Promise<Blob> {
  const view = wholeView(scene.map.model.bounds, scale);
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(view.size.width * view.pixelRatio);
  canvas.height = Math.floor(view.size.height * view.pixelRatio);
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('no bitmap of this size');
  }
  // In one go: nobody looks at it meanwhile.
  runSteps(paintSteps(context, scene, view));
  context.setTransform(1, 0, 0, 1, 0, 0);
  // Painting begins with an empty canvas.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = scene.palette.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no bitmap of this size'))), 'image/png')
  );
}
