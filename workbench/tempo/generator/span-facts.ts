import { type Span } from '../../../src/trace/model';

const NANOS_PER_SECOND = 1e9;

/** s between two times in ns; 0 when the second lies before the first. */
export function secondsBetween(fromUnixNano: bigint, toUnixNano: bigint): number {
  return toUnixNano > fromUnixNano ? Number(toUnixNano - fromUnixNano) / NANOS_PER_SECOND : 0;
}

/** s; 0 for a span that ends before it starts. */
export function spanSeconds(span: Span): number {
  return secondsBetween(span.startTimeUnixNano, span.endTimeUnixNano);
}

/** How many spans this one stands for: 1 / the sampling ratio in the attribute `key`, a double above 0; else 1. */
export function spanMultiplier(span: Span, key: string): number {
  if (key === '') {
    return 1;
  }
  for (const attributes of [span.attributes, span.resource.attributes]) {
    for (const { key: name, value } of attributes) {
      if (name === key && value.type === 'double' && value.value > 0) {
        return 1 / value.value;
      }
    }
  }
  return 1;
}

/** The trace id as Tempo writes it into exemplars: without leading zeros. */
export function exemplarTraceId(traceId: string): string {
  return traceId.replace(/^0+/, '');
}
