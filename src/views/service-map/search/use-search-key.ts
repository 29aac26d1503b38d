import { type RefObject, useEffect } from 'react';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

/** "/" goes to the search from within the map, or from anywhere when the map owns the page. */
export function useSearchKey(
  input: RefObject<HTMLInputElement | null>,
  map: RefObject<HTMLElement | null>,
  ownsPage = false
) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      const isHere = ownsPage || (target instanceof Node && map.current?.contains(target));
      if (key === '/' && isHere && !ctrlKey && !metaKey && !altKey && !isTyping(target) && input.current) {
        event.preventDefault();
        input.current.focus();
        input.current.select();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input, map, ownsPage]);
}
