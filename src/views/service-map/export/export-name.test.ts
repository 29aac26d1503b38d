import { exportName } from './export-name';
import { wholeView } from './map-png';

describe('names of exported files', () => {
  it.each([
    [
      '',
      'svg',
      { from: 1_800_000_000_000, to: 1_800_003_600_000 },
      'service-map_2027-01-15T08-00-00Z_2027-01-15T09-00-00Z.svg',
    ],
    ['calls', 'csv', undefined, 'service-map-calls.csv'],
    ['', 'json', { from: NaN, to: 1 }, 'service-map.json'],
  ])('%s.%s of %j', (part, extension, range, name) => {
    expect(exportName(part, extension, range)).toBe(name);
  });
});

describe('the bitmap of a map', () => {
  const world = { x: -100, y: -50, width: 952, height: 452 };

  it('shows all of it with a margin, as sharp as wished', () => {
    const view = wholeView(world, 2);
    expect(view).toEqual({ viewport: { k: 1, x: 124, y: 74 }, size: { width: 1000, height: 500 }, pixelRatio: 2 });
  });

  it('becomes smaller where no browser could make it', () => {
    const { viewport, size, pixelRatio } = wholeView({ x: 0, y: 0, width: 60_000, height: 30_000 }, 4);
    expect(pixelRatio).toBe(1);
    expect(viewport.k).toBeLessThan(1);
    expect(size.width).toBeLessThanOrEqual(16_000);
    expect(size.width * size.height).toBeLessThanOrEqual(100_000_000);
  });
});
