/** Work that can be interrupted at every `yield`; the result is what the generator returns. */
export type Steps<T> = Generator<void, T>;

export interface Scheduler {
  /** ms, of any origin */
  now(): number;
  /** Lets everything else that is waiting run. */
  pause(): Promise<void>;
}

/** ms of work at a time; the page draws and answers in between. */
const SLICE_MS = 16;
/** The clock is read once for so many steps, which take microseconds each. */
const STEPS_PER_LOOK = 32;

/** All of it at once, for what is small. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/**
 * In slices of 16 ms, on the thread that needs the result (why not in a worker: docs/adr/0006).
 * @param stepsPerLook 1 for steps that take long
 * @throws AbortError when the signal says so, and whatever the work throws
 */
export async function runInSlices<T>(
  steps: Steps<T>,
  signal?: AbortSignal,
  { now, pause }: Scheduler = PAGE,
  stepsPerLook = STEPS_PER_LOOK
): Promise<T> {
  let sliceEnd = now() + SLICE_MS;
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (count % stepsPerLook === 0 && now() >= sliceEnd) {
      await pause();
      if (signal?.aborted) {
        throw new DOMException('The work was cancelled.', 'AbortError');
      }
      sliceEnd = now() + SLICE_MS;
    }
  }
}

/** A stable sort that can be interrupted: runs sorted one by one, then merged. `items` is sorted in place. */
export function* sortSteps<T>(items: T[], compare: (a: T, b: T) => number): Steps<T[]> {
  if (items.length <= RUN_LENGTH) {
    return items.sort(compare);
  }
  let from: T[] = [];
  for (let start = 0; start < items.length; start += RUN_LENGTH) {
    for (const item of items.slice(start, start + RUN_LENGTH).sort(compare)) {
      from.push(item);
    }
    yield;
  }
  let to: T[] = new Array(items.length);
  for (let width = RUN_LENGTH; width < items.length; width *= 2) {
    for (let start = 0; start < items.length; start += 2 * width) {
      const middle = Math.min(start + width, items.length);
      const end = Math.min(start + 2 * width, items.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const takeLeft = left < middle && (right >= end || compare(from[left], from[right]) <= 0);
        to[at] = takeLeft ? from[left++] : from[right++];
        if (at % RUN_LENGTH === 0) {
          yield;
        }
      }
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < items.length; i++) {
    items[i] = from[i];
  }
  return items;
}

const RUN_LENGTH = 1024;

/** Resolves when everything else that was waiting has run. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers make chains of time-outs wait 4 ms each; messages come at once, but after drawing and input.
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const PAGE: Scheduler = { now: () => performance.now(), pause: nextTask };
