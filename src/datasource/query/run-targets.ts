import { type DataFrame, type DataQueryError, type DataQueryResponse, LoadingState } from '@grafana/data';
import { Observable } from 'rxjs';
import { toQueryError } from './query-error';

/** Answers one query; rejects with an error whose message is for people. */
export type RunTarget<Q> = (query: Q, signal: AbortSignal) => Promise<DataFrame[]>;

type Outcome = { frames: DataFrame[] } | { error: DataQueryError };

/**
 * Runs all queries at once and answers each time one of them is done, in the order of the queries. One that fails
 * leaves the others alone. Unsubscribing aborts what still runs.
 */
export function runTargets<Q extends { refId: string }>(
  queries: Q[],
  run: RunTarget<Q>
): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const outcomes: Array<Outcome | undefined> = queries.map(() => undefined);
    if (queries.length === 0) {
      subscriber.next({ data: [], state: LoadingState.Done });
      subscriber.complete();
      return undefined;
    }
    const settle = (index: number, outcome: Outcome) => {
      if (controller.signal.aborted) {
        return;
      }
      outcomes[index] = outcome;
      subscriber.next(combine(outcomes));
      if (outcomes.every((one) => one !== undefined)) {
        subscriber.complete();
      }
    };
    queries.forEach((query, index) => {
      run(query, controller.signal).then(
        (frames) => settle(index, { frames }),
        (error: unknown) => settle(index, { error: toQueryError(error, query.refId) })
      );
    });
    return () => controller.abort();
  });
}

function combine(outcomes: Array<Outcome | undefined>): DataQueryResponse {
  const data = outcomes.flatMap((outcome) => (outcome && 'frames' in outcome ? outcome.frames : []));
  const errors = outcomes.flatMap((outcome) => (outcome && 'error' in outcome ? [outcome.error] : []));
  if (outcomes.some((outcome) => outcome === undefined)) {
    return { data, state: LoadingState.Loading };
  }
  return errors.length > 0 ? { data, errors, state: LoadingState.Error } : { data, state: LoadingState.Done };
}
