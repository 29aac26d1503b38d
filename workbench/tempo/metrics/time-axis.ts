/**
 * The time axis of TraceQL metrics. A range query's window is widened to whole steps, with one step more before it; a
 * sample at T covers (T - step, T]. An instant query has one interval, the window as asked.
 * All times are ns since the Unix epoch, all durations ns.
 */

const ZERO = BigInt(0);
const NANOS_PER_MS = BigInt(1_000_000);
const NANOS_PER_SECOND = BigInt(1_000_000_000);
const MINUTE = BigInt(60) * NANOS_PER_SECOND;
/** Samples that Tempo aims at when it chooses the step: an hour at 15 s. */
const BASELINE_SAMPLES = BigInt(240);
const FINEST_STEP = BigInt(50) * NANOS_PER_MS;
const STEP_UNITS = [3600, 300, 60, 15, 5, 1].map((seconds) => BigInt(seconds) * NANOS_PER_SECOND);

export interface Window {
  start: bigint;
  end: bigint;
}

export class TimeAxis {
  readonly step: bigint;
  readonly intervals: number;

  private constructor(
    /** Exclusive */
    readonly start: bigint,
    /** Inclusive */
    readonly end: bigint,
    step: bigint,
    readonly instant: boolean
  ) {
    this.step = step;
    this.intervals = instant ? 1 : Math.max(0, Number((end - start) / step));
  }

  static instant({ start, end }: Window): TimeAxis {
    return new TimeAxis(start, end, end - start, true);
  }

  /** `now`: an end that lies ahead is pulled back to the last whole step before it. */
  static range(asked: Window, step: bigint, now: bigint): TimeAxis {
    let start = floorTo(asked.start, step);
    let end = ceilTo(asked.end, step);
    if (start > step) {
      start -= step;
    }
    if (end > now) {
      end = floorTo(now, step);
    }
    return new TimeAxis(start, end, step, false);
  }

  /** Seconds that one sample covers. */
  get stepSeconds(): number {
    return Number(this.step) / 1e9;
  }

  contains(time: bigint): boolean {
    return time > this.start && time <= this.end;
  }

  /** The interval of a time that the axis contains. */
  intervalOf(time: bigint): number {
    if (this.instant) {
      return 0;
    }
    const offset = Number(time - this.start);
    const step = Number(this.step);
    // Numbers are exact up to 104 days of ns; an axis is a day at most.
    return Math.ceil(offset / step) - 1;
  }

  /** The stamp of a sample: the right edge of its interval; ms since the Unix epoch. */
  timestampMs(interval: number): bigint {
    const edge = this.instant ? this.end : this.start + BigInt(interval + 1) * this.step;
    return edge / NANOS_PER_MS;
  }
}

/** The step that Tempo takes when none is asked for. */
export function defaultStep({ start, end }: Window): bigint {
  const range = end - start;
  const baseline = range / BASELINE_SAMPLES;
  if (range < MINUTE) {
    return baseline > FINEST_STEP ? floorTo(baseline, FINEST_STEP) : FINEST_STEP;
  }
  const unit = STEP_UNITS.find((candidate) => baseline > candidate);
  return unit === undefined ? NANOS_PER_SECOND : floorTo(baseline, unit);
}

function floorTo(time: bigint, step: bigint): bigint {
  return time - (time % step);
}

function ceilTo(time: bigint, step: bigint): bigint {
  const rest = time % step;
  return rest === ZERO ? time : time + step - rest;
}
