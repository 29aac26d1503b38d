import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fitBesideCorner } from './clear-corner';
import { isSmallMap } from './map-room';
import {
  fit,
  fitReadable,
  pan,
  type Point,
  type Rect,
  reveal,
  type Size,
  toScreen,
  type Viewport,
  ZOOM,
  zoomAt,
} from './viewport';
import { ViewportStore } from './viewport-store';

export interface ViewportControls {
  store: ViewportStore;
  /** There is no room for many controls, and all of the map is shown at first. */
  isSmall: boolean;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, at?: Point): void;
  /** Shows everything */
  fitAll(): void;
  /** Shows a part of the world as large as it fits */
  showRect(rect: Rect): void;
  /** Brings a point of the world into view, near enough to be read */
  revealPoint(point: Point): void;
  /** Stays where it is while something of the map is moved, even if that makes the map larger */
  stay(): void;
  /** Puts a point of the world into the middle */
  centreOn(point: Point): void;
}

interface ViewportOptions {
  bounds: Rect;
  /** What is kept out from under the controls */
  cards: ReadonlyArray<{ card: Rect }>;
  /** What the controls take of the lower right corner, px; absent: there are none */
  corner?: Size;
  /** Changes with every new layout */
  layoutId: unknown;
  size: Size;
  /** Rather a part of the map than one whose names cannot be read */
  readable: boolean;
}

/** px of the lower right corner that the controls of a small map take */
const SMALL_CORNER: Size = { width: 76, height: 46 };
const SMALL_MARGIN = 12;

/** Names are smaller than from `ZOOM.readable` on, but there, and nothing is cut off for a little more size. */
const LEAST_WHOLE = 0.32;

/** px, and the part of the width: names of services stand out to the sides of their spots. */
const NAME_ROOM = { most: 28, share: 0.08 } as const;

function fitSmall(rect: Rect, size: Size): Viewport {
  const side = Math.min(NAME_ROOM.most, NAME_ROOM.share * size.width);
  const look = fit(rect, { ...size, width: size.width - 2 * side }, SMALL_MARGIN);
  return { ...look, x: look.x + side };
}

function fitToRead(rect: Rect, size: Size): Viewport {
  const whole = fit(rect, size);
  return whole.k >= LEAST_WHOLE ? whole : fitReadable(rect, size);
}

/** Where the map is looked at from. It shows everything until the person moves it, and again for every new layout. */
export function useViewport(options: ViewportOptions): ViewportControls {
  const { bounds, cards, layoutId, size, readable } = options;
  const isSmall = isSmallMap(size);
  const corner = options.corner && isSmall ? SMALL_CORNER : options.corner;
  // Without an overview nobody would know what else there is.
  const fitInto = isSmall ? fitSmall : readable ? fitToRead : fit;
  const [store] = useState(() => new ViewportStore(fitBesideCorner(options, { size, corner, fitInto })));
  const moved = useRef(false);
  const shownLayout = useRef<unknown>(undefined);
  const latest = useRef({ bounds, cards, corner, size, isSmall });
  const { width, height } = size;

  // Before the paint, so that no frame shows a new layout from an old place.
  useLayoutEffect(() => {
    latest.current = { bounds, cards, corner, size: { width, height }, isSmall };
    if (layoutId !== shownLayout.current || !moved.current) {
      shownLayout.current = layoutId;
      moved.current = false;
      store.reset(fitBesideCorner({ bounds, cards }, { size: { width, height }, corner, fitInto }));
    }
  }, [layoutId, bounds, cards, corner, width, height, isSmall, fitInto, store]);

  return useMemo(() => {
    const change = (next: (viewport: Viewport, size: Size) => Viewport) => {
      moved.current = true;
      store.set(next(store.get(), latest.current.size));
    };
    const middle = (of: Size): Point => ({ x: of.width / 2, y: of.height / 2 });
    return {
      store,
      isSmall,
      fitAll() {
        moved.current = false;
        const { current: map } = latest;
        store.set(fitBesideCorner(map, { ...map, fitInto: map.isSmall ? fitSmall : fit }));
      },
      stay() {
        moved.current = true;
      },
      showRect: (rect) => change((_, of) => fit(rect, of)),
      panBy: (dx, dy) => change((old) => pan(old, dx, dy)),
      zoomBy: (factor, at) => change((old, of) => zoomAt(old, at ?? middle(of), factor)),
      revealPoint: (point) =>
        change((old, of) => {
          const near = old.k < ZOOM.readable ? zoomAt(old, middle(of), ZOOM.readable / old.k) : old;
          return reveal(near, point, of);
        }),
      centreOn: (point) =>
        change((old, of) => {
          const at = toScreen(old, point);
          return pan(old, of.width / 2 - at.x, of.height / 2 - at.y);
        }),
    };
  }, [store, isSmall]);
}
