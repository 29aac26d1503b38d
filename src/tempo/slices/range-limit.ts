import { parseDuration } from '../../traceql/syntax/duration';

// What Tempo says of a range that is too long (2.x and 3.x): for a search, and for metrics.
const REFUSALS = [
  /range specified by start and end(?: \([^)]*\))? exceeds ([0-9hms.µun]+)/i,
  /time range (?:\([^)]*\) )?exceeds the maximum allowed duration of ([0-9hms.µun]+)/i,
];

/** s: the longest range that Tempo takes, read from its refusal of a longer one; undefined when the text is no such refusal. */
export function maxRangeOf(errorText: string): number | undefined {
  for (const refusal of REFUSALS) {
    const match = refusal.exec(errorText);
    // The sentence may end right after the duration.
    const ns = match && parseDuration(match[1].replace(/\.+$/, ''));
    if (typeof ns === 'bigint' && ns > BigInt(0)) {
      return Number(ns) / 1e9;
    }
  }
  return undefined;
}

/** What was learnt of one Tempo: it has no route that tells its limits. */
export interface RangeLimits {
  /** s */
  searchSeconds?: number;
  /** s */
  metricsSeconds?: number;
}
