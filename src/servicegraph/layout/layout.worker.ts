import { layoutIndexed } from './layout-indexed';
import { type LayoutJob } from './layout-graph';

self.onmessage = ({ data: { input, options } }: MessageEvent<Pick<LayoutJob, 'input' | 'options'>>) => {
  self.postMessage(layoutIndexed(input, options));
};
