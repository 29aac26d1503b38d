/** Runs a layout where it does not block the page; a newer request kills the older. */
import { runInSlices } from '../../trace/steps';
import { type ServiceGraph } from '../model';
import { type GraphLayout, graphLayoutOf, type GraphLayoutOptions, layoutGraph, layoutJob } from './layout-graph';
import { type LayoutAnswer, layoutTaskSteps } from './layout-task';

/** Below this a worker that is there already takes longer to answer than the layout to run. */
export const WORKER_SERVICES = 41;
/** A worker that was given a wrong script says nothing at all; the layout itself takes about 1 s at 10,000 services. */
const PATIENCE_MS = 8000;

export interface LayoutRequester {
  /** Resolves with the layout; never settles when a newer request or `stop` overtakes it. */
  request(graph: ServiceGraph, options: GraphLayoutOptions): Promise<GraphLayout>;
  /**
   * Begins what is about to be requested, so that a worker is at it already. Any number of times.
   * @param options the very object that the request will have
   */
  begin(graph: ServiceGraph, options: GraphLayoutOptions): void;
  stop(): void;
}

/** @param createWorker may throw, where a page's policy refuses workers: the layout then runs here */
export function layoutRequester(createWorker: () => Worker): LayoutRequester {
  /** Has nothing to do, and is kept: the next layout starts at once, with warm code. */
  let idle: Worker | undefined;
  let busy: Worker | undefined;
  let latest = 0;
  /** Of a layout that runs on the page */
  let slicing: AbortController | undefined;
  const killBusy = () => {
    busy?.terminate();
    busy = undefined;
    slicing?.abort();
    slicing = undefined;
  };
  const inWorker = (graph: ServiceGraph, options: GraphLayoutOptions) =>
    new Promise<GraphLayout>((resolve, reject) => {
      const worker = idle ?? createWorker();
      idle = undefined;
      busy = worker;
      const job = layoutJob(graph, options);
      const timer = setTimeout(() => reject(new Error('The layout worker did not answer.')), PATIENCE_MS);
      worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
        clearTimeout(timer);
        busy = undefined;
        idle = worker;
        resolve(graphLayoutOf(job, data));
      };
      worker.onerror = (event) => {
        clearTimeout(timer);
        reject(new Error(event.message || 'The layout worker did not start.'));
      };
      worker.postMessage(job.task);
    });
  /** In slices, so that the page goes on meanwhile */
  const onPage = async (graph: ServiceGraph, options: GraphLayoutOptions, own: number): Promise<GraphLayout> => {
    const { signal } = (slicing = new AbortController());
    const job = layoutJob(graph, options);
    try {
      return graphLayoutOf(job, await runInSlices(layoutTaskSteps(job.task), signal, undefined, 1));
    } catch (error) {
      if (own !== latest) {
        return new Promise(() => undefined);
      }
      throw error;
    }
  };
  let begun: { graph: ServiceGraph; options: GraphLayoutOptions; layout: Promise<GraphLayout> } | undefined;
  const isBegun = (graph: ServiceGraph, options: GraphLayoutOptions) =>
    begun?.graph === graph && begun.options === options;
  const start = async (graph: ServiceGraph, options: GraphLayoutOptions): Promise<GraphLayout> => {
    const own = ++latest;
    killBusy();
    if (graph.services.length < WORKER_SERVICES) {
      return layoutGraph(graph, options);
    }
    try {
      return await inWorker(graph, options);
    } catch {
      if (own !== latest) {
        return new Promise(() => undefined);
      }
      killBusy();
      return onPage(graph, options, own);
    }
  };
  return {
    stop() {
      latest++;
      begun = undefined;
      killBusy();
      idle?.terminate();
      idle = undefined;
    },
    begin(graph, options) {
      if (graph.services.length >= WORKER_SERVICES && !isBegun(graph, options)) {
        begun = { graph, options, layout: start(graph, options) };
      }
    },
    request(graph, options) {
      const layout = begun && isBegun(graph, options) ? begun.layout : start(graph, options);
      begun = undefined;
      return layout;
    },
  };
}
