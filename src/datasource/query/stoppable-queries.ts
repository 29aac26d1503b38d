/** The queries that run and can be ended with what they have found so far, by the editor's stop button. */
const running = new Map<string, AbortController>();

const keyOf = (requestId: string, refId: string) => `${requestId}/${refId}`;

export interface StoppableQuery {
  stop: AbortSignal;
  /** Call when the query has ended. */
  ended: () => void;
}

export function stoppableQuery(requestId: string, refId: string): StoppableQuery {
  const key = keyOf(requestId, refId);
  const controller = new AbortController();
  running.set(key, controller);
  return {
    stop: controller.signal,
    ended: () => {
      // A newer run of the same query may have taken the place.
      if (running.get(key) === controller) {
        running.delete(key);
      }
    },
  };
}

/** Ends a query with what came so far; nothing happens when it does not run. */
export function stopQuery(requestId: string, refId: string): void {
  running.get(keyOf(requestId, refId))?.abort();
}
