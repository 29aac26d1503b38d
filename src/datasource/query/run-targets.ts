import { type DataFrame, type DataQueryError, type DataQueryResponse, LoadingState } from '@grafana/data';
import { Observable } from 'rxjs';
import { toQueryError } from './query-error';

/**
 * Answers one query; rejects with an error whose message is for people. What it emits before is shown until it answers,
 * and stays when it fails.
 */
export type RunTarget<Q> = (query: Q, signal: AbortSignal, emit: (frames: DataFrame[]) => void) => Promise<DataFrame[]>;

interface Outcome {
  frames: DataFrame[];
  error?: DataQueryError;
  isSettled: boolean;
}

/**
 * Runs all queries at once and answers each time one of them has something to show or is done, in the order of the queries.
 * One that fails leaves the others alone. Unsubscribing aborts what still runs.
 */
export function runTargets<Q extends { refId: string }>(
  queries: Q[],
  run: RunTarget<Q>
): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const outcomes = queries.map((): Outcome => ({ frames: [], isSettled: false }));
    if (queries.length === 0) {
      subscriber.next({ data: [], state: LoadingState.Done });
      subscriber.complete();
      return undefined;
    }
    const update = (index: number, patch: Partial<Outcome>) => {
      if (controller.signal.aborted) {
        return;
      }
      outcomes[index] = { ...outcomes[index], ...patch };
      subscriber.next(combine(outcomes));
      if (outcomes.every(({ isSettled }) => isSettled)) {
        subscriber.complete();
      }
    };
    queries.forEach((query, index) => {
      run(query, controller.signal, (frames) => update(index, { frames })).then(
        (frames) => update(index, { frames, isSettled: true }),
        (error: unknown) => update(index, { error: toQueryError(error, query.refId), isSettled: true })
      );
    });
    return () => controller.abort();
  });
}

function combine(outcomes: Outcome[]): DataQueryResponse {
  const data = outcomes.flatMap(({ frames }) => frames);
  const errors = outcomes.flatMap(({ error }) => (error ? [error] : []));
  if (outcomes.some(({ isSettled }) => !isSettled)) {
    const isStreaming = outcomes.some(({ frames, isSettled }) => !isSettled && frames.length > 0);
    return { data, state: isStreaming ? LoadingState.Streaming : LoadingState.Loading };
  }
  return errors.length > 0 ? { data, errors, state: LoadingState.Error } : { data, state: LoadingState.Done };
}
