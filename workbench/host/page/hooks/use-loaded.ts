import { useEffect, useState } from 'react';

export interface Loaded<T> {
  value?: T;
  error?: Error;
  isLoading: boolean;
}

/** Loads on mount and whenever `key` changes; an answer that comes too late is dropped. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loaded<T> & { key: string }>({ key, isLoading: true });
  useEffect(() => {
    let isCurrent = true;
    const set = (result: Omit<Loaded<T>, 'isLoading'>) => {
      if (isCurrent) {
        setState({ key, isLoading: false, ...result });
      }
    };
    load().then(
      (value) => set({ value }),
      (reason: unknown) => set({ error: reason instanceof Error ? reason : new Error(messageOf(reason)) })
    );
    return () => {
      isCurrent = false;
    };
    // `load` is made anew on every render; `key` says when it means something else
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return state.key === key ? state : { isLoading: true };
}

/** What to show of anything that was thrown, FetchError included. */
export function messageOf(reason: unknown): string {
  const at = (value: unknown, property: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, property) : undefined;
  const message = at(at(reason, 'data'), 'message') ?? at(reason, 'message') ?? at(reason, 'statusText');
  return typeof message === 'string' && message ? message : String(reason);
}
