/** Tags of protobuf fields (field number << 3 | wire type), for the wire types that opentelemetry-proto uses. */
export const varint = (field: number) => field << 3;
export const fixed64 = (field: number) => (field << 3) | 1;
export const delimited = (field: number) => (field << 3) | 2;
export const fixed32 = (field: number) => (field << 3) | 5;
