import { tooltipPlace } from './map-tooltip';

const WINDOW = { width: 1280, height: 800 };
const BOX = { width: 280, height: 110 };

describe('where a tooltip is', () => {
  it.each([
    ['below and to the right', { x: 100, y: 100 }, { left: 114, top: 114 }],
    ['above at the lower edge', { x: 100, y: 760 }, { left: 114, top: 636 }],
    ['moved left at the right edge', { x: 1270, y: 100 }, { left: 996, top: 114 }],
  ])('%s', (_, at, place) => {
    expect(tooltipPlace(at, BOX, WINDOW)).toEqual(place);
  });

  it('is never outside', () => {
    const low = { width: 200, height: 120 };
    expect(tooltipPlace({ x: 190, y: 90 }, BOX, low)).toEqual({ left: 4, top: 4 });
  });
});
