/** What one benchmark reports: rows of a table, in the order they were measured. */
export interface BenchResult {
  name: string;
  /** Column name, with its unit, to figure. */
  rows: Array<Record<string, string | number>>;
  /** What to know when reading the figures. */
  notes?: string[];
}

/** The middle one of an odd number of figures; of an even number the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  if (figures.length === 0) {
    throw new Error('There is no median of no figures');
  }
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
