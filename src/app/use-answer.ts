import { useCallback, useEffect, useState } from 'react';
import { isTransient, RETRY_MS } from './retry';

/** @param tell shows what is known so far, while the rest is on its way */
type Ask<T> = (signal: AbortSignal, tell: (value: T) => void) => Promise<T>;

export interface Answer<T> {
  /** Of the last request that succeeded: stays while a newer one runs and when it fails */
  value?: T;
  /** For people */
  error?: string;
  isLoading: boolean;
  /** Asks again */
  retry: () => void;
}

interface Settled<T> {
  ask: Ask<T>;
  attempt: number;
  value?: T;
  error?: string;
  /** More of the value is on its way. */
  isPart?: boolean;
}

/**
 * The answer to a question that takes time. `ask` must be memoized: a new function is a new question, undefined is none.
 * The question before is cancelled.
 * @param recovers asks again by itself while the data source does not answer
 */
export function useAnswer<T>(ask: Ask<T> | undefined, recovers = false): Answer<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!ask) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (value: T) => signal.aborted || setSettled({ ask, attempt, value, isPart: true });
    ask(signal, tell).then(
      (value) => signal.aborted || setSettled({ ask, attempt, value }),
      (error: unknown) => {
        if (signal.aborted) {
          return;
        }
        const message = error instanceof Error ? error.message : String(error);
        setSettled((before) => ({ ask, attempt, value: before?.value, error: message }));
        if (recovers && isTransient({ message })) {
          timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
        }
      }
    );
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [ask, attempt, recovers]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  if (!ask) {
    return { isLoading: false, retry };
  }
  const isLoading = settled?.ask !== ask || settled.attempt !== attempt || settled.isPart === true;
  return { value: settled?.value, error: isLoading ? undefined : settled.error, isLoading, retry };
}
