import { useEffect, useRef } from 'react';
import { type Scene } from './draw-map';
import { warmUpDrawing } from './warm-up-drawing';

/** ms that a step may take */
const STEP = 5;
/** ms after which a step is taken also without idle time: the data will not wait for it, and then it comes at a worse time */
const LONGEST_WAIT = 50;

let isWarm = false;

/** Whenever the page has nothing to do. @returns ends it */
function runIdly(steps: Generator<void>, onDone: () => void): () => void {
  let handle = 0;
  const next = () => {
    const take: IdleRequestCallback = (deadline) => {
      do {
        if (steps.next().done) {
          onDone();
          return;
        }
      } while (deadline.timeRemaining() > STEP);
      next();
    };
    handle = requestIdleCallback(take, { timeout: LONGEST_WAIT });
  };
  next();
  return () => cancelIdleCallback(handle);
}

/** Once a page, while `isWaiting` for the first map. Safari has no idle time to tell of, and goes without. */
export function useWarmUp(isWaiting: boolean, scene: Scene) {
  const style = useRef(scene);
  useEffect(() => {
    if (!isWaiting || isWarm || typeof requestIdleCallback === 'undefined') {
      return undefined;
    }
    return runIdly(warmUpDrawing(style.current), () => (isWarm = true));
  }, [isWaiting]);
}
