import { type RefObject, useLayoutEffect, useState } from 'react';

type Size = Pick<DOMRect, 'width' | 'height'>;

/** Size of an element in CSS px, followed as it changes; undefined until it has one. */
export function useSize(element: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) {
      return undefined;
    }
    const read = () => {
      const { width, height } = target.getBoundingClientRect();
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    read();
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(read);
    observer?.observe(target);
    return () => observer?.disconnect();
  }, [element]);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}
