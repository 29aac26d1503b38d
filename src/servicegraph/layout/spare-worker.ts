/** A layout worker that is started while the data is still under way. */
import { createLayoutWorker } from './create-worker';
import { layoutJob } from './layout-graph';
import { type LayoutMessage } from './layout-task';
import { warmUpGraph } from './warm-up';

/** ms after which a worker that nobody came for is ended */
const UNUSED_MS = 60_000;
const WARM_UP_SERVICES = 200;

let spare: { worker: Worker; timer: ReturnType<typeof setTimeout> } | undefined;

/** Starts a worker and has it run its code once, which is what takes longest in a first layout. Never throws. */
export function prepareLayoutWorker() {
  if (spare) {
    return;
  }
  try {
    const worker = createLayoutWorker();
    const { task } = layoutJob(warmUpGraph(WARM_UP_SERVICES), { width: 16, height: 9 });
    worker.postMessage({ warmUp: task } satisfies LayoutMessage);
    const timer = setTimeout(() => {
      worker.terminate();
      spare = undefined;
    }, UNUSED_MS);
    spare = { worker, timer };
  } catch {
    // Where workers are refused the layout runs on the page.
  }
}

/** The prepared worker, or a new one. @throws where workers are refused */
export function takeLayoutWorker(): Worker {
  if (!spare) {
    return createLayoutWorker();
  }
  const { worker, timer } = spare;
  clearTimeout(timer);
  spare = undefined;
  return worker;
}
