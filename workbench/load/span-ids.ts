import { type IdGenerator } from '@opentelemetry/sdk-trace-base';
import { type Random } from './random';

/** Ids from a seed, for the SDK. */
export function createIdGenerator(random: Random): IdGenerator {
  const hex = (words: number) => {
    let id = '';
    for (let i = 0; i < words; i++) {
      id += Math.floor(random.next() * 4294967296)
        .toString(16)
        .padStart(8, '0');
    }
    return id;
  };
  return { generateTraceId: () => hex(4), generateSpanId: () => hex(2) };
}
