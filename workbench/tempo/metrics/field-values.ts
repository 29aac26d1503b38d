import { textOf } from '../../../src/traceql/checks/field';
import { type Field, readField } from '../engine';
import { numberOf } from '../engine/values';

import { log2Bucket } from './log2-buckets';
import { type MatchedSpan } from './matched-spans';

const NANOS_PER_SECOND = 1e9;

/** A field as series labels name it: as it is written, e.g. `resource.service.name`. */
export function fieldName(field: Field): string {
  return field.type === 'intrinsic' ? field.text : textOf(field);
}

export function isSpanDuration(field: Field): boolean {
  return field.type === 'intrinsic' && field.name === 'span:duration';
}

/** Reads a field as a number, the span's duration in s; NaN when there is none. Other durations stay in ns, as in Tempo. */
export function numberReader(field: Field | undefined): (span: MatchedSpan) => number {
  if (!field) {
    return () => NaN;
  }
  if (isSpanDuration(field)) {
    return (span) => span.row.durationNanos / NANOS_PER_SECOND;
  }
  return (span) => {
    const value = readField(span, field);
    return (value && numberOf(value)) ?? NaN;
  };
}

/** Reads the power-of-two bucket of a field: s for durations. Values below 2 and floats have none, as in Tempo. */
export function bucketReader(field: Field | undefined): (span: MatchedSpan) => number | undefined {
  if (!field) {
    return () => undefined;
  }
  if (isSpanDuration(field)) {
    return (span) => durationBucket(span.row.durationNanos);
  }
  return (span) => {
    const value = readField(span, field);
    if (value?.type === 'duration') {
      return durationBucket(value.value);
    }
    const number = value?.type === 'int' ? Number(value.value) : 0;
    return number < 2 ? undefined : log2Bucket(number);
  };
}

function durationBucket(nanos: number): number | undefined {
  return nanos < 2 ? undefined : log2Bucket(nanos) / NANOS_PER_SECOND;
}
