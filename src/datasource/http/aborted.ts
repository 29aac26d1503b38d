import { Observable } from 'rxjs';

/** Emits once when the signal is aborted, at once if it was already. */
export function aborted(signal: AbortSignal): Observable<void> {
  return new Observable((subscriber) => {
    const abort = () => {
      subscriber.next();
      subscriber.complete();
    };
    if (signal.aborted) {
      abort();
      return undefined;
    }
    signal.addEventListener('abort', abort);
    return () => signal.removeEventListener('abort', abort);
  });
}
