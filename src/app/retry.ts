import { type DataQueryError } from '@grafana/data';
import { type SceneQueryRunner } from '@grafana/scenes';

/** A data source that was away is asked again after this time, so that a page recovers without a click. */
export const RETRY_MS = 5_000;

/** Is it worth asking again? Not after an answer that says that the question is at fault. No connection has no status. */
export function isTransient({ status, message }: DataQueryError): boolean {
  if (status === undefined) {
    return !/\bnot found\b|parse error|syntax error/i.test(message ?? '');
  }
  return status === 0 || status === 429 || status >= 500;
}

/** Behaviour of a query runner: asks again while its data source does not answer. */
export function retryFailedQueries(runner: SceneQueryRunner) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = runner.subscribeToState(({ data }, previous) => {
    if (data === previous.data) {
      return;
    }
    clearTimeout(timer);
    const errors = data?.errors ?? (data?.error ? [data.error] : []);
    if (errors.some(isTransient)) {
      timer = setTimeout(() => runner.runQueries(), RETRY_MS);
    }
  });
  return () => {
    clearTimeout(timer);
    subscription.unsubscribe();
  };
}
