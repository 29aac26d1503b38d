import { useEffect, useMemo, useState } from 'react';
import { runSteps, type Steps } from '../../trace/steps';
import { runInTurn } from './in-turn';

/** Spans, or rows of frames, up to which all of the work takes less than a frame of the screen. */
const AT_ONCE = 1000;

interface Done<I, T> {
  input: I;
  result: T;
}

/**
 * The result of work on a trace or on frames. Small ones are done during render; large ones in slices, so that the page
 * stays responsive: the former result (or undefined) is returned until then.
 * @param work must be the same function every time
 */
export function useSliced<I, T>(
  input: I | undefined,
  size: number,
  work: (input: I) => Steps<T>
): { result: T | undefined; isWorking: boolean } {
  const isLarge = size > AT_ONCE;
  const small = useMemo(
    () => (input === undefined || isLarge ? undefined : { input, result: runSteps(work(input)) }),
    [input, isLarge, work]
  );
  const [large, setLarge] = useState<Done<I, T> | undefined>(undefined);
  useEffect(() => {
    if (input === undefined || !isLarge) {
      return;
    }
    const controller = new AbortController();
    runInTurn(work(input), controller.signal).then(
      (result) => !controller.signal.aborted && setLarge({ input, result }),
      () => undefined // Only a newer input ends it early.
    );
    return () => controller.abort();
  }, [input, isLarge, work]);
  if (small) {
    return { result: small.result, isWorking: false };
  }
  return { result: large?.result, isWorking: input !== undefined && large?.input !== input };
}
