import { act, renderHook } from '@testing-library/react';
import { useViewport } from './use-viewport';
import { type Rect } from './viewport';

const SIZE = { width: 1200, height: 700 };
const SMALL: Rect = { x: 0, y: 0, width: 600, height: 300 };
/** After a service was moved up */
const LARGER: Rect = { x: 0, y: -200, width: 600, height: 500 };

function start() {
  const { result, rerender } = renderHook(
    ({ bounds }: { bounds: Rect }) =>
      useViewport({ bounds, cards: [{ card: bounds }], layoutId: 1, size: SIZE, readable: true }),
    { initialProps: { bounds: SMALL } }
  );
  return {
    store: result.current.store,
    stay: () => act(() => result.current.stay()),
    grow: () => rerender({ bounds: LARGER }),
    fitAll: () => act(() => result.current.fitAll()),
  };
}

describe('what is seen of a map that becomes larger', () => {
  it('is all of it', () => {
    const { store, grow } = start();
    const before = store.get();
    grow();
    expect(store.get().y).toBeGreaterThan(before.y);
  });

  it('stays when a person has moved a service, until all of it is asked for', () => {
    const { store, stay, grow, fitAll } = start();
    const before = store.get();
    stay();
    grow();
    expect(store.get()).toEqual(before);
    fitAll();
    expect(store.get().y).toBeGreaterThan(before.y);
  });
});
