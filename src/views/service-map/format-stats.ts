import { formattedValueToString, getValueFormat } from '@grafana/data';
import { type RequestStats } from '../../servicegraph/model';
import { errorShare } from '../../servicegraph/to-frames';

export type LatencyKey = 'mean' | 'p50' | 'p95' | 'p99';

function isKnown(value: number | undefined): value is number {
  return Number.isFinite(value);
}

/** "12.3 req/s"; undefined when there is no number. */
export function formatRate(rate: number | undefined): string | undefined {
  if (!isKnown(rate)) {
    return undefined;
  }
  const decimals = rate >= 1000 ? 1 : rate === 0 || rate >= 100 ? 0 : rate >= 10 ? 1 : 2;
  return rate > 0 && rate < 0.01 ? '<0.01 req/s' : formattedValueToString(getValueFormat('reqps')(rate, decimals));
}

/** "12.3/s" */
export function formatShortRate(rate: number | undefined): string | undefined {
  return formatRate(rate)?.replace(/ req\/s$/, '/s');
}

/** "120 ms" */
export function formatLatency(seconds: number | undefined): string | undefined {
  if (!isKnown(seconds)) {
    return undefined;
  }
  return seconds === 0 ? '0 s' : formattedValueToString(getValueFormat('s')(seconds, seconds >= 1 ? 2 : 0));
}

/** "2.5%"; "<0.1%" rather than a share that looks like none. */
export function formatErrorShare(stats: RequestStats): string | undefined {
  const share = errorShare(stats);
  if (!isKnown(share)) {
    return undefined;
  }
  if (share > 0 && share < 0.001) {
    return '<0.1%';
  }
  return `${(share * 100).toFixed(share >= 0.0995 || share === 0 ? 0 : 1)}%`;
}
