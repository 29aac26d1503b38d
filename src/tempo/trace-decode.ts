import { runInSlices, type Scheduler } from '../trace/steps';
import {
  decodeTempoTraceJsonSteps,
  decodeTraceByIdResponseSteps,
  type DecodeSteps,
  decodeTraceSteps,
  type TraceByIdAnswer,
} from './otlp';

export type TraceBodyFormat = 'v2-protobuf' | 'v1-protobuf' | 'json';

/** Turns the body of a trace by id into spans. Rejects with OtlpDecodeError, or AbortError when the signal says so. */
export type TraceDecoder = (
  format: TraceBodyFormat,
  body: ArrayBuffer,
  signal?: AbortSignal
) => Promise<TraceByIdAnswer>;

/**
 * Decodes in slices on the thread that needs the result. Not in a worker on purpose: reading a large trace out of a worker's
 * message takes longer than decoding it (docs/adr/0006).
 */
export function slicedTraceDecoder(scheduler?: Scheduler): TraceDecoder {
  return (format, body, signal) => runInSlices(decodeSteps(format, body), signal, scheduler);
}

export function* decodeSteps(format: TraceBodyFormat, body: ArrayBuffer): DecodeSteps<TraceByIdAnswer> {
  switch (format) {
    case 'v2-protobuf':
      return yield* decodeTraceByIdResponseSteps(new Uint8Array(body));
    case 'v1-protobuf':
      return { spans: yield* decodeTraceSteps(new Uint8Array(body)), partial: false, message: '' };
    case 'json':
      return yield* decodeTempoTraceJsonSteps(new TextDecoder().decode(body));
  }
}
