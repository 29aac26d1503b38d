/** Numbers of several services or calls as one. Pure. */
import { type RequestStats } from './model';

/**
 * Rates are summed; the share of failed requests follows from the sums, so that busy members count for more.
 * The mean is weighted by rate. Percentiles are absent: without the histograms they cannot be had from percentiles.
 * A number is absent as soon as the members that have requests do not all have it, so that no sum is partial; members
 * without any rate say nothing and take nothing away.
 */
export function sumStats(members: Iterable<RequestStats>): RequestStats {
  let rate: number | undefined;
  let errorRate: number | undefined = 0;
  let seconds: number | undefined = 0;
  for (const { rate: own, errorRate: failed, mean } of members) {
    if (own === undefined) {
      continue;
    }
    rate = (rate ?? 0) + own;
    if (own > 0) {
      errorRate = errorRate === undefined || failed === undefined ? undefined : errorRate + failed;
      seconds = seconds === undefined || mean === undefined ? undefined : seconds + mean * own;
    }
  }
  if (rate === undefined) {
    return {};
  }
  return {
    rate,
    ...(errorRate === undefined || rate === 0 ? {} : { errorRate }),
    ...(seconds === undefined || rate === 0 ? {} : { mean: seconds / rate }),
  };
}
