export { OtlpDecodeError } from './error';
export { bytesOfHex, hexOf } from './ids';
export { anyValueJson, encodeOtlpJson, encodeResourceSpansJson, otlpJsonTextSteps } from './json-encode';
export { decodeAnyValueJson } from './json-attributes';
export {
  decodeExportRequestJson,
  decodeTempoTraceJson,
  decodeTempoTraceJsonSteps,
  resourceSpansSteps,
} from './json-decode';
export { parseJson } from './json-fields';
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
