import {
  decodeTempoTraceJson,
  decodeTraceByIdResponseSteps,
  type DecodeSteps,
  decodeTraceSteps,
  type TraceByIdAnswer,
} from './otlp';

export type TraceBodyFormat = 'v2-protobuf' | 'v1-protobuf' | 'json';

/** Turns the body of a trace by id into spans. Rejects with OtlpDecodeError. */
export type TraceDecoder = (format: TraceBodyFormat, body: ArrayBuffer) => Promise<TraceByIdAnswer>;

/** ms of work at a time; the page draws and answers in between. */
const SLICE_MS = 20;
/** The clock is read once for so many spans. */
const SPANS_PER_LOOK = 64;

interface Scheduler {
  /** ms, of any origin */
  now(): number;
  /** Lets everything else that is waiting run. */
  pause(): Promise<void>;
}

const PAGE: Scheduler = {
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
};

/**
 * Decodes in slices on the thread that needs the result. Not in a worker on purpose: reading a large trace out of a worker's
 * message (structured clone of millions of small objects) blocks the page several times longer than decoding it.
 */
export function slicedTraceDecoder({ now, pause }: Scheduler = PAGE): TraceDecoder {
  return async (format, body) => {
    const steps = decodeSteps(format, body);
    let sliceEnd = now() + SLICE_MS;
    for (let span = 1; ; span++) {
      const step = steps.next();
      if (step.done) {
        return step.value;
      }
      if (span % SPANS_PER_LOOK === 0 && now() >= sliceEnd) {
        await pause();
        sliceEnd = now() + SLICE_MS;
      }
    }
  };
}

function* decodeSteps(format: TraceBodyFormat, body: ArrayBuffer): DecodeSteps<TraceByIdAnswer> {
  switch (format) {
    case 'v2-protobuf':
      return yield* decodeTraceByIdResponseSteps(new Uint8Array(body));
    case 'v1-protobuf':
      return { spans: yield* decodeTraceSteps(new Uint8Array(body)), partial: false, message: '' };
    case 'json':
      return decodeTempoTraceJson(new TextDecoder().decode(body));
  }
}
