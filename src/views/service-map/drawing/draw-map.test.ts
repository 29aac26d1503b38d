import { drawOverlay, type View } from './draw-map';
import { sampleScene } from './scene.fixture';
import { foldedMap } from '../model/folded-map';

const SIZE = { width: 800, height: 450 };

/** A pen that draws nothing and tells the texts. */
function fakePen() {
  const texts: string[] = [];
  const pen = {
    canvas: document.createElement('canvas'),
    measureText: (text: string) => ({ width: 7 * text.length }),
    fillText: (text: string) => texts.push(text),
  };
  const isOwn = (key: string | symbol): key is keyof typeof pen => key in pen;
  const { canvas } = pen;
  Object.defineProperty(canvas, 'getContext', {
    value: () => new Proxy(pen, { get: (_, key) => (isOwn(key) ? pen[key] : () => undefined) }),
  });
  return { ctx: canvas.getContext('2d')!, texts };
}

it('names what is lit up, but no service that is folded away in its group', () => {
  const scene = sampleScene(200, SIZE);
  const { model } = scene.map;
  const [folded, open] = model.groups.filter(({ members }) => members.length > 1);
  const [inFolded, inOpen] = [folded, open].map(({ members }) => members[0].service);
  const { x, y, width, height } = model.bounds;
  const k = 0.2;
  const viewport = { k, x: -x * k, y: -y * k };
  const view: View = { viewport, size: { width: width * k, height: height * k }, pixelRatio: 1 };
  const highlight = { services: new Set([inFolded.id, inOpen.id]), outgoing: [], incoming: [], strong: true };
  const namesWith = (ids: string[]) => {
    const { ctx, texts } = fakePen();
    drawOverlay(ctx, { ...scene, map: foldedMap(model, new Set(ids)) }, view, { highlight, several: new Set() });
    return [inFolded.name, inOpen.name].map((name) => texts.includes(name));
  };
  expect(namesWith([])).toEqual([true, true]);
  expect(namesWith([folded.id])).toEqual([false, true]);
});
