import { type Columns, numberAt } from './frame-columns';
import { type RequestStats } from './model';

/** A statistic whose unit says what it is becomes that number; of any other only the text is kept. */
export function statsAt(frame: Columns, row: number): RequestStats {
  const stats: RequestStats = {};
  const share = failedShareAt(frame, row);
  for (const { field, rate, seconds, isSample } of frame.stats) {
    const value = numberAt(field, row);
    if (value === undefined) {
      continue;
    }
    if (rate !== undefined) {
      stats.rate = value * rate;
    } else if (seconds !== undefined) {
      stats.mean = value * seconds;
    } else if (isSample) {
      stats.sample = { requests: value, failed: Math.round((share ?? 0) * value) };
    }
  }
  for (const { key, field, seconds = 1 } of frame.quantiles) {
    const value = numberAt(field, row);
    if (value !== undefined) {
      stats[key] = value * seconds;
    }
  }
  if (share !== undefined && stats.rate) {
    stats.errorRate = share * stats.rate;
  } else if (share !== undefined && stats.rate === undefined && !stats.sample) {
    stats.failedShare = share;
  }
  return stats;
}

function failedShareAt(frame: Columns, row: number): number | undefined {
  const share = failedDetailAt(frame, row) ?? (hasArcs(frame, row) ? failedArcAt(frame, row) : undefined);
  return share === undefined ? undefined : Math.min(1, share);
}

function failedDetailAt({ errors, allErrors }: Columns, row: number): number | undefined {
  const value = errors && numberAt(errors, row);
  return value === undefined ? undefined : value / allErrors;
}

function failedArcAt({ failedArcs }: Columns, row: number): number | undefined {
  return failedArcs.map((field) => numberAt(field, row)).find(Number.isFinite);
}

/** A node without any arc says nothing of errors. */
function hasArcs(frame: Columns, row: number): boolean {
  return frame.arcs.some((field) => Boolean(numberAt(field, row)));
}
