import { type PromqlRow, type RunPromQLAt } from '../../../../servicegraph/run-promql';
import { throwIfAborted } from '../../../../servicegraph/settle';

export interface SharedRunner {
  runAt: RunPromQLAt;
  /** Cancels what is under way; nothing is answered any more. */
  end(): void;
}

/**
 * Sends every expression of a window once, however often and by however many it is asked for: who gives up leaves the
 * answer to the others. What failed is asked again.
 */
export function sharedRunner(runAt: RunPromQLAt): SharedRunner {
  const controller = new AbortController();
  const answers = new Map<string, Promise<PromqlRow[]>>();
  return {
    runAt: (range) => async (queries, signal) => {
      throwIfAborted(signal);
      const rows = queries.map(async (query): Promise<[string, PromqlRow[]]> => {
        const key = JSON.stringify([range.from, range.to, query.expr]);
        let answer = answers.get(key);
        if (!answer) {
          answer = runAt(range)([query], controller.signal).then((all) => all[query.refId] ?? []);
          answers.set(key, answer);
          answer.catch(() => answers.delete(key));
        }
        return [query.refId, await answer];
      });
      return Object.fromEntries(await Promise.all(rows));
    },
    end: () => controller.abort(),
  };
}
