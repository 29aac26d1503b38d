import { type View } from './draw-map';
import { MapPainter } from './map-painter';
import { sampleScene } from './scene.fixture';
import { fit, pan, type Rect, toScreen, type Viewport, zoomAt } from '../viewport/viewport';

const SIZE = { width: 800, height: 450 };
const SCENE = sampleScene(40, SIZE);
const { bounds } = SCENE.map.model;
const MIDDLE = { x: 400, y: 225 };
const NEAR: Viewport = zoomAt(fit(bounds, SIZE), MIDDLE, 6);
const view = (viewport: Viewport): View => ({ viewport, size: SIZE, pixelRatio: 1 });

/** Where a picture was put on the screen, and whether it was scaled. */
interface Put extends Rect {
  isSharp: boolean;
}

/** A pen that draws nothing; it tells the pictures on its canvas since that was cleared, and all texts. */
class FakePen {
  pictures: Put[] = [];
  texts: string[] = [];
  clearRect = () => (this.pictures = []);
  measureText = (text: string) => ({ width: 7 * text.length });
  fillText = (text: string) => this.texts.push(text);
  drawImage = (_: unknown, ...[, , width, height, x, y, toWidth, toHeight]: number[]) =>
    this.pictures.push({ x, y, width: toWidth, height: toHeight, isSharp: width === toWidth && height === toHeight });

  static for(canvas: HTMLCanvasElement): FakePen {
    return new Proxy(Object.assign(new FakePen(), { canvas }), {
      get: (pen, key) => (key in pen ? Reflect.get(pen, key) : () => undefined),
    });
  }
}

const pens = new Map<HTMLCanvasElement, FakePen>();

function screen() {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, SIZE);
  const painter = new MapPainter(canvas);
  const isPainted = () => canvas.dataset.painted === 'true';
  return { painter, pen: () => pens.get(canvas) ?? new FakePen(), isPainted };
}

function covers({ x, y, width, height }: Rect, part: Rect): boolean {
  const [right, bottom] = [part.x + part.width, part.y + part.height];
  return x <= part.x + 1 && y <= part.y + 1 && x + width >= right - 1 && y + height >= bottom - 1;
}

const frame = () => jest.advanceTimersByTime(17);
const rest = () => jest.advanceTimersByTime(1000);

beforeEach(() => {
  jest.useFakeTimers();
  pens.clear();
  // Every step of painting takes its time: a picture is not ready in the frame that asks for it.
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 1.5));
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
    configurable: true,
    value(this: HTMLCanvasElement) {
      const pen = pens.get(this) ?? FakePen.for(this);
      pens.set(this, pen);
      return pen;
    },
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('the map on screen', () => {
  describe('with a first picture that takes long', () => {
    const many = sampleScene(100, SIZE);
    const other = { ...many, pinned: new Set(['s1']) };

    it('is there after a few tasks, without any frame', async () => {
      const { painter, pen, isPainted } = screen();
      painter.show(many, view(NEAR));
      expect(isPainted()).toBe(false);
      await jest.advanceTimersByTimeAsync(10);
      expect(isPainted()).toBe(true);
      expect(pen().texts.length).toBeGreaterThan(0);
    });

    it('gives way to newer content', async () => {
      const { painter, pen, isPainted } = screen();
      painter.show(many, view(fit(bounds, SIZE)));
      await Promise.resolve();
      painter.show(other, view(NEAR));
      await jest.advanceTimersByTimeAsync(10);
      const { texts } = pen();
      expect(isPainted()).toBe(true);
      const alone = screen();
      alone.painter.show(other, view(NEAR));
      await jest.advanceTimersByTimeAsync(10);
      expect(texts.slice(-alone.pen().texts.length)).toEqual(alone.pen().texts);
    });

    it('is not painted any more once the canvas is gone', async () => {
      const { painter, isPainted } = screen();
      painter.show(many, view(NEAR));
      painter.stop();
      await jest.advanceTimersByTimeAsync(1000);
      expect(isPainted()).toBe(false);
    });
  });

  it('is there with its content', () => {
    const { painter, pen, isPainted } = screen();
    expect(isPainted()).toBe(false);
    painter.show(SCENE, view(NEAR));
    expect(isPainted()).toBe(true);
    expect(pen().texts.length).toBeGreaterThan(0);
    rest();
    expect(isPainted()).toBe(true);
    expect(pen().pictures).toEqual([expect.objectContaining({ isSharp: true })]);
  });

  it('is not told to be painted while it moves', () => {
    const { painter, isPainted } = screen();
    painter.show(SCENE, view(NEAR));
    rest();
    painter.look(pan(NEAR, 20, 0));
    expect(isPainted()).toBe(false);
    frame();
    expect(isPainted()).toBe(false);
    rest();
    expect(isPainted()).toBe(true);
  });

  it.each([30, 90, 150])('leaves no gap while it moves by %d px a frame', (step) => {
    const { painter, pen } = screen();
    painter.show(SCENE, view(NEAR));
    rest();
    for (let viewport = NEAR, index = 0; index < 30; index++) {
      viewport = pan(viewport, index < 15 ? step : -step, step / 2);
      painter.look(viewport);
      frame();
      const corner = toScreen(viewport, bounds);
      const [x, y] = [Math.max(0, corner.x), Math.max(0, corner.y)];
      const right = Math.min(SIZE.width, corner.x + bounds.width * viewport.k);
      const bottom = Math.min(SIZE.height, corner.y + bounds.height * viewport.k);
      const seen = { x, y, width: right - x, height: bottom - y };
      expect(right < x || bottom < y || pen().pictures.some((picture) => covers(picture, seen))).toBe(true);
      expect(pen().pictures.at(-1)?.isSharp).toBe(true);
    }
  });

  it('leaves no gap where it is looked at from farther off', () => {
    const { painter, pen } = screen();
    painter.show(SCENE, view(NEAR));
    rest();
    const far = zoomAt(NEAR, MIDDLE, 1 / 6);
    painter.look(far);
    frame();
    const all = { ...toScreen(far, bounds), width: bounds.width * far.k, height: bounds.height * far.k };
    expect(pen().pictures.some((picture) => covers(picture, all))).toBe(true);
  });

  it('is sharp after every zoom', () => {
    const { painter, pen, isPainted } = screen();
    painter.show(SCENE, view(NEAR));
    rest();
    let viewport = NEAR;
    for (const factor of [0.3, 0.9, 1.01, 1.7, 4]) {
      viewport = zoomAt(viewport, { x: 300, y: 100 }, factor);
      painter.look(viewport);
      frame();
      rest();
      const [picture, ...more] = pen().pictures;
      expect(more).toEqual([]);
      expect(picture).toMatchObject({ isSharp: true, x: Math.round(picture.x), y: Math.round(picture.y) });
      expect(covers(picture, { x: 0, y: 0, ...SIZE })).toBe(true);
      expect(isPainted()).toBe(true);
    }
  });

  it('tells more in the middle of a long movement', () => {
    const { painter } = screen();
    const far = fit(bounds, SIZE);
    painter.show(SCENE, view(far));
    rest();
    pens.forEach((pen) => (pen.texts = []));
    for (let index = 0; index < 40; index++) {
      painter.look(zoomAt(far, MIDDLE, 1.08 ** index));
      frame();
    }
    const names = new Set(SCENE.map.nodes.map(({ service }) => service.name));
    const seen = [...pens.values()].flatMap(({ texts }) => texts).filter((text) => names.has(text));
    expect(seen.length).toBeGreaterThan(0);
  });

  it('lights up what is pointed at before there is a picture to move, too', () => {
    const { painter, pen, isPainted } = screen();
    painter.show(SCENE, view(NEAR));
    pen().texts = [];
    const dragged = SCENE.map.nodes[0];
    painter.lay({ several: new Set([dragged.service.id]), dragged });
    frame();
    expect(pen().texts.length).toBeGreaterThan(0);
    expect(isPainted()).toBe(true);
  });

  it('shows new content at once, in another size, too', () => {
    const { painter, pen, isPainted } = screen();
    painter.show(SCENE, view(NEAR));
    rest();
    for (const next of [view(NEAR), { ...view(NEAR), size: { width: 700, height: 450 } }]) {
      pen().texts = [];
      painter.show({ ...SCENE }, next);
      expect(isPainted()).toBe(true);
      expect(pen().texts.length).toBeGreaterThan(0);
      rest();
    }
  });
});
