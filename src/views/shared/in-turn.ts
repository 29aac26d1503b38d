import { useEffect, useState } from 'react';
import { runInSlices, type Steps } from '../../trace/steps';

/** ms; pages in the background draw no frames. */
const LONGEST_WAIT = 100;

let last: Promise<void> = Promise.resolve();

/**
 * Resolves once it is the caller's turn: one each frame of the screen. Panels whose answers arrive at the same time would
 * otherwise do their work in one go, during which the page does not answer.
 */
function nextTurn(): Promise<void> {
  last = last.then(nextFrame);
  return last;
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined = undefined;
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      // After the frame, in a task of its own.
      timer = setTimeout(resolve, 0);
    });
    timer = setTimeout(() => {
      cancelAnimationFrame(frame);
      resolve();
    }, LONGEST_WAIT);
  });
}

/** `runInSlices` that begins when it is its turn. @throws as that does */
export async function runInTurn<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  await nextTurn();
  if (signal.aborted) {
    throw new DOMException('The work was cancelled.', 'AbortError');
  }
  return runInSlices(steps, signal);
}

/** The value, a little later where many components have a new one at the same time: for what takes long to render. */
export function useInTurn<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let isCurrent = true;
    nextTurn().then(() => isCurrent && setShown(value));
    return () => {
      isCurrent = false;
    };
  }, [value]);
  return shown;
}
