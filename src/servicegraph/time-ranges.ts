/** The window that a graph is compared with, and how a URL spells it. */

/** ms since the Unix epoch */
export interface EpochRange {
  from: number;
  to: number;
}

export type Comparison =
  /** The window of the same length right before */
  | { kind: 'before' }
  /** The same time of day, 24 hours earlier */
  | { kind: 'yesterday' }
  /** The same time of the week, 7 days earlier */
  | { kind: 'last-week' }
  | { kind: 'chosen'; range: EpochRange };

const DAY_MS = 24 * 60 * 60 * 1000;
const SHIFTS_MS = { yesterday: DAY_MS, 'last-week': 7 * DAY_MS } as const;

/** @param range what is on screen */
export function comparisonRange(comparison: Comparison, range: EpochRange): EpochRange {
  switch (comparison.kind) {
    case 'before':
      return { from: range.from - (range.to - range.from), to: range.from };
    case 'chosen':
      return comparison.range;
    default: {
      const shift = SHIFTS_MS[comparison.kind];
      return { from: range.from - shift, to: range.to - shift };
    }
  }
}

/** `before`, `yesterday`, `last-week`, or an ISO 8601 interval (`from/to`, UTC) */
export function comparisonToUrl(comparison: Comparison): string {
  return comparison.kind === 'chosen'
    ? `${new Date(comparison.range.from).toISOString()}/${new Date(comparison.range.to).toISOString()}`
    : comparison.kind;
}

function instant(text: string): number {
  return /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text);
}

/** Also takes an interval of milliseconds since the Unix epoch; undefined for anything else. */
export function comparisonFromUrl(text: string | undefined): Comparison | undefined {
  if (text === 'before' || text === 'yesterday' || text === 'last-week') {
    return { kind: text };
  }
  const ends = (text ?? '').split('/');
  const [from, to] = ends.map(instant);
  return ends.length === 2 && from < to ? { kind: 'chosen', range: { from, to } } : undefined;
}
