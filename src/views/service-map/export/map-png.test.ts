import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { service } from '../../../servicegraph/service-graph.fixture';
import { foldedMap } from '../model/folded-map';
import { kindNames } from '../kind-names';
import { mapModel } from '../model/map-model';
import { errorPaint } from '../drawing/paint-style';
import { paletteOf } from '../drawing/palette';
import { mapPng } from './map-png';

/** A canvas as browsers have it: one with more pixels than they can make stays blank, and says nothing. */
function browserWith(mostPixels: number) {
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    const isBlank = this.width * this.height > mostPixels;
    const context: Record<string, unknown> = {
      canvas: this,
      measureText: (text: string) => ({ width: 7 * text.length }),
      getImageData: () => ({ data: [0, 0, 0, isBlank ? 0 : 255] }),
    };
    return new Proxy(context, { get: (target, key) => target[String(key)] ?? (() => undefined) }) as never;
  });
  jest.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (this: HTMLCanvasElement, done) {
    done(new Blob([`${this.width} x ${this.height}`]));
  });
}

function sceneOf(services: number) {
  const graph = {
    services: Array.from({ length: services }, (_, index) => service(`s${index}`)),
    calls: [],
    notices: [],
  };
  const map = foldedMap(mapModel(graph, layoutGraph(graph, { width: 800, height: 500 }), errorPaint), new Set());
  return {
    map,
    palette: paletteOf(createTheme(), 'primary'),
    latency: 'p95' as const,
    paint: errorPaint,
    kindNames: kindNames(),
    matches: new Set<string>(),
    pinned: new Set<string>(),
  };
}

describe('the bitmap of a map', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has the scale that was wished where there is room for it', async () => {
    browserWith(Infinity);
    const { scale, image } = mapPng(sceneOf(3), 4);
    expect(scale).toBe(4);
    expect((await image).size).toBeGreaterThan(0);
  });

  it('is made as large as the browser can, which is told', () => {
    browserWith(Infinity);
    const roomy = mapPng(sceneOf(2000), 4).scale;
    browserWith(30_000_000);
    const { scale } = mapPng(sceneOf(2000), 4);
    expect(roomy).toBeLessThan(4);
    expect(scale).toBeCloseTo(roomy / 2, 5);
  });

  it('is refused where even a small one stays blank', () => {
    browserWith(0);
    expect(() => mapPng(sceneOf(2000), 1)).toThrow('no bitmap');
  });
});
