import { TempoError } from '../error';
import { isTooMuch, type RetryPlatform, withRetry } from './retry';
import { type TimeSlice, type TimeSlicer } from './time-slicer';

/** Time and chance, passed in so that tests have their own. */
export interface SlicePlatform extends RetryPlatform {
  /** ms; only differences count */
  now: () => number;
}

export interface RunSlicesOptions<A> {
  slicer: TimeSlicer;
  /** Sends the request for one slice. */
  ask: (slice: TimeSlice, signal: AbortSignal) => Promise<A>;
  /** Called for each slice that was answered, in the order of the answers. */
  onAnswer: (answer: A, slice: TimeSlice) => void;
  /** Called for each request that is sent again, or sent in parts. */
  onSetback?: (error: TempoError) => void;
  /** Tempo refused the range: it allows so many seconds. */
  onRangeLimit?: (maxSeconds: number) => void;
  /** What the slicer may hand out at once when Tempo allows `maxSeconds` for one request; the same unless requests are wider than slices */
  widthFor?: (maxSeconds: number) => number;
  /** Most requests at the same time */
  parallel: number;
  platform: SlicePlatform;
  /** Aborting it rejects with a TempoError "cancelled" and aborts the requests. */
  signal: AbortSignal;
  /** Aborting it resolves with what there is, and aborts the requests. */
  stop?: AbortSignal;
}

/** Answers "too many requests" halve the requests at the same time. */
const TOO_MANY_REQUESTS = 429;

/**
 * Asks for all slices of a range. One that Tempo finds too large, or does not answer in time, is asked for again in parts;
 * one that fails otherwise ends it all.
 * @returns whether it was stopped before the end
 * @throws TempoError the first failure
 */
export function runSlices<A>(options: RunSlicesOptions<A>): Promise<{ stopped: boolean }> {
  const { slicer, signal, stop } = options;
  const running = new Map<TimeSlice, AbortController>();
  let { parallel } = options;
  let ended = false;

  return new Promise((resolve, reject) => {
    const abort = () => end(() => reject(new TempoError('cancelled', 'The request was cancelled.')));
    const stopNow = () => end(() => resolve({ stopped: true }));
    const end = (settle: () => void) => {
      if (ended) {
        return;
      }
      ended = true;
      signal.removeEventListener('abort', abort);
      stop?.removeEventListener('abort', stopNow);
      running.forEach((controller) => controller.abort());
      settle();
    };

    const launch = () => {
      while (!ended && running.size < parallel) {
        const slice = slicer.next();
        if (!slice) {
          break;
        }
        const controller = new AbortController();
        running.set(slice, controller);
        askOnce(slice, controller.signal).then(
          ({ answer, elapsedMs }) => settled(slice, () => answered(slice, answer, elapsedMs)),
          (error: unknown) => settled(slice, () => failed(slice, error))
        );
      }
      if (running.size === 0) {
        end(() => resolve({ stopped: false }));
      }
    };

    const askOnce = async (slice: TimeSlice, sliceSignal: AbortSignal) => {
      const { ask, platform } = options;
      let started = platform.now();
      const answer = await withRetry(
        () => {
          started = platform.now();
          return ask(slice, sliceSignal);
        },
        platform,
        sliceSignal,
        (error) => {
          if (error.status === TOO_MANY_REQUESTS) {
            parallel = Math.max(1, Math.floor(parallel / 2));
          }
          options.onSetback?.(error);
        }
      );
      return { answer, elapsedMs: platform.now() - started };
    };

    const settled = (slice: TimeSlice, then: () => void) => {
      running.delete(slice);
      if (ended) {
        return;
      }
      try {
        then();
      } catch (error) {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
      launch();
    };

    const answered = (slice: TimeSlice, answer: A, elapsedMs: number) => {
      slicer.done(slice, elapsedMs);
      options.onAnswer(answer, slice);
      // The answer may have made older slices needless.
      for (const [other, controller] of running) {
        if (!slicer.isNeeded(other)) {
          running.delete(other);
          controller.abort();
        }
      }
    };

    const failed = (slice: TimeSlice, error: unknown) => {
      const maxSeconds = error instanceof TempoError ? error.maxRangeSeconds : undefined;
      if (maxSeconds !== undefined) {
        options.onRangeLimit?.(maxSeconds);
      }
      const comesAgain =
        !slicer.isNeeded(slice) ||
        (maxSeconds !== undefined && slicer.limitWidth(slice, options.widthFor?.(maxSeconds) ?? maxSeconds)) ||
        (isTooMuch(error) && slicer.halve(slice));
      if (!comesAgain) {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      } else if (error instanceof TempoError) {
        options.onSetback?.(error);
      }
    };

    if (signal.aborted) {
      abort();
    } else if (stop?.aborted) {
      stopNow();
    } else {
      signal.addEventListener('abort', abort);
      stop?.addEventListener('abort', stopNow);
      launch();
    }
  });
}
