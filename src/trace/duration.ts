import { type Span } from './model';

const ZERO = BigInt(0);

/** ns; 0 for a span whose clock made it end before it starts. */
export function durationNanos(span: Span): bigint {
  const duration = span.endTimeUnixNano - span.startTimeUnixNano;
  return duration > ZERO ? duration : ZERO;
}
