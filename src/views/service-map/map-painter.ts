/**
 * Keeps the map's canvas up to date. The base is painted into a bitmap that is larger than the view; while the view
 * moves the bitmap is shown shifted and scaled, and painted anew in small steps: at once where it does not reach, else
 * when the view has come to rest. So no frame waits for ten thousand services.
 */
import { drawOverlay, type Overlay, paintSteps, type Scene, type View } from './draw-map';
import { type Size, type Viewport } from './viewport';

interface Bitmap {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  /** What it shows; the screen's corner lies `margin` inside */
  view: View;
  scene?: Scene;
  /** It ends where the view ends. */
  isNarrow: boolean;
}

interface Job {
  steps: Generator<void>;
  bitmap: Bitmap;
  scene: Scene;
  /** What it will show is on screen already; it only reaches further. */
  isSpare: boolean;
}

/** Part of the view's width and height that the bitmap reaches beyond it on each side */
const MARGIN = 0.25;
/** Device px of a bitmap: 32 MB */
const MOST_PIXELS = 8_000_000;
/** ms of drawing calls in one go, without what the browser needs to fill in the pixels */
const BUDGET = { first: 16, moving: 5, resting: 10 } as const;
/** Maps with fewer services are painted in the task that brings them. */
const AT_ONCE = 2000;
/** ms without movement that count as rest */
const REST = 120;
/** A bitmap enlarged or reduced more than this is painted anew while moving. */
const MOST_SCALED = 1.8;

const NO_OVERLAY: Overlay = { several: new Set() };

export class MapPainter {
  private readonly context: CanvasRenderingContext2D | null;
  private scene?: Scene;
  private view?: View;
  private overlay: Overlay = NO_OVERLAY;
  private shown?: Bitmap;
  private spare?: Bitmap;
  private job?: Job;
  private frame = 0;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private moving = false;
  /** For a while, so that there is time for what is not on screen */
  private isResting = false;
  private scratch?: CanvasRenderingContext2D | null;

  /** While what is on screen is not yet what should be there, the canvas has no `data-painted`. */
  constructor(private readonly screen: HTMLCanvasElement) {
    this.context = screen.getContext('2d');
  }

  /** Other content, or another size: painted at once as far as the time of a frame allows. */
  show(scene: Scene, view: View) {
    const isSame = this.scene === scene && this.view?.size === view.size && this.view.pixelRatio === view.pixelRatio;
    this.scene = scene;
    this.view = view;
    if (!isSame) {
      // Nobody moves while new content is waited for; what lies beyond the view comes after it.
      this.start(true);
      this.comeToRest();
      this.mark();
      // A large map has taken its share of this task in being made.
      if (scene.map.nodes.length < AT_ONCE) {
        this.advance(BUDGET.first);
      }
    }
    this.present();
    this.requestFrame();
  }

  look(viewport: Viewport) {
    if (!this.view) {
      return;
    }
    this.view = { ...this.view, viewport };
    this.moving = true;
    this.mark();
    this.comeToRest();
    this.requestFrame();
  }

  private comeToRest() {
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.moving = false;
      this.isResting = true;
      this.requestFrame();
    }, REST);
    this.isResting = false;
  }

  lay(overlay: Overlay) {
    this.overlay = overlay;
    this.present();
  }

  stop() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.restTimer);
    this.frame = 0;
    this.job = undefined;
  }

  private requestFrame() {
    if (this.frame === 0 && this.context) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.tick();
      });
    }
  }

  private tick() {
    if (!this.job && (this.needsPaint() || (this.isResting && this.shown?.isNarrow))) {
      this.start();
    }
    if (this.job) {
      this.advance(this.moving ? BUDGET.moving : BUDGET.resting);
    }
    this.present();
    if (this.job || this.needsPaint()) {
      this.requestFrame();
    }
  }

  private needsPaint(): boolean {
    const { shown, view, scene, moving } = this;
    if (!view || !scene) {
      return false;
    }
    if (!shown || shown.scene !== scene) {
      return true;
    }
    const scale = view.viewport.k / shown.view.viewport.k;
    const isScaled = moving ? scale > MOST_SCALED || scale < 1 / MOST_SCALED : scale !== 1;
    return isScaled || !this.covers(shown);
  }

  private covers({ view: { viewport, size } }: Bitmap): boolean {
    const { view } = this;
    if (!view) {
      return true;
    }
    const scale = view.viewport.k / viewport.k;
    const [left, top] = [view.viewport.x - viewport.x * scale, view.viewport.y - viewport.y * scale];
    return (
      left <= 0.5 &&
      top <= 0.5 &&
      left + size.width * scale >= view.size.width - 0.5 &&
      top + size.height * scale >= view.size.height - 0.5
    );
  }

  private start(isNarrow = false) {
    const { view, scene } = this;
    if (!view || !scene || !this.context) {
      return;
    }
    this.spare = this.job?.bitmap ?? this.spare;
    const isSpare = !this.needsPaint();
    const bitmap = this.prepare(view, isNarrow);
    this.job = bitmap && { bitmap, scene, isSpare, steps: paintSteps(bitmap.context, scene, bitmap.view) };
  }

  private prepare({ viewport, size, pixelRatio }: View, isNarrow: boolean): Bitmap | undefined {
    const room = MOST_PIXELS / Math.max(1, size.width * size.height * pixelRatio * pixelRatio);
    const margin = isNarrow ? 0 : Math.max(0, Math.min(MARGIN, (Math.sqrt(room) - 1) / 2));
    const [left, top] = [Math.round(size.width * margin), Math.round(size.height * margin)];
    const larger: Size = { width: size.width + 2 * left, height: size.height + 2 * top };
    const canvas = this.spare?.canvas ?? document.createElement('canvas');
    const context = this.spare?.context ?? canvas.getContext('2d');
    if (!context) {
      return undefined;
    }
    const [width, height] = [Math.round(larger.width * pixelRatio), Math.round(larger.height * pixelRatio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    this.spare = undefined;
    const view: View = {
      viewport: { ...viewport, x: viewport.x + left, y: viewport.y + top },
      size: larger,
      pixelRatio,
    };
    return { canvas, context, view, isNarrow };
  }

  private advance(budget: number) {
    const { job } = this;
    if (!job) {
      return;
    }
    const end = performance.now() + budget;
    do {
      if (job.steps.next().done) {
        job.bitmap.scene = job.scene;
        this.spare = this.shown;
        this.shown = job.bitmap;
        this.job = undefined;
        return;
      }
    } while (performance.now() < end);
    this.fillIn(job.bitmap);
  }

  /** Has the browser fill in the pixels of what was drawn so far, which it would else leave for the end. */
  private fillIn({ canvas }: Bitmap) {
    this.scratch ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    this.scratch?.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  }

  private present() {
    const { context, shown, view, scene } = this;
    if (!context || !shown || !view || !scene) {
      return;
    }
    const { viewport, pixelRatio } = view;
    const scale = viewport.k / shown.view.viewport.k;
    const [x, y] = [viewport.x - shown.view.viewport.x * scale, viewport.y - shown.view.viewport.y * scale];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, this.screen.width, this.screen.height);
    context.imageSmoothingEnabled = scale !== 1;
    if (scale === 1) {
      // Whole device pixels, else every line would be smeared over two.
      context.drawImage(shown.canvas, Math.round(x * pixelRatio), Math.round(y * pixelRatio));
    } else {
      const { width, height } = shown.canvas;
      context.drawImage(shown.canvas, x * pixelRatio, y * pixelRatio, width * scale, height * scale);
    }
    drawOverlay(context, scene, view, this.overlay);
    this.mark();
  }

  private mark() {
    const isPainted = (!this.job || this.job.isSpare) && !this.moving && !this.needsPaint();
    if (isPainted !== (this.screen.dataset.painted === 'true')) {
      if (isPainted) {
        this.screen.dataset.painted = 'true';
      } else {
        delete this.screen.dataset.painted;
      }
    }
  }
}
