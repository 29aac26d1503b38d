import { TempoError } from './error';

/** s since the Unix epoch */
interface Range {
  start?: number;
  end?: number;
}

/**
 * For questions that need not have the whole range answered, such as which tags there are: of a range that Tempo refuses
 * for its length the newest part is asked for. The limit is remembered, as Tempo has no route that tells it.
 */
export function newestPartAsker() {
  let maxSeconds: number | undefined;
  return async function ask<T>(range: Range, send: (range: Range) => Promise<T>): Promise<T> {
    try {
      return await send(newestPart(range, maxSeconds));
    } catch (error) {
      const limit = error instanceof TempoError ? error.maxRangeSeconds : undefined;
      if (limit === undefined || lengthOf(newestPart(range, maxSeconds)) <= limit) {
        throw error;
      }
      maxSeconds = limit;
      return send(newestPart(range, limit));
    }
  };
}

function lengthOf({ start, end }: Range): number {
  return start === undefined || end === undefined ? 0 : end - start;
}

function newestPart(range: Range, maxSeconds: number | undefined): Range {
  return maxSeconds === undefined || range.end === undefined || lengthOf(range) <= maxSeconds
    ? range
    : { ...range, start: range.end - Math.floor(maxSeconds) };
}
