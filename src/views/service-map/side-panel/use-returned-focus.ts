import { useEffect } from 'react';

/** Once the component is gone, the focus goes back to what had it before, unless something else has taken it by then. */
export function useReturnedFocus() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const { activeElement } = document;
      if (before instanceof HTMLElement && (!activeElement || activeElement === document.body)) {
        before.focus();
      }
    };
  }, []);
}
