import { type LayoutMessage, runLayoutTask } from './layout-task';
import { warmUpTask } from './warm-up';

self.onmessage = ({ data }: MessageEvent<LayoutMessage>) => {
  if ('warmUp' in data) {
    runLayoutTask(warmUpTask());
  } else {
    self.postMessage(runLayoutTask(data));
  }
};
