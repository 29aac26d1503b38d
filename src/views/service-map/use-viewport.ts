import { useCallback, useEffect, useRef, useState } from 'react';
import { type Point, fit, pan, type Rect, reveal, type Size, type Viewport, ZOOM, zoomAt } from './viewport';

export interface ViewportControls {
  viewport: Viewport;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, at?: Point): void;
  fitAll(): void;
  revealPoint(point: Point): void;
}

/**
 * Where the map is looked at from. It shows everything until the person moves it, and again for every new layout.
 * @param layoutId changes with every new layout
 */
export function useViewport(bounds: Rect | undefined, layoutId: unknown, size: Size): ViewportControls {
  const [viewport, setViewport] = useState<Viewport>(() => (bounds ? fit(bounds, size) : { k: 1, x: 0, y: 0 }));
  const moved = useRef(false);
  const shownLayout = useRef<unknown>(undefined);
  const { width, height } = size;

  const fitAll = useCallback(() => {
    if (bounds) {
      moved.current = false;
      setViewport(fit(bounds, { width, height }));
    }
  }, [bounds, width, height]);

  useEffect(() => {
    if (layoutId !== shownLayout.current || !moved.current) {
      shownLayout.current = layoutId;
      fitAll();
    }
  }, [layoutId, fitAll]);

  const change = useCallback((next: (viewport: Viewport) => Viewport) => {
    moved.current = true;
    setViewport(next);
  }, []);
  return {
    viewport,
    fitAll,
    panBy: useCallback((dx, dy) => change((old) => pan(old, dx, dy)), [change]),
    zoomBy: useCallback(
      (factor, at = { x: width / 2, y: height / 2 }) => change((old) => zoomAt(old, at, factor)),
      [change, width, height]
    ),
    revealPoint: useCallback(
      (point) =>
        change((old) => {
          const near =
            old.k < ZOOM.readable ? zoomAt(old, { x: width / 2, y: height / 2 }, ZOOM.readable / old.k) : old;
          return reveal(near, point, { width, height });
        }),
      [change, width, height]
    ),
  };
}
