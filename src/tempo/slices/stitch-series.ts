import { type MetricsExemplar, type MetricsSample, type MetricsSeries, type TypedAttribute } from '../types';

/** Which samples of an answer count: those after `fromMs` up to `toMs`, ms since the Unix epoch. */
export interface Ownership {
  fromMs: number;
  toMs: number;
}

interface StitchOptions {
  /**
   * ms, for a function that counts nothing as 0 (rate, count, histogram, quantile): a series that some parts do not have is 0
   * there, at each step. Absent for the others.
   */
  zeroStepMs?: number;
  maxExemplars: number;
}

interface Strand {
  labels: TypedAttribute[];
  samples: Map<number, MetricsSample>;
  exemplars: MetricsExemplar[];
}

const FUNCTION_LABEL = '__name__';

/** Puts the answers for parts of a time axis together to the series of the whole axis. */
export class SeriesStitcher {
  private readonly strands = new Map<string, Strand>();
  private readonly stamps = new Set<number>();
  private readonly owned: Ownership[] = [];

  add(series: MetricsSeries[], ownership: Ownership): void {
    const { fromMs, toMs } = ownership;
    this.owned.push(ownership);
    const isOwn = ({ timestampMs }: MetricsSample) => timestampMs > fromMs && timestampMs <= toMs;
    for (const { labels, samples, exemplars } of series) {
      const strand = this.strand(labels);
      for (const sample of samples) {
        if (isOwn(sample)) {
          strand.samples.set(sample.timestampMs, sample);
          this.stamps.add(sample.timestampMs);
        }
      }
      strand.exemplars.push(...exemplars.filter(isOwn));
    }
  }

  /** The series so far, by number of labels, then by labels, as Tempo sorts them. */
  series({ zeroStepMs, maxExemplars }: StitchOptions): MetricsSeries[] {
    const axis = zeroStepMs === undefined ? [...this.stamps] : this.filledAxis(zeroStepMs);
    const stamps = axis.sort((a, b) => a - b);
    const strands = withoutPlaceholders([...this.strands.entries()].sort(([a], [b]) => (a < b ? -1 : 1)))
      .map(([, strand]) => strand)
      .sort((a, b) => a.labels.length - b.labels.length);
    const keepExemplar = thinning(
      strands.flatMap(({ exemplars }) => exemplars),
      maxExemplars
    );
    return strands
      .map(({ labels, samples, exemplars }) => ({
        labels,
        samples: stamps.flatMap((timestampMs) => {
          const sample = samples.get(timestampMs) ?? (zeroStepMs === undefined ? undefined : { timestampMs, value: 0 });
          return sample ? [sample] : [];
        }),
        exemplars: exemplars.filter(keepExemplar).sort((a, b) => a.timestampMs - b.timestampMs),
      }))
      .filter(({ samples }) => samples.length > 0);
  }

  /** Every step of the parts that were answered; on the open ends no further than there are samples. */
  private filledAxis(stepMs: number): number[] {
    const axis = new Set(this.stamps);
    if ([...axis].some((stamp) => stamp % stepMs !== 0)) {
      return [...axis];
    }
    const first = Math.min(...axis);
    const last = Math.max(...axis);
    for (const { fromMs, toMs } of this.owned) {
      const end = Number.isFinite(toMs) ? toMs : last;
      const start = Number.isFinite(fromMs) ? fromMs : first - 1;
      for (let stamp = (Math.floor(start / stepMs) + 1) * stepMs; stamp <= end; stamp += stepMs) {
        axis.add(stamp);
      }
    }
    return [...axis];
  }

  private strand(labels: TypedAttribute[]): Strand {
    const key = JSON.stringify(labels, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    const known = this.strands.get(key);
    if (known) {
      return known;
    }
    const strand: Strand = { labels, samples: new Map(), exemplars: [] };
    this.strands.set(key, strand);
    return strand;
  }
}

/** Where nothing matches, Tempo answers one series of zeros that is named by the function; other parts have better ones. */
function withoutPlaceholders(strands: Array<[string, Strand]>): Array<[string, Strand]> {
  const isNamed = ({ labels }: Strand) => labels.some(({ key }) => key === FUNCTION_LABEL);
  if (strands.every(([, strand]) => isNamed(strand))) {
    return strands;
  }
  return strands.filter(
    ([, strand]) => !isNamed(strand) || [...strand.samples.values()].some(({ value }) => value !== 0)
  );
}

/** Keeps so many, spread evenly over time. */
function thinning(exemplars: MetricsExemplar[], most: number): (exemplar: MetricsExemplar) => boolean {
  if (exemplars.length <= most) {
    return () => true;
  }
  const sorted = [...exemplars].sort((a, b) => a.timestampMs - b.timestampMs);
  const kept = new Set(Array.from({ length: most }, (_, index) => sorted[Math.floor((index * sorted.length) / most)]));
  return (exemplar) => kept.has(exemplar);
}
