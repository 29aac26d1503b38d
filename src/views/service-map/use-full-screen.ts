import { type RefObject, useCallback, useEffect, useState } from 'react';
import { type Size } from './viewport';

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
  const toggle = useCallback(() => {
    const change =
      document.fullscreenElement === element.current ? document.exitFullscreen() : element.current?.requestFullscreen();
    // Refused, e.g. in a frame that may not: the map stays as it is.
    change?.catch(() => undefined);
  }, [element]);
  return { size, toggle: document.fullscreenEnabled ? toggle : undefined };
}
