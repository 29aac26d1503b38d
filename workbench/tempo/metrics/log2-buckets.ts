/** Counts in buckets whose upper bounds are powers of two, as TraceQL's quantiles and histograms have them. */
export interface Bucket {
  max: number;
  count: number;
}

/** The power of two that a value of 2 or more is rounded up to. */
export function log2Bucket(value: number): number {
  let bound = 2 ** Math.ceil(Math.log2(value));
  if (bound < value) {
    bound *= 2;
  } else if (bound / 2 >= value) {
    bound /= 2;
  }
  return bound;
}

/**
 * The value below which the fraction `p` of all observations lies, interpolated exponentially within its bucket. Counts
 * round up, so that few observations give a large percentile their largest bucket. 0 when there are none.
 * Formula: Tempo, TraceQL metrics.
 * @param buckets ascending
 */
export function log2Quantile(p: number, buckets: readonly Bucket[]): number {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return 0;
  }
  const wanted = Math.max(1, Math.ceil(p * total));
  let below = 0;
  for (let i = 0; i < buckets.length; i++) {
    const { max, count } = buckets[i];
    if (below + count === wanted) {
      return max;
    }
    if (below + count > wanted) {
      const high = Math.log2(max);
      const low = i > 0 ? Math.log2(buckets[i - 1].max) : high - 1;
      return 2 ** (low + ((high - low) * (wanted - below)) / count);
    }
    below += count;
  }
  return buckets[buckets.length - 1].max;
}
