import { type TimeRange } from '@grafana/data';
import { type TempoSettings } from '../settings/parse-settings';

/** s since the Unix epoch */
export interface SecondsRange {
  start: number;
  end: number;
}

/** Whole seconds around the range: Tempo refuses fractions in a search, and a start that equals the end. */
export function toSeconds(range: Pick<TimeRange, 'from' | 'to'>): SecondsRange {
  const start = Math.floor(range.from.valueOf() / 1000);
  return { start, end: Math.max(Math.ceil(range.to.valueOf() / 1000), start + 1) };
}

/** Where to look for a trace by id; empty: everywhere. */
export function traceRange(
  range: Pick<TimeRange, 'from' | 'to'>,
  shift: TempoSettings['traceTimeShift']
): Partial<SecondsRange> {
  if (!shift) {
    return {};
  }
  const { start, end } = toSeconds(range);
  return {
    start: Math.max(0, start - Math.ceil(shift.beforeMs / 1000)),
    end: end + Math.ceil(shift.afterMs / 1000),
  };
}

/** Which data tag names and values are taken from: the last so many seconds if set, else the range of the page. */
export function tagRange(
  range: Pick<TimeRange, 'from' | 'to'> | undefined,
  tagRangeSeconds: number | undefined,
  nowMs: number
): Partial<SecondsRange> {
  if (tagRangeSeconds !== undefined) {
    const end = Math.ceil(nowMs / 1000);
    return { start: end - Math.ceil(tagRangeSeconds), end };
  }
  return range ? toSeconds(range) : {};
}
