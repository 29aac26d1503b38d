import { useCallback, useEffect, useState } from 'react';

type Ask<T> = (signal: AbortSignal) => Promise<T>;

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
}

/**
 * The answer to a question that takes time. `ask` must be memoized: a new function is a new question, undefined is none.
 * The question before is cancelled.
 */
export function useAnswer<T>(ask: Ask<T> | undefined): Answer<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!ask) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    ask(signal).then(
      (value) => signal.aborted || setSettled({ ask, attempt, value }),
      (error: unknown) =>
        signal.aborted ||
        setSettled((before) => ({
          ask,
          attempt,
          value: before?.value,
          error: error instanceof Error ? error.message : String(error),
        }))
    );
    return () => controller.abort();
  }, [ask, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  if (!ask) {
    return { isLoading: false, retry };
  }
  const isLoading = settled?.ask !== ask || settled.attempt !== attempt;
  return { value: settled?.value, error: isLoading ? undefined : settled.error, isLoading, retry };
}
