import { errorShare } from '../../../servicegraph/to-frames';
import { type RequestStats } from '../../../servicegraph/model';

/** How bad the share of failed requests is. */
export type Health = 'unknown' | 'ok' | 'warning' | 'critical';

/** Shares from which a service or call is marked. */
export const ERROR_SHARES = { warning: 0.01, critical: 0.05 } as const;

export function healthOf(stats: RequestStats, limits: { warning: number; critical: number } = ERROR_SHARES): Health {
  const share = errorShare(stats);
  if (share === undefined) {
    return 'unknown';
  }
  return share >= limits.critical ? 'critical' : share >= limits.warning ? 'warning' : 'ok';
}
