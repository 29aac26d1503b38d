/** Runs in Chromium, bundled by bench/decode.ts: one measurement a page, so that each begins with an empty heap. */
import { type DataFrame } from '@grafana/data';
import { encodeResourceSpansJson, encodeTraceByIdResponseProtobuf } from '../src/tempo/otlp';
import { decodeSteps } from '../src/tempo/trace-decode';
import { type Trace } from '../src/trace/model';
import { runInSlices } from '../src/trace/steps';
import { traceToFrameSteps } from '../src/trace/to-frame';
import { traceTreeSteps } from '../src/trace/tree';
import { largeTrace } from './decode-trace';
import { columnsToFrameValues, type TraceColumns } from './decode-columns';

export interface Measured {
  spans: number;
  /** Size of the answer, MB */
  megabytes: number;
  /** From the bytes to the frame, ms */
  frameMs: number;
  /** From the bytes to the tree of the timeline, ms; absent for ways that end with a frame */
  treeMs?: number;
  /** ms that nothing else could run on the main thread */
  longestBlockMs: number;
  /** The same until the frame was there, where more follows */
  frameBlockMs?: number;
  /** MB above what was used before */
  peakHeapMb: number;
}

const MB = 1024 * 1024;

declare global {
  interface Performance {
    memory: { usedJSHeapSize: number };
  }
  interface Window {
    gc?: () => void;
    decodeBench: typeof bench;
  }
}

/** Watches how long the thread is busy at a time, and its heap. */
class Watch {
  longestBlockMs = 0;
  private readonly heapBefore: number;
  private heapPeak = 0;
  private busySince = performance.now();

  constructor() {
    window.gc?.();
    this.heapBefore = performance.memory.usedJSHeapSize;
  }

  readonly scheduler = {
    now: () => performance.now(),
    pause: async () => {
      this.stop();
      await nextTask();
      this.start();
    },
  };

  start() {
    this.busySince = performance.now();
  }

  stop() {
    this.longestBlockMs = Math.max(this.longestBlockMs, performance.now() - this.busySince);
    this.heapPeak = Math.max(this.heapPeak, performance.memory.usedJSHeapSize);
  }

  get peakHeapMb() {
    return (this.heapPeak - this.heapBefore) / MB;
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
}

function answerOf(format: 'v2-protobuf' | 'json', spanCount: number): ArrayBuffer {
  const { spans } = largeTrace(spanCount);
  const bytes =
    format === 'json'
      ? new TextEncoder().encode(JSON.stringify({ trace: { resourceSpans: encodeResourceSpansJson(spans) } }))
      : encodeTraceByIdResponseProtobuf({ spans, partial: false, message: '' });
  return new Uint8Array(bytes).buffer;
}

/** What the data source does. */
async function inSlices(format: 'v2-protobuf' | 'json', body: ArrayBuffer): Promise<Partial<Measured>> {
  const watch = new Watch();
  const start = performance.now();
  watch.start();
  const { spans } = await runInSlices(decodeSteps(format, body), undefined, watch.scheduler);
  const trace: Trace = { traceId: spans[0].traceId, spans };
  const frame: DataFrame = await runInSlices(traceToFrameSteps(trace), undefined, watch.scheduler);
  const frameMs = performance.now() - start;
  const frameBlockMs = watch.longestBlockMs;
  const tree = await runInSlices(traceTreeSteps(trace), undefined, watch.scheduler);
  const treeMs = performance.now() - start;
  watch.stop();
  if (frame.length !== tree.nodes.length) {
    throw new Error('The frame and the tree are not of the same trace');
  }
  return { frameMs, treeMs, longestBlockMs: watch.longestBlockMs, frameBlockMs, peakHeapMb: watch.peakHeapMb };
}

/** Decoded in a worker that sends spans (cloned), or columns (transferred) that become a frame here. */
async function inWorker(script: string, way: 'clone' | 'columns', body: ArrayBuffer): Promise<Partial<Measured>> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  await new Promise<void>((resolve) => (worker.onmessage = () => resolve()));
  const watch = new Watch();
  const start = performance.now();
  const received = new Promise<unknown>((resolve) => {
    worker.onmessage = (event: MessageEvent<{ spans: Trace['spans'] } | TraceColumns>) => {
      watch.start();
      // Reading the message is what clones it.
      const { data } = event;
      if ('spans' in data) {
        const frame = runWhole(traceToFrameSteps({ traceId: data.spans[0].traceId, spans: data.spans }));
        resolve(frame);
      } else {
        resolve(columnsToFrameValues(data));
      }
      watch.stop();
    };
  });
  worker.postMessage({ way, body }, [body]);
  await received;
  const frameMs = performance.now() - start;
  worker.terminate();
  return { frameMs, longestBlockMs: watch.longestBlockMs, peakHeapMb: watch.peakHeapMb };
}

function runWhole<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

export type Way = 'protobuf' | 'JSON' | 'worker, spans cloned' | 'worker, columns transferred';

async function bench(way: Way, spanCount: number, workerScript: string): Promise<Measured> {
  const format = way === 'JSON' ? 'json' : 'v2-protobuf';
  const body = answerOf(format, spanCount);
  const megabytes = body.byteLength / MB;
  // The first run compiles; a page that shows traces has done so with the first one.
  await inSlices(format, answerOf(format, 2000));
  await nextTask();
  const figures =
    way === 'protobuf' || way === 'JSON'
      ? await inSlices(format, body)
      : await inWorker(workerScript, way === 'worker, spans cloned' ? 'clone' : 'columns', body);
  return { spans: spanCount, megabytes, frameMs: 0, longestBlockMs: 0, peakHeapMb: 0, ...figures };
}

window.decodeBench = bench;
