import { startTransition, useEffect, useState } from 'react';

/** ms, in which a picture is painted; of a very large map on a slow machine it takes longer, but not much longer. */
const UNTIL_PAINTED = { usually: 100, most: 1000 } as const;

/** When a picture has been painted and the page has nothing else to do. @returns calls it off */
function afterPainting(run: () => void): () => void {
  let idle = 0;
  const timer = setTimeout(() => {
    // Safari has no idle time to tell of.
    if (typeof requestIdleCallback === 'undefined') {
      run();
    } else {
      idle = requestIdleCallback(run, { timeout: UNTIL_PAINTED.most });
    }
  }, UNTIL_PAINTED.usually);
  return () => {
    clearTimeout(timer);
    if (idle !== 0) {
      cancelIdleCallback(idle);
    }
  };
}

/**
 * The value a moment after it has changed, for what may come after the picture and must not keep it waiting.
 * @param atOnce where it takes no time worth waiting for
 * @returns undefined until there is a first one
 */
export function useSettled<T>(value: T, atOnce: boolean): T | undefined {
  const [settled, setSettled] = useState<{ value: T }>();
  useEffect(
    () => (atOnce ? undefined : afterPainting(() => startTransition(() => setSettled({ value })))),
    [value, atOnce]
  );
  return atOnce ? value : settled?.value;
}
