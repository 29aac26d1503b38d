export { OtlpDecodeError } from './error';
export { bytesOfHex, hexOf } from './ids';
export { anyValueJson, encodeOtlpJson, encodeResourceSpansJson, otlpJsonTextSteps } from './json-encode';
export {
  decodeAnyValueJson,
  decodeExportRequestJson,
  decodeTempoTraceJson,
  decodeTempoTraceJsonSteps,
  parseJson,
  resourceSpansSteps,
} from './json-decode';
export {
  decodeExportRequestProtobuf,
  decodeTraceByIdResponseProtobuf,
  decodeTraceByIdResponseSteps,
  decodeTraceProtobuf,
  type DecodeSteps,
  decodeTraceSteps,
  type TraceByIdAnswer,
} from './protobuf-decode';
export { encodeTraceByIdResponseProtobuf, encodeTraceProtobuf } from './protobuf-encode';
