import { TempoError } from '../error';

/** Time and chance, passed in so that tests have their own. */
export interface RetryPlatform {
  /** Resolves after so many ms, rejects as soon as the signal is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, as Math.random */
  random: () => number;
}

/** How often a request is sent before its failure counts. */
const ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 8000;
/** A server that asks for more patience than this gets an error at once, so that nobody waits without knowing. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Runs until it succeeds, at most ATTEMPTS times, as long as the failure can pass by itself; waits longer each time.
 * @throws TempoError the last failure
 */
export async function withRetry<T>(
  run: () => Promise<T>,
  { wait, random }: RetryPlatform,
  signal: AbortSignal,
  onRetry: (error: TempoError) => void = () => undefined
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await run();
    } catch (error) {
      if (signal.aborted || failures >= ATTEMPTS || !isTransient(error)) {
        throw error;
      }
      onRetry(error);
      await wait(backoffMs(failures, random(), error.retryAfterMs), signal);
    }
  }
}

/**
 * ms to wait after the n-th failure in a row: doubles each time, half of it left to chance so that clients which failed
 * together do not come back together; never less than what the server asked for (Retry-After).
 */
export function backoffMs(failures: number, random: number, retryAfterMs = 0): number {
  const full = Math.min(FIRST_BACKOFF_MS * Math.pow(2, failures - 1), MAX_BACKOFF_MS);
  const jittered = full / 2 + (full / 2) * random;
  return Math.max(jittered, retryAfterMs > 0 ? retryAfterMs + (full / 2) * random : 0);
}

/** Worth asking again without any change? Not after a time-out: the same question takes as long again. */
export function isTransient(error: unknown): error is TempoError {
  if (!(error instanceof TempoError) || (error.retryAfterMs ?? 0) > MAX_RETRY_AFTER_MS) {
    return false;
  }
  const { kind, status, timedOut } = error;
  if (status === undefined) {
    return kind === 'unavailable' && !timedOut;
  }
  return status === 429 || (status >= 500 && status !== 501 && !isServerTimeout(error));
}

/** Would less have been answered? */
export function isTooMuch(error: unknown): boolean {
  return error instanceof TempoError && (error.kind === 'tooLarge' || isServerTimeout(error));
}

function isServerTimeout({ status }: TempoError): boolean {
  return status === 408 || status === 504;
}
