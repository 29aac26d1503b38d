/**
 * Keeps the map's canvas up to date. New content is painted straight onto it; after that a bitmap that reaches further
 * than the screen is painted, to be shown shifted and scaled while the view moves. It is painted anew in small steps,
 * a few in each frame, so that no frame waits for ten thousand services: sharp when the view has come to rest.
 */
import { nextTask, runSteps } from '../../../trace/steps';
import { type Bitmap, canvasFor, drawAround, drawBitmap, fillIn } from './bitmap';
import { waysAheadSteps } from './draw-edges';
import { drawOverlay, type Overlay, paintSteps, type Scene, type View } from './draw-map';
import { type FoldedMap } from '../model/folded-map';
import {
  AT_ONCE,
  type Calm,
  covers,
  isRight,
  nextPainting,
  type Painting,
  type Picture,
  widened,
} from './next-painting';
import { type Viewport } from '../viewport/viewport';

interface Job {
  kind: Painting['kind'];
  bitmap: Bitmap;
  steps: Generator<void>;
}

/**
 * ms of painting in a frame; its last step may take longer. `blank`: when nothing else is on screen meanwhile. `screen`: of a
 * first picture, whose pixels are filled in after that, and in full each time
 */
const BUDGET = { moving: 4, rest: 8, blank: 16, screen: 28 } as const;
/** ms for finding ways of calls in a picture that is waited for; those of the next one are found at rest */
const ROUTING = 4;
/** First pictures of fewer services are painted in the task that brings them, others in tasks of their own. */
const FIRST_IN_SAME_TASK = 60;
/** ms without movement that count as rest */
const REST = 120;
/** Frames for which browsers hold memory at once; to get it takes as long as to draw a thousand services. */
const FRAMES_HELD = 3;

const NO_OVERLAY: Overlay = { several: new Set() };

function isNothing({ several, ...rest }: Overlay): boolean {
  return several.size === 0 && Object.values(rest).every((part) => part === undefined);
}

export class MapPainter {
  private readonly context: CanvasRenderingContext2D | null;
  private wanted?: Picture;
  private overlay = NO_OVERLAY;
  /** What the screen shows, while that is a picture painted before */
  private presented?: { shown: Bitmap; whole?: Bitmap; wanted: Picture; overlay: Overlay };
  private calm: Calm = 'still';
  private isBlank = true;
  /** Nothing is on screen yet that half a picture would take the place of. */
  private isFirst = false;
  private shown?: Bitmap;
  private whole?: Bitmap;
  /** Canvases that are not on screen */
  private readonly spares: CanvasRenderingContext2D[] = [];
  private job?: Job;
  /** The overlay is new in this frame. */
  private isPointedAt = false;
  private waysAhead?: { map: FoldedMap; steps?: Generator<void> };
  private frame = 0;
  private rehearsals = FRAMES_HELD;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  /** While what is on screen is not yet what should be there, the canvas has no `data-painted`. */
  constructor(private readonly screen: HTMLCanvasElement) {
    this.context = screen.getContext('2d');
  }

  /** Other content, or another size */
  show(scene: Scene, view: View) {
    const old = this.wanted;
    const services = scene.map.nodes.length;
    this.wanted = { scene, view };
    if (old?.scene !== scene || old.view.size !== view.size || old.view.pixelRatio !== view.pixelRatio) {
      this.isBlank = true;
      this.wait(this.calm === 'moving' ? 'moving' : 'still');
    }
    if (old === undefined || old.scene.map.nodes.length === 0) {
      this.isFirst = services >= FIRST_IN_SAME_TASK && this.context !== null;
      if (this.isFirst) {
        void this.workInTasks();
      }
    }
    if (!this.isFirst) {
      if (services < AT_ONCE) {
        this.work();
      }
      this.requestFrame();
    }
    this.mark();
  }

  look(viewport: Viewport) {
    if (this.wanted) {
      const { scene, view } = this.wanted;
      this.wanted = { scene, view: { ...view, viewport } };
      this.isBlank ||= !this.shown;
      this.wait('moving');
      this.mark();
      this.requestFrame();
    }
  }

  lay(overlay: Overlay) {
    const isSame = isNothing(overlay) && isNothing(this.overlay);
    this.overlay = overlay;
    this.isPointedAt = true;
    if (this.shown) {
      this.present();
    } else if (!isSame) {
      this.isBlank = true;
      this.requestFrame();
    }
  }

  stop() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.restTimer);
    this.frame = 0;
    this.isFirst = false;
    this.wanted = undefined;
    this.job = undefined;
  }

  private wait(calm: Calm) {
    this.calm = calm;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.calm = 'resting';
      this.requestFrame();
    }, REST);
  }

  /** Paints the first picture without waiting for frames in between. */
  private async workInTasks() {
    while ((await nextTask(), this.isFirst)) {
      this.work();
    }
    this.requestFrame();
  }

  private requestFrame() {
    if (this.frame === 0 && this.context) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.work();
        this.present();
        if (this.job || this.nextPainting() || this.lacksSpare() || this.looksAhead() || this.rehearse()) {
          this.requestFrame();
        }
      });
    }
  }

  private nextPainting(): Painting | undefined {
    const { wanted, calm, isBlank, shown, whole } = this;
    return wanted && nextPainting({ ...wanted, calm, isBlank, shown, whole });
  }

  /** What is made now is not made in the middle of a movement. */
  private lacksSpare(): boolean {
    return this.calm === 'resting' && this.spares.length === 0;
  }

  /** Shows empty frames while there is nothing to show, so that the first picture finds memory. @returns whether more of them are due */
  private rehearse(): boolean {
    if (this.rehearsals === 0 || this.wanted?.scene.map.nodes.length !== 0) {
      return false;
    }
    this.rehearsals--;
    this.context?.clearRect(0, 0, this.screen.width, this.screen.height);
    return this.rehearsals > 0;
  }

  private work() {
    if (!this.wanted || !this.context) {
      return;
    }
    this.dropUseless();
    const painting = this.job ? undefined : this.nextPainting();
    if (this.job) {
      this.advance(this.job);
    } else if (painting?.kind === 'screen') {
      this.paintScreen(this.context, this.wanted);
    } else if (painting) {
      this.begin(painting, this.wanted);
    } else if (this.lacksSpare()) {
      this.putBack(canvasFor(widened(this.wanted.view))?.context);
    } else if (this.looksAhead() && !this.isPointedAt) {
      this.lookAhead(this.wanted.scene.map);
    }
    this.isPointedAt = false;
  }

  /** Whether there is time to find ways of calls that nobody has been near to. */
  private looksAhead(): boolean {
    const { calm, wanted, waysAhead } = this;
    const isDone = waysAhead !== undefined && waysAhead.map === wanted?.scene.map && !waysAhead.steps;
    return calm === 'resting' && wanted !== undefined && !isDone;
  }

  private lookAhead(map: FoldedMap) {
    const steps = (this.waysAhead?.map === map && this.waysAhead.steps) || waysAheadSteps(map);
    const end = performance.now() + BUDGET.rest;
    let isDone = false;
    while (!isDone && performance.now() < end) {
      isDone = steps.next().done === true;
    }
    this.waysAhead = isDone ? { map } : { map, steps };
    if (isDone) {
      // Calls lit up meanwhile may have been drawn the straight way.
      this.presented = undefined;
    }
  }

  private putBack(context: CanvasRenderingContext2D | undefined) {
    if (context) {
      this.spares.push(context);
    }
  }

  private dropUseless() {
    const { job, wanted, calm } = this;
    if (!job || !wanted) {
      return;
    }
    const { kind, bitmap } = job;
    const isMoving = calm === 'moving';
    const isOfUse = {
      screen: bitmap.view === wanted.view,
      part: isMoving || isRight(bitmap, wanted),
      whole: !isMoving,
    };
    if (bitmap.scene !== wanted.scene || !isOfUse[kind]) {
      this.job = undefined;
      this.putBack(kind === 'part' ? bitmap.context : undefined);
    }
  }

  private paintScreen(context: CanvasRenderingContext2D, { scene, view }: Picture) {
    this.putBack(this.shown?.context);
    this.shown = undefined;
    const steps = paintSteps(context, scene, view, performance.now() + ROUTING);
    const bitmap = { context, scene, view };
    if (this.isFirst) {
      this.job = { kind: 'screen', bitmap, steps };
      this.advance(this.job);
    } else {
      runSteps(steps);
      this.keep('screen', bitmap);
    }
  }

  private begin({ kind, view }: Painting, { scene, view: seen }: Picture) {
    const made = kind === 'part' ? canvasFor(widened(seen), this.spares.pop()) : canvasFor(view, this.whole?.context);
    if (!made) {
      return;
    }
    if (kind === 'whole') {
      this.whole = undefined;
    }
    const { context, isNew } = made;
    this.job = { kind, bitmap: { context, scene, view }, steps: paintSteps(context, scene, view) };
    if (!isNew) {
      this.advance(this.job);
    }
  }

  private advance({ kind, bitmap, steps }: Job) {
    const onScreen = kind === 'screen';
    const calm = this.calm === 'moving' ? 'moving' : this.isBlank ? 'blank' : 'rest';
    const end = performance.now() + BUDGET[onScreen ? 'screen' : calm];
    do {
      const { done } = steps.next();
      if (!onScreen) {
        fillIn(bitmap.context);
      }
      if (done) {
        this.job = undefined;
        this.keep(kind, bitmap);
        return;
      }
    } while (performance.now() < end);
  }

  private keep(kind: Job['kind'], bitmap: Bitmap) {
    if (kind === 'whole') {
      this.whole = bitmap;
      return;
    }
    this.isBlank = false;
    this.isFirst = false;
    if (kind === 'screen') {
      drawOverlay(bitmap.context, bitmap.scene, bitmap.view, this.overlay);
      this.mark();
      return;
    }
    this.putBack(this.shown?.context);
    this.shown = bitmap;
  }

  /** Shows what has been painted before. */
  private present() {
    const { context, wanted, shown, whole, overlay, presented } = this;
    const isSame =
      presented?.shown === shown &&
      presented?.whole === whole &&
      presented?.wanted === wanted &&
      presented?.overlay === overlay;
    if (context && wanted && shown && !isSame) {
      this.presented = { shown, whole, wanted, overlay };
      const { scene, view } = wanted;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = 1;
      context.clearRect(0, 0, this.screen.width, this.screen.height);
      if (whole?.scene === shown.scene && !covers(shown.view, view)) {
        drawAround(context, whole, shown, view);
      }
      drawBitmap(context, shown, view);
      drawOverlay(context, scene, view, this.overlay);
    }
    this.mark();
  }

  private mark() {
    const { wanted, shown, isBlank, calm } = this;
    const isDone = wanted !== undefined && !isBlank && (!shown || isRight(shown, wanted));
    const isPainted = isDone && calm !== 'moving';
    if (isPainted !== (this.screen.dataset.painted === 'true')) {
      if (isPainted) {
        this.screen.dataset.painted = 'true';
      } else {
        delete this.screen.dataset.painted;
      }
    }
  }
}
