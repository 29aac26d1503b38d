import { type Exemplar } from './series';
import { type TimeAxis } from './time-axis';

const MAX_PER_STRETCH = 2;

/** Decides which spans become exemplars: one for each trace, at most `limit`, and not all at one time. */
export class ExemplarSampler {
  private readonly perStretch: Uint32Array;
  private readonly stretch: number;
  private taken = 0;

  constructor(
    private readonly axis: TimeAxis,
    /** 0 for none */
    private readonly limit: number
  ) {
    const stretches = Math.max(1, Math.floor(limit / MAX_PER_STRETCH));
    this.perStretch = new Uint32Array(stretches + 1);
    this.stretch = Math.max(1, Number(axis.end - axis.start) / stretches);
  }

  /** Takes the exemplar into account when it says yes. */
  accept(time: bigint): boolean {
    if (this.axis.instant || this.taken >= this.limit) {
      return false;
    }
    const at = Math.floor(Number(time - this.axis.start) / this.stretch);
    if (this.perStretch[at] >= MAX_PER_STRETCH) {
      return false;
    }
    this.perStretch[at]++;
    this.taken++;
    return true;
  }
}

/** Gives exemplars of counts the value of their interval's sample; those without a sample are left out. */
export function withSampleValues(exemplars: readonly Exemplar[], values: Float64Array, axis: TimeAxis): Exemplar[] {
  const kept: Exemplar[] = [];
  for (const exemplar of exemplars) {
    const sample = values[axis.intervalOf(exemplar.time)];
    if (!Number.isNaN(sample)) {
      kept.push(Number.isNaN(exemplar.value) ? { ...exemplar, value: sample } : exemplar);
    }
  }
  return kept.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
