import {
  decodeTempoTraceJson,
  decodeTraceByIdResponseProtobuf,
  decodeTraceProtobuf,
  type TraceByIdAnswer,
} from './otlp';

export type TraceBodyFormat = 'v2-protobuf' | 'v1-protobuf' | 'json';

/** Turns the body of a trace by id into spans, here or in a worker. Rejects with OtlpDecodeError. */
export type TraceDecoder = (format: TraceBodyFormat, body: ArrayBuffer) => Promise<TraceByIdAnswer>;

/**
 * The whole work of decoding in one pure function, so that a worker can do it.
 * @throws OtlpDecodeError
 */
export function decodeTraceBody(format: TraceBodyFormat, body: ArrayBuffer): TraceByIdAnswer {
  switch (format) {
    case 'v2-protobuf':
      return decodeTraceByIdResponseProtobuf(new Uint8Array(body));
    case 'v1-protobuf':
      return { spans: decodeTraceProtobuf(new Uint8Array(body)), partial: false, message: '' };
    case 'json':
      return decodeTempoTraceJson(new TextDecoder().decode(body));
  }
}

export const decodeTraceHere: TraceDecoder = async (format, body) => decodeTraceBody(format, body);
