import { type RefCallback, useLayoutEffect, useState } from 'react';

/** Rows beyond the visible ones that are drawn, so that quick scrolling shows no gaps. */
const OVERSCAN = 12;
/** Where nothing has a size, as in tests, as many rows are drawn as fit this. */
const DEFAULT_HEIGHT = 600;

interface WindowedRows {
  /** Goes to the scrolling element */
  scrollerRef: RefCallback<HTMLElement>;
  scroller: HTMLElement | null;
  /** First row to draw, and the one after the last */
  first: number;
  end: number;
  /** px of all rows */
  totalHeight: number;
  /** Rows that fit the visible height */
  pageSize: number;
}

/** Which rows of fixed height to draw in a scrolling element: DOM and time depend on the window, not on how many there are. */
export function useWindowedRows(rowCount: number, rowHeight: number): WindowedRows {
  const [scroller, scrollerRef] = useState<HTMLElement | null>(null);
  const [{ scrollTop, height }, setView] = useState({ scrollTop: 0, height: DEFAULT_HEIGHT });

  useLayoutEffect(() => {
    if (!scroller) {
      return;
    }
    const read = () => setView({ scrollTop: scroller.scrollTop, height: visibleHeight(scroller) });
    read();
    scroller.addEventListener('scroll', read, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(read);
    observer?.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', read);
      observer?.disconnect();
    };
  }, [scroller]);

  const pageSize = Math.max(1, Math.floor(height / rowHeight));
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), rowCount - pageSize) - OVERSCAN);
  return {
    scrollerRef,
    scroller,
    first,
    end: Math.min(rowCount, first + pageSize + 2 * OVERSCAN + 1),
    totalHeight: rowCount * rowHeight,
    pageSize,
  };
}

/** Scrolls as little as needed to have the whole row in sight. */
export function scrollToRow(scroller: HTMLElement, row: number, rowHeight: number): void {
  const top = row * rowHeight;
  const lowest = top + rowHeight - visibleHeight(scroller);
  if (top < scroller.scrollTop) {
    scroller.scrollTop = top;
  } else if (lowest > scroller.scrollTop) {
    scroller.scrollTop = lowest;
  }
}

function visibleHeight(scroller: HTMLElement): number {
  return scroller.clientHeight || DEFAULT_HEIGHT;
}
