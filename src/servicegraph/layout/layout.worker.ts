import { type LayoutMessage, type LayoutTask, runLayoutTask } from './layout-task';

/** A browser runs code fast only after it has seen it run for a while. */
const WARM_UP_ROUNDS = 6;

let warmUp: ReturnType<typeof setTimeout> | undefined;

/** Round by round, so that a task that comes meanwhile waits for one of them at most. */
function warmUpWith(task: LayoutTask, rounds: number) {
  runLayoutTask(task);
  warmUp = rounds > 1 ? setTimeout(() => warmUpWith(task, rounds - 1)) : undefined;
}

self.onmessage = ({ data }: MessageEvent<LayoutMessage>) => {
  if ('warmUp' in data) {
    warmUpWith(data.warmUp, WARM_UP_ROUNDS);
    return;
  }
  clearTimeout(warmUp);
  const answer = runLayoutTask(data);
  const { x, y, routes } = answer.result;
  self.postMessage(answer, { transfer: [x.buffer, y.buffer, routes.points.buffer, routes.offsets.buffer] });
};
