import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { fitBesideCorner, isUnder } from './clear-corner';
import { CONTROLS_CORNER } from '../controls/map-controls';
import { mapModel } from '../model/map-model';
import { errorPaint } from '../drawing/paint-style';
import { fit, fitReadable, intersects, type Rect, type Size, toScreen, type Viewport, visibleRect } from './viewport';

const card = (x: number, y: number) => ({ card: { x, y, width: 196, height: 58 } });

function mapOf(cards: Array<{ card: Rect }>) {
  const right = Math.max(...cards.map(({ card: { x, width } }) => x + width));
  const bottom = Math.max(...cards.map(({ card: { y, height } }) => y + height));
  return { cards, bounds: { x: 0, y: 0, width: right, height: bottom } };
}

function cornerOf({ width, height }: Size): Rect {
  return { x: width - CONTROLS_CORNER.width, y: height - CONTROLS_CORNER.height, ...CONTROLS_CORNER };
}

function isWhole(viewport: Viewport, { bounds }: { bounds: Rect }, size: Size): boolean {
  const seen = visibleRect(viewport, size);
  const corner = toScreen(viewport, { x: bounds.x + bounds.width, y: bounds.y + bounds.height });
  return seen.x <= bounds.x && seen.y <= bounds.y && corner.x <= size.width && corner.y <= size.height;
}

const FULL = mapOf([0, 1, 2, 3].flatMap((column) => [0, 1, 2, 3, 4].map((row) => card(column * 300, row * 90))));

describe('a fitted map', () => {
  const sizes: Size[] = [
    { width: 400, height: 180 },
    { width: 600, height: 330 },
    { width: 1280, height: 630 },
  ];
  const maps = [
    ['a block', FULL],
    ['a chain', mapOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((column) => card(column * 300, 0)))],
    ['a tower', mapOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((row) => card(0, row * 90)))],
    ['one service', mapOf([card(0, 0)])],
  ] as const;

  it.each(maps.flatMap(([name, map]) => sizes.map((size) => [name, size, map] as const)))(
    '%s in %j has nothing under the controls, and all of it is seen',
    (_, size, map) => {
      const viewport = fitBesideCorner(map, { size, corner: CONTROLS_CORNER });
      expect(isUnder(viewport, map, cornerOf(size))).toBe(false);
      expect(isWhole(viewport, map, size)).toBe(true);
    }
  );

  it.each(sizes)('of 10 services neither, in %j', (size) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const graph = sampleGraph({ services: 10, seed });
      const { nodes, bounds } = mapModel(graph, layoutGraph(graph, size), errorPaint);
      const viewport = fitBesideCorner({ cards: nodes, bounds }, { size, corner: CONTROLS_CORNER });
      const taken = cornerOf(size);
      const covered = nodes.filter(({ card: { x, y, width, height } }) =>
        intersects({ ...toScreen(viewport, { x, y }), width: width * viewport.k, height: height * viewport.k }, taken)
      );
      expect(covered).toEqual([]);
    }
  });

  it('is in the middle where nothing would be covered, and where there are no controls', () => {
    const size = { width: 1280, height: 630 };
    const chain = mapOf([card(0, 0), card(300, 0)]);
    expect(fitBesideCorner(chain, { size, corner: CONTROLS_CORNER })).toEqual(fit(chain.bounds, size));
    expect(fitBesideCorner(FULL, { size })).toEqual(fit(FULL.bounds, size));
  });

  it('makes way without getting smaller where there is room', () => {
    const size = { width: 1500, height: 470 };
    const wide = mapOf([card(0, 0), card(600, 0), card(1200, 330)]);
    const looks = [fit(wide.bounds, size), fitBesideCorner(wide, { size, corner: CONTROLS_CORNER })];
    expect(isUnder(looks[0], wide, cornerOf(size))).toBe(true);
    expect(isUnder(looks[1], wide, cornerOf(size))).toBe(false);
    expect(looks[1].k).toBe(looks[0].k);
  });

  it('stays readable where it does not fit', () => {
    const size = { width: 400, height: 180 };
    const viewport = fitBesideCorner(FULL, { size, corner: CONTROLS_CORNER, fitInto: fitReadable });
    expect(viewport.k).toBe(fitReadable(FULL.bounds, size).k);
  });
});
