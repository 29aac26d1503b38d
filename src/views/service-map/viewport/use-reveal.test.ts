import { renderHook } from '@testing-library/react';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { mapModel } from '../model/map-model';
import { errorPaint } from '../drawing/paint-style';
import { type Selection } from '../selection';
import { useRevealSelected } from './use-reveal';
import { useViewport } from './use-viewport';
import { type Point, toScreen } from './viewport';

const SIZE = { width: 300, height: 400 };
const GRAPH = sampleGraph({ services: 60, namespaces: 3 });
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, { width: 1600, height: 900 }), errorPaint);
const [CALL] = MODEL.edges.filter(
  ({ source, target }) => source !== target && Math.abs(source.centre.x - target.centre.x) < 400
);

function start() {
  const { result, rerender } = renderHook(
    ({ selected }: { selected?: Selection }) => {
      const controls = useViewport({
        bounds: MODEL.bounds,
        cards: MODEL.nodes,
        layoutId: 1,
        size: SIZE,
        readable: false,
      });
      useRevealSelected(MODEL, selected, controls, SIZE);
      return controls;
    },
    { initialProps: {} as { selected?: Selection } }
  );
  const isSeen = (point: Point) => {
    const { x, y } = toScreen(result.current.store.get(), point);
    return x >= 0 && x <= SIZE.width && y >= 0 && y <= SIZE.height;
  };
  return { controls: result.current, isSeen, select: (selected: Selection) => rerender({ selected }) };
}

describe('what is chosen in a list comes into view', () => {
  it('a call that is far away, near enough to be read', () => {
    const { controls, isSeen, select } = start();
    controls.zoomBy(1 / controls.store.get().k);
    controls.panBy(50_000, 50_000);
    expect(isSeen(CALL.target.centre)).toBe(false);
    select({ kind: 'call', id: CALL.call.id });
    expect(isSeen(CALL.target.centre)).toBe(true);
  });

  it('but a call that is seen stays where it is', () => {
    const { controls, select } = start();
    controls.zoomBy(1 / controls.store.get().k);
    controls.centreOn(CALL.source.centre);
    const before = controls.store.get();
    select({ kind: 'call', id: CALL.call.id });
    expect(controls.store.get()).toEqual(before);
  });
});
