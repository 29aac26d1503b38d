/** Whether recording rules were at work during all of a window. */
import { type MetricsDialect } from './dialect';
import { selector } from './promql-text';
import { rangeSeconds } from './query';
import { RECORDING_INTERVAL, recordedName, usesRecorded } from './recorded';
import { type RunPromQL } from './run-promql';
import { type EpochRange } from './time-ranges';

const REF = 'recorded';
/** s; there are two evaluations in it, so that one may be late */
const AT_START = 2 * RECORDING_INTERVAL;

/** Something if any call was recorded at the start of the window, which ends where it is evaluated. @param window s */
export function recordedAtStart({ requests }: MetricsDialect, window: number): string {
  return `group(last_over_time(${selector(recordedName(requests))}[${AT_START}s] offset ${window - AT_START}s))`;
}

/** When rules are known to have been at work, of one data source: they go on once they were loaded. */
export interface RecordedTimes {
  /** ms since the Unix epoch; the earliest time at which there were recorded series */
  some?: number;
  /** The latest time at which there were none */
  none?: number;
}

/**
 * The dialect without the recorded series where they begin within the window: a mean over all of it would be too small, as
 * before the rules were loaded they recorded nothing. Where nothing else is left they are all there is.
 * @param runPromQL answers at the end of `range`
 * @param times what is known already; gets what is found out
 * @throws whatever `runPromQL` rejects with
 */
export async function recordedIn(
  dialect: MetricsDialect,
  range: EpochRange,
  runPromQL: RunPromQL,
  signal: AbortSignal,
  times: RecordedTimes = {}
): Promise<MetricsDialect> {
  const window = rangeSeconds(range);
  const isUsed = usesRecorded(dialect, window);
  if (!isUsed || dialect.recorded?.only || (times.some !== undefined && times.some <= range.from)) {
    return dialect;
  }
  const raw = { ...dialect, recorded: undefined };
  if (times.none !== undefined && times.none >= range.from) {
    return raw;
  }
  const answer = await runPromQL([{ refId: REF, expr: recordedAtStart(dialect, window), instant: true }], signal);
  if ((answer[REF] ?? []).length > 0) {
    times.some = Math.min(times.some ?? Infinity, range.from);
    return dialect;
  }
  times.none = Math.max(times.none ?? -Infinity, range.from);
  return raw;
}
