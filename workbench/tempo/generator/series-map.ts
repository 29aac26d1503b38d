import { type LabelSet } from './labels';

/** The series of one metric by their label sets. */
export class SeriesMap<T extends { updatedMs: number }> {
  private readonly series = new Map<string, T>();

  constructor(private readonly create: (labels: LabelSet) => T) {}

  has(labels: LabelSet): boolean {
    return this.series.has(labels.key);
  }

  /** The series with these labels, new if need be, marked as updated. */
  update(labels: LabelSet, nowMs: number): T {
    let series = this.series.get(labels.key);
    if (!series) {
      series = this.create(labels);
      this.series.set(labels.key, series);
    }
    series.updatedMs = nowMs;
    return series;
  }

  values(): Iterable<T> {
    return this.series.values();
  }

  removeStale(updatedBeforeMs: number): void {
    for (const [key, { updatedMs }] of this.series) {
      if (updatedMs < updatedBeforeMs) {
        this.series.delete(key);
      }
    }
  }
}
