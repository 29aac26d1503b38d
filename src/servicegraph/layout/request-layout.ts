/** Runs a layout where it does not block the page; a newer request kills the older. */
import { type ServiceGraph } from '../model';
import { type GraphLayout, graphLayoutOf, type GraphLayoutOptions, layoutGraph, layoutJob } from './layout-graph';
import { type LayoutResult } from './types';

/** Below this a worker takes longer to start than the layout to run. */
export const WORKER_SERVICES = 250;
/** A worker that was given a wrong script says nothing at all; the layout itself takes about 1 s at 10,000 services. */
const PATIENCE_MS = 8000;

export interface LayoutRequester {
  /** Resolves with the layout; never settles when a newer request or `stop` overtakes it. */
  request(graph: ServiceGraph, options: GraphLayoutOptions): Promise<GraphLayout>;
  stop(): void;
}

/** @param createWorker may throw, where a page's policy refuses workers: the layout then runs here */
export function layoutRequester(createWorker: () => Worker): LayoutRequester {
  let worker: Worker | undefined;
  let latest = 0;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  const inWorker = (graph: ServiceGraph, options: GraphLayoutOptions) =>
    new Promise<GraphLayout>((resolve, reject) => {
      const job = layoutJob(graph, options);
      const started = createWorker();
      worker = started;
      const timer = setTimeout(() => reject(new Error('The layout worker did not answer.')), PATIENCE_MS);
      started.onmessage = ({ data }: MessageEvent<LayoutResult>) => {
        clearTimeout(timer);
        stop();
        resolve(graphLayoutOf(job, data));
      };
      started.onerror = (event) => {
        clearTimeout(timer);
        reject(new Error(event.message || 'The layout worker did not start.'));
      };
      started.postMessage({ input: job.input, options: job.options });
    });
  return {
    stop() {
      latest++;
      stop();
    },
    async request(graph, options) {
      const own = ++latest;
      stop();
      if (graph.services.length < WORKER_SERVICES) {
        return layoutGraph(graph, options);
      }
      try {
        return await inWorker(graph, options);
      } catch {
        if (own !== latest) {
          return new Promise(() => undefined);
        }
        stop();
        return layoutGraph(graph, options);
      }
    },
  };
}
