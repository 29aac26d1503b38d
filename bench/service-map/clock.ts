/** What is measured with, in the page. */

/** ms of a loop that only computes: how fast the machine is just now. */
export function calibrate(): number {
  const started = performance.now();
  let state = 1;
  const values = new Float64Array(200_000);
  for (let round = 0; round < 5; round++) {
    for (let index = 0; index < values.length; index++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[index] = Math.sqrt(state);
    }
    values.sort();
  }
  return performance.now() - started;
}

/** Resolves after what was drawn has been put on screen. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(undefined);
    });
  });
}

/** Looks after every task until `isTrue`, without taking part in the work. */
export async function until(isTrue: () => boolean, cap: number): Promise<boolean> {
  const end = performance.now() + cap;
  while (!isTrue()) {
    if (performance.now() > end) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return true;
}

export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/**
 * Without limit of the frame rate a frame comes as soon as the one before is on screen, unless nothing was drawn in
 * that: it then waits for the clock of the screen (17 ms). A pixel that changes keeps frames coming, so that only work
 * is measured. @returns ends it
 */
export function keepFramesComing(): () => void {
  const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  pixel.style.cssText = 'position: fixed; top: 0; left: 0';
  document.body.append(pixel);
  const context = pixel.getContext('2d');
  let isDark = false;
  let frame = 0;
  const change = () => {
    isDark = !isDark;
    if (context) {
      context.fillStyle = isDark ? 'black' : 'white';
      context.fillRect(0, 0, 1, 1);
    }
    frame = requestAnimationFrame(change);
  };
  change();
  return () => {
    cancelAnimationFrame(frame);
    pixel.remove();
  };
}

/** ms from frame to frame while `move` changes something in each. */
export async function frameTimes(count: number, move: (index: number) => void): Promise<number[]> {
  const times: number[] = [];
  const end = keepFramesComing();
  let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
  for (let index = 0; index < count; index++) {
    move(index);
    const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
    times.push(now - last);
    last = now;
  }
  end();
  return times;
}

/** Watches the main thread; stops and tells the longest task, 0 when none took 50 ms. */
export function watchTasks(): () => number {
  let longest = 0;
  const read = (entries: PerformanceEntryList) =>
    entries.forEach(({ duration }) => (longest = Math.max(longest, duration)));
  const observer = new PerformanceObserver((list) => read(list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  return () => {
    read(observer.takeRecords());
    observer.disconnect();
    return longest;
  };
}

/** MB that the page holds on to; needs --js-flags=--expose-gc and --enable-precise-memory-info. 0 elsewhere. */
export function heldMemory(): number {
  const own: { gc?: () => void } = globalThis;
  own.gc?.();
  const clock: { memory?: { usedJSHeapSize: number } } = performance;
  return (clock.memory?.usedJSHeapSize ?? 0) / 1e6;
}
