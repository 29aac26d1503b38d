import { type LayoutMessage, runLayoutTask } from './layout-task';

self.onmessage = ({ data }: MessageEvent<LayoutMessage>) => {
  if ('warmUp' in data) {
    runLayoutTask(data.warmUp);
    return;
  }
  const answer = runLayoutTask(data);
  const { x, y, routes } = answer.result;
  self.postMessage(answer, { transfer: [x.buffer, y.buffer, routes.points.buffer, routes.offsets.buffer] });
};
