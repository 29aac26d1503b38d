import { startTransition, useEffect, useState } from 'react';

/** ms, in which a picture is painted */
const UNTIL_PAINTED = 100;

/**
 * The value a moment after it has changed, for what may come after the picture and must not keep it waiting.
 * @param atOnce where it takes no time worth waiting for
 * @returns undefined until there is a first one
 */
export function useSettled<T>(value: T, atOnce: boolean): T | undefined {
  const [settled, setSettled] = useState<{ value: T }>();
  useEffect(() => {
    if (atOnce) {
      return undefined;
    }
    const timer = setTimeout(() => startTransition(() => setSettled({ value })), UNTIL_PAINTED);
    return () => clearTimeout(timer);
  }, [value, atOnce]);
  return atOnce ? value : settled?.value;
}
