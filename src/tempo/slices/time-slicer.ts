/** A part of a time range: s since the Unix epoch, whole multiples of the slicer's unit apart from the outer borders. */
export interface TimeSlice {
  start: number;
  end: number;
}

export interface SlicerOptions {
  /** s since the Unix epoch */
  start: number;
  end: number;
  /** Borders between slices are multiples of so many seconds: 1 for a search, the step of metrics. */
  unitSeconds: number;
  /** Of the first slice; later ones follow how fast the answers come. */
  firstWidthSeconds: number;
  /** A slice that is too large for Tempo is not cut below this. */
  minWidthSeconds: number;
  /** What Tempo allows for one request; absent when it is not known. */
  maxWidthSeconds?: number;
}

/** An answer within this time doubles the width of the slices to come… */
const FAST_ANSWER_MS = 1500;
/** …and one that takes longer than this halves it. */
const SLOW_ANSWER_MS = 4000;
/** A rest of up to so many widths is asked for at once, so that no sliver is left. */
const REST_WIDTHS = 1.5;

/**
 * Cuts a time range into slices, newest first, that touch each other: no gap, no overlap. Their width adapts to the answers.
 * Knows no clock and sends nothing.
 */
export class TimeSlicer {
  readonly start: number;
  readonly end: number;
  private readonly unit: number;
  private readonly minWidth: number;
  private maxWidth: number;
  private width: number;
  /** Nothing older than this is needed any more. */
  private oldest: number;
  /** The part from here to `end` has been handed out. */
  private cursor: number;
  /** Handed back because Tempo refused them, newest first */
  private pending: TimeSlice[] = [];
  private readonly finished: TimeSlice[] = [];

  constructor(options: SlicerOptions) {
    this.start = options.start;
    this.end = options.end;
    this.unit = options.unitSeconds;
    this.minWidth = Math.max(options.minWidthSeconds, this.unit);
    this.maxWidth = Math.max(options.maxWidthSeconds ?? Number.POSITIVE_INFINITY, this.unit);
    this.width = options.firstWidthSeconds;
    this.oldest = options.start;
    this.cursor = options.end;
  }

  /** The newest slice that nobody asked for yet; undefined when there is none. */
  next(): TimeSlice | undefined {
    const returned = this.pending.shift();
    if (returned) {
      return returned;
    }
    if (this.cursor <= this.oldest) {
      return undefined;
    }
    const slice = { start: this.cut(this.cursor), end: this.cursor };
    this.cursor = slice.start;
    return slice;
  }

  /** The slice was answered, within so many ms. */
  done(slice: TimeSlice, elapsedMs: number): void {
    this.finished.push(slice);
    const width = slice.end - slice.start;
    if (elapsedMs <= FAST_ANSWER_MS) {
      this.width = Math.max(this.width, 2 * width);
    } else if (elapsedMs > SLOW_ANSWER_MS) {
      this.width = Math.max(this.minWidth, Math.min(this.width, width / 2));
    }
  }

  /** Tempo could not answer so much at once: the slice comes again in halves. False when it is as narrow as can be. */
  halve(slice: TimeSlice): boolean {
    return this.comeAgain(slice, (slice.end - slice.start) / 2);
  }

  /** Tempo allows no more than this for one request. False when the slice is within it, or as narrow as can be. */
  limitWidth(slice: TimeSlice, maxSeconds: number): boolean {
    if (slice.end - slice.start <= maxSeconds) {
      return false;
    }
    this.maxWidth = Math.max(Math.min(this.maxWidth, maxSeconds), this.unit);
    return this.comeAgain(slice, maxSeconds);
  }

  /** What is older than this is not needed any more. */
  dropBefore(time: number): void {
    this.oldest = Math.max(this.oldest, time);
    this.pending = this.pending.filter(({ end }) => end > this.oldest);
  }

  isNeeded(slice: TimeSlice): boolean {
    return slice.end > this.oldest;
  }

  /** Everything from here to the end was answered: s since the Unix epoch. */
  get coveredFrom(): number {
    let from = this.end;
    for (const slice of [...this.finished].sort((a, b) => b.end - a.end)) {
      if (slice.end < from) {
        break;
      }
      from = slice.start;
    }
    return from;
  }

  /** Of the range, 0 to 1: how much was answered, wherever it lies. */
  get share(): number {
    const answered = this.finished.reduce((sum, { start, end }) => sum + end - start, 0);
    return answered / (this.end - this.start);
  }

  private comeAgain(slice: TimeSlice, maxWidth: number): boolean {
    const width = this.floor(maxWidth);
    if (width < this.minWidth || width >= slice.end - slice.start) {
      return false;
    }
    this.width = Math.min(this.width, width);
    const parts: TimeSlice[] = [];
    for (let { end } = slice; end > slice.start;) {
      const start = Math.max(slice.start, this.border(end - width));
      parts.push({ start, end });
      end = start;
    }
    this.pending = [...this.pending, ...parts].sort((a, b) => b.end - a.end);
    return true;
  }

  private cut(end: number): number {
    const width = Math.max(this.unit, this.floor(Math.min(this.width, this.maxWidth)));
    const rest = end - this.start;
    if (rest <= Math.min(REST_WIDTHS * width, this.maxWidth)) {
      return this.start;
    }
    return Math.max(this.start, this.border(end - width));
  }

  private floor(seconds: number): number {
    return Math.floor(seconds / this.unit) * this.unit;
  }

  /** The first border at or after a time, so that no slice is wider than asked for. */
  private border(time: number): number {
    return Math.ceil(time / this.unit) * this.unit;
  }
}
