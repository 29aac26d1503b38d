interface Timer {
  atMs: number;
  /** Keeps timers of the same moment in the order they were set. */
  order: number;
  wake(): void;
  cancelled: boolean;
}

/** A clock that jumps from one timer to the next as fast as the work in between allows. */
export class VirtualClock {
  private readonly heap: Timer[] = [];
  private order = 0;

  constructor(private nowMs: number) {}

  /** ms since the Unix epoch */
  now(): number {
    return this.nowMs;
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((wake) => this.schedule(durationMs, wake));
  }

  /** The function returned cancels. */
  schedule(delayMs: number, wake: () => void): () => void {
    const timer = { atMs: this.nowMs + Math.max(0, delayMs), order: this.order++, wake, cancelled: false };
    push(this.heap, timer);
    return () => (timer.cancelled = true);
  }

  /** Runs everything due up to `untilMs`, then stands there. */
  async runUntil(untilMs: number): Promise<void> {
    // Lets work that waits for nothing but promises get to its first timer.
    await settle();
    while (this.heap.length > 0 && this.heap[0].atMs <= untilMs) {
      const timer = pop(this.heap);
      if (!timer.cancelled) {
        this.nowMs = timer.atMs;
        timer.wake();
        await settle();
      }
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }
}

/** Resolves when all promise callbacks that are due have run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function before(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(heap[index], heap[parent])) {
      break;
    }
    [heap[index], heap[parent]] = [heap[parent], heap[index]];
    index = parent;
  }
}

function pop(heap: Timer[]): Timer {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length > 0 && last) {
    heap[0] = last;
    sink(heap);
  }
  return top;
}

function sink(heap: Timer[]): void {
  for (let index = 0; ;) {
    const left = 2 * index + 1;
    const right = left + 1;
    let smallest = left < heap.length && before(heap[left], heap[index]) ? left : index;
    if (right < heap.length && before(heap[right], heap[smallest])) {
      smallest = right;
    }
    if (smallest === index) {
      return;
    }
    [heap[index], heap[smallest]] = [heap[smallest], heap[index]];
    index = smallest;
  }
}
