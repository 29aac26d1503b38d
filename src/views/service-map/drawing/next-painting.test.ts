import { type Scene, type View } from './draw-map';
import { covers, isRight, nextPainting, type Situation, widened } from './next-painting';
import { sampleScene } from './scene.fixture';
import { fit, pan, zoomAt } from '../viewport/viewport';

const SIZE = { width: 1600, height: 900 };
const SCENE: Scene = sampleScene(40, SIZE);
const VIEW: View = { viewport: { k: 1, x: 10, y: 20 }, size: SIZE, pixelRatio: 1 };
const OTHER: Scene = { ...SCENE };

const panned = (dx: number, dy = 0): View => ({ ...VIEW, viewport: pan(VIEW.viewport, dx, dy) });
const zoomed = (factor: number): View => ({ ...VIEW, viewport: zoomAt(VIEW.viewport, { x: 800, y: 450 }, factor) });

const shown = { scene: SCENE, view: widened(VIEW) };
const whole = { scene: SCENE, view: { ...VIEW, viewport: fit(SCENE.map.model.bounds, SIZE), pixelRatio: 0.5 } };

function painting(changed: Partial<Situation>) {
  return nextPainting({ scene: SCENE, view: VIEW, calm: 'resting', isBlank: false, shown, whole, ...changed });
}

describe('what is painted next', () => {
  it.each<[string, Partial<Situation>, string | undefined]>([
    ['nothing when all is there', {}, undefined],
    ['new content onto the screen', { isBlank: true, calm: 'still' }, 'screen'],
    ['new content onto the screen after a rest', { isBlank: true, scene: OTHER }, 'screen'],
    ['new content while moving beside the screen', { isBlank: true, scene: OTHER, calm: 'moving' }, 'part'],
    ['nothing just after the screen itself', { shown: undefined, calm: 'still' }, undefined],
    ['a picture to move later', { shown: undefined }, 'part'],
    ['a picture when one already moves', { shown: undefined, calm: 'moving' }, 'part'],
    ['the whole map when there is time', { whole: undefined }, 'whole'],
    ['the whole map of new content', { whole: { ...whole, scene: OTHER } }, 'whole'],
    ['no whole map while moving', { whole: undefined, calm: 'moving' }, undefined],
    ['nothing on the way over the margin', { view: panned(90, 40), calm: 'moving' }, undefined],
    ['more before the margin ends', { view: panned(150), calm: 'moving' }, 'part'],
    ['what is missing', { view: panned(-250), calm: 'moving' }, 'part'],
    ['another margin at rest', { view: panned(0, 70) }, 'part'],
    ['nothing for a little nearer', { view: zoomed(1.4), calm: 'moving' }, undefined],
    ['sharper letters when much nearer', { view: zoomed(1.6), calm: 'moving' }, 'part'],
    ['nothing for a little farther', { view: zoomed(0.9), calm: 'moving' }, undefined],
    ['what farther off comes into view', { view: zoomed(0.7), calm: 'moving' }, 'part'],
    ['sharp letters at rest', { view: zoomed(1.01) }, 'part'],
    ['sharp letters on another screen', { view: { ...VIEW, pixelRatio: 2 } }, 'part'],
  ])('is %s', (_, changed, kind) => {
    expect(painting(changed)?.kind).toBe(kind);
  });

  it.each([1, 1.25, 1.5, 2, 3])('is right on the screen at %d device px a px', (pixelRatio) => {
    const view: View = { viewport: { k: 0.7, x: -3.3, y: 8.1 }, size: { width: 1013, height: 777 }, pixelRatio };
    const next = painting({ view, shown: undefined });
    const picture = { scene: SCENE, view: next?.view ?? VIEW };
    expect(isRight(picture, { scene: SCENE, view })).toBe(true);
    const shift = (picture.view.viewport.x - view.viewport.x) * pixelRatio;
    expect(shift).toBeCloseTo(Math.round(shift));
    // What comes next is asked for until nothing is left to do.
    expect(painting({ view, shown: picture })).toBeUndefined();
  });

  it('is beside the screen for a map that takes several frames', () => {
    const nodes = Array.from({ length: 2000 }, () => SCENE.map.nodes[0]);
    const scene: Scene = { ...SCENE, map: { ...SCENE.map, nodes } };
    const next = painting({ scene, isBlank: true, calm: 'still' });
    expect(next).toEqual({ kind: 'part', view: VIEW });
    const picture = { scene, view: VIEW };
    expect(painting({ scene, shown: picture, calm: 'still' })).toBeUndefined();
    expect(painting({ scene, shown: picture })?.view.size.width).toBeGreaterThan(SIZE.width);
  });

  it('is not wider than memory allows', () => {
    const view: View = { ...VIEW, size: { width: 3840, height: 2160 }, pixelRatio: 2 };
    const next = painting({ view, shown: undefined });
    expect(next?.view.size).toEqual(view.size);
    expect(painting({ view, shown: { scene: SCENE, view } })).toBeUndefined();
    const beside = { ...view, viewport: pan(view.viewport, 5, 0) };
    expect(painting({ view: beside, shown: { scene: SCENE, view }, calm: 'moving' })?.kind).toBe('part');
  });

  it('of the whole map reaches all services', () => {
    const next = painting({ whole: undefined });
    const { bounds } = SCENE.map.model;
    const far: View = { ...VIEW, viewport: fit(bounds, SIZE) };
    expect(next && covers(next.view, far)).toBe(true);
  });
});
