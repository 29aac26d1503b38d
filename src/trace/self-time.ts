/** [from, to) in ns since the start of the trace */
export type Interval = readonly [from: number, to: number];

interface Timed {
  start: number;
  duration: number;
}

/** When the span itself was at work, with no child running. `children` must be sorted by start; overlaps count once. */
export function selfIntervals({ start, duration, children }: Timed & { children: readonly Timed[] }): Interval[] {
  const end = start + duration;
  const intervals: Interval[] = [];
  let coveredUntil = start;
  for (const child of children) {
    const from = Math.min(child.start, end);
    if (from > coveredUntil) {
      intervals.push([coveredUntil, from]);
    }
    coveredUntil = Math.max(coveredUntil, Math.min(child.start + child.duration, end));
  }
  if (end > coveredUntil) {
    intervals.push([coveredUntil, end]);
  }
  return intervals;
}
