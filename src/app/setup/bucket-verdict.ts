import { type Bucket } from './prometheus/buckets';

export type BucketVerdict =
  | { kind: 'fine' }
  /** `share` (0 to 1) of the observations lie between these two bounds. */
  | { kind: 'coarse'; share: number; from: number; to: number }
  | { kind: 'empty' };

/** A percentile inside a bucket with more than this is a guess. */
const ONE_BUCKET_SHARE = 0.8;
/** More than this above the last bound, and p95 is lost. */
const ABOVE_SHARE = 0.05;
/** Too few to say anything. */
const MIN_OBSERVATIONS = 20;

/** Do these buckets resolve the latencies that were observed? */
export function bucketVerdict(buckets: Bucket[]): BucketVerdict {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total < MIN_OBSERVATIONS) {
    return { kind: 'empty' };
  }
  const lowerBound = (index: number) => (index > 0 ? buckets[index - 1].le : 0);
  const last = buckets.length - 1;
  const above = buckets[last].le === Infinity ? buckets[last].count / total : 0;
  if (above > ABOVE_SHARE) {
    return { kind: 'coarse', share: above, from: lowerBound(last), to: Infinity };
  }
  const fullest = buckets.reduce((best, { count }, index) => (count > buckets[best].count ? index : best), 0);
  const share = buckets[fullest].count / total;
  return share > ONE_BUCKET_SHARE
    ? { kind: 'coarse', share, from: lowerBound(fullest), to: buckets[fullest].le }
    : { kind: 'fine' };
}
