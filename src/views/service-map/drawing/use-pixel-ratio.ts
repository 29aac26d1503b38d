import { useEffect, useState } from 'react';

/** Device px by CSS px; follows the browser's zoom and windows that are moved to another screen. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio || 1);
  useEffect(() => {
    const query = window.matchMedia?.(`(resolution: ${ratio}dppx)`);
    const read = () => setRatio(window.devicePixelRatio || 1);
    query?.addEventListener?.('change', read);
    return () => query?.removeEventListener?.('change', read);
  }, [ratio]);
  return ratio;
}
