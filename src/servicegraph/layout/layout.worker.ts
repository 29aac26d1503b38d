import { type LayoutTask, runLayoutTask } from './layout-task';

self.onmessage = ({ data }: MessageEvent<LayoutTask>) => {
  self.postMessage(runLayoutTask(data));
};
