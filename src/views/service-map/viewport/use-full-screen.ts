import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { getPortalContainer } from '@grafana/ui';
import { type Size } from './viewport';

/**
 * Only what is in the element is seen in full screen: Grafana's container of popovers, drawers and tooltips is in it
 * for so long. @returns the way back
 */
function bringPopovers(into: HTMLElement): () => void {
  const container = getPortalContainer();
  const home = container.parentElement;
  if (container === document.body || !home) {
    return () => undefined;
  }
  into.append(container);
  return () => home.append(container);
}

/** For what Grafana shows beside the element, such as drawers. */
export function leaveFullScreen() {
  if (document.fullscreenElement) {
    document.exitFullscreen().catch(() => undefined);
  }
}

/** Full screen for an element: its size while it is, and the way in and out; no way where the browser has none. */
export function useFullScreen(element: RefObject<HTMLElement | null>): { size?: Size; toggle?: () => void } {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const read = () =>
      setSize(
        element.current && document.fullscreenElement === element.current
          ? { width: window.innerWidth, height: window.innerHeight }
          : undefined
      );
    document.addEventListener('fullscreenchange', read);
    window.addEventListener('resize', read);
    return () => {
      document.removeEventListener('fullscreenchange', read);
      window.removeEventListener('resize', read);
    };
  }, [element]);
  const isFull = size !== undefined;
  // Before the element goes, should it go: the container is needed further on.
  useLayoutEffect(() => (isFull && element.current ? bringPopovers(element.current) : undefined), [isFull, element]);
  const toggle = useCallback(() => {
    const change =
      document.fullscreenElement === element.current ? document.exitFullscreen() : element.current?.requestFullscreen();
    // Refused, e.g. in a frame that may not: the map stays as it is.
    change?.catch(() => undefined);
  }, [element]);
  return { size, toggle: document.fullscreenEnabled ? toggle : undefined };
}
