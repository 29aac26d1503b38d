import { type RefObject, useLayoutEffect, useState } from 'react';

const LEAST = 420;
const MARGIN = 24;

/** px from an element's top to the end of the window, so that a map fills the page below whatever is above it. */
export function useRemainingHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(LEAST);
  // After every render, as what is above may have grown: a longer title, controls that need a second line.
  useLayoutEffect(() => {
    const read = () => {
      const top = (element.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      setHeight(Math.max(LEAST, Math.floor(window.innerHeight - top - MARGIN)));
    };
    read();
    window.addEventListener('resize', read);
    return () => window.removeEventListener('resize', read);
  });
  return height;
}
