import { TempoError } from './error';
import { type HttpAnswer, type HttpGet } from './types';

/** Gives up on an answer that is not there in whole after so many ms: one that never starts, or that comes too slowly. */
export function withTimeout(get: HttpGet, timeoutMs: number): HttpGet {
  return (request) => {
    const controller = new AbortController();
    const abort = () => controller.abort();
    return new Promise<HttpAnswer>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(timeoutError(timeoutMs));
        controller.abort();
      }, timeoutMs);
      const settled = () => {
        clearTimeout(timer);
        request.signal?.removeEventListener('abort', abort);
      };
      if (request.signal?.aborted) {
        abort();
      }
      request.signal?.addEventListener('abort', abort);
      get({ ...request, signal: controller.signal })
        .then(resolve, reject)
        .finally(settled);
    });
  };
}

function timeoutError(timeoutMs: number): TempoError {
  return new TempoError(
    'unavailable',
    `No complete answer from Tempo within ${timeoutMs / 1000} s. Narrow the time range or the query; ` +
      'how long to wait is the setting "Timeout" of the data source.',
    { timedOut: true }
  );
}
