import { renderHook } from '@testing-library/react';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { CONTROLS_CORNER } from '../controls/map-controls';
import { mapModel } from '../model/map-model';
import { type MapRoom, roomIn } from './map-room';
import { errorPaint } from '../drawing/paint-style';
import { useViewport } from './use-viewport';
import { type Size, toScreen } from './viewport';

describe('what stands beside the map', () => {
  const ALL: MapRoom = { toolbar: true, legend: true, wholeLegend: true, controls: true, miniMap: true };
  it.each<[string, Size, Partial<MapRoom>]>([
    ['a page', { width: 1000, height: 560 }, {}],
    ['half a dashboard', { width: 490, height: 250 }, { wholeLegend: false, miniMap: false }],
    ['a flat panel', { width: 900, height: 190 }, { legend: false, wholeLegend: false, miniMap: false }],
    [
      'a small panel',
      { width: 230, height: 180 },
      { toolbar: false, legend: false, wholeLegend: false, miniMap: false },
    ],
    ['a tower', { width: 240, height: 600 }, { toolbar: false, legend: false, wholeLegend: false, miniMap: false }],
    [
      'a stamp',
      { width: 110, height: 60 },
      { toolbar: false, legend: false, wholeLegend: false, controls: false, miniMap: false },
    ],
  ])('%s', (_, size, without) => {
    expect(roomIn(size)).toEqual({ ...ALL, ...without });
  });
});

it('a map that is only a little too large for its names is seen as a whole', () => {
  const size = { width: 1280, height: 720 };
  const cards = [{ card: { x: 0, y: 0, width: 2000, height: 1900 } }];
  const { result } = renderHook(() => useViewport({ bounds: cards[0].card, cards, layoutId: 1, size, readable: true }));
  const { k, y } = result.current.store.get();
  expect(k).toBeLessThan(0.4);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + 1900 * k).toBeLessThanOrEqual(size.height);
});

describe('the first look at a small map', () => {
  const graph = sampleGraph({ services: 15, seed: 3 });
  const { nodes, bounds } = mapModel(graph, layoutGraph(graph, { width: 230, height: 140 }), errorPaint);
  const look = (size: Size) =>
    renderHook(() => useViewport({ bounds, cards: nodes, corner: CONTROLS_CORNER, layoutId: 1, size, readable: true }))
      .result.current;
  const isSeen = (size: Size) => {
    const viewport = look(size).store.get();
    return nodes.every(({ card }) => {
      const from = toScreen(viewport, card);
      const to = toScreen(viewport, { x: card.x + card.width, y: card.y + card.height });
      return from.x >= 0 && from.y >= 0 && to.x <= size.width && to.y <= size.height;
    });
  };

  it.each([
    { width: 230, height: 140 },
    { width: 160, height: 300 },
    { width: 440, height: 120 },
  ])('has all services in %j, and few controls', (size) => {
    expect(look(size).isSmall).toBe(true);
    expect(isSeen(size)).toBe(true);
  });

  it('is otherwise rather at a part that can be read, as there is an overview beside it', () => {
    const size = { width: 500, height: 300 };
    const large = sampleGraph({ services: 50, seed: 3 });
    const model = mapModel(large, layoutGraph(large, size), errorPaint);
    const { result } = renderHook(() =>
      useViewport({ bounds: model.bounds, cards: model.nodes, layoutId: 1, size, readable: true })
    );
    expect(result.current.isSmall).toBe(false);
    expect(result.current.store.get().k).toBeGreaterThanOrEqual(0.4);
  });
});
