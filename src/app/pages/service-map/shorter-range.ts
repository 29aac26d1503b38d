import { type TimeRange } from '@grafana/data';

/** min; longer ones are shortened to the first of these that is shorter */
const SHORT = [15, 5];

interface ShorterRange {
  minutes: number;
  /** Whether it goes on ending now */
  endsNow: boolean;
  /** As a time picker has them */
  from: string;
  to: string;
}

/** The end of a range, so that what is looked at stays in it; undefined where it cannot sensibly be shorter. */
export function shorterRange({ from, to, raw }: TimeRange): ShorterRange | undefined {
  const minutes = SHORT.find((short) => to.valueOf() - from.valueOf() > short * 60_000);
  if (minutes === undefined) {
    return undefined;
  }
  // "now/d" is the end of the day as an end, but its start as a beginning.
  const isRelative = typeof raw.to === 'string' && /^now[^/]*$/.test(raw.to);
  return isRelative
    ? { minutes, endsNow: raw.to === 'now', from: `${raw.to}-${minutes}m`, to: `${raw.to}` }
    : {
        minutes,
        endsNow: false,
        from: new Date(to.valueOf() - minutes * 60_000).toISOString(),
        to: new Date(to.valueOf()).toISOString(),
      };
}
