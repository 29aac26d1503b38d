/**
 * Whether short windows have enough samples for their rates to be compared: a call whose samples are not there yet has no
 * rate, and would be told to be gone.
 */
import { type MetricsDialect } from './dialect';
import { type PromqlOptions, scopedSelectors } from './promql';
import { withLabel } from './promql-text';
import { rangeSeconds } from './query';
import { SHORTEST_RECORDED_WINDOW } from './recorded';
import { type PromqlRow, type RunPromQLAt } from './run-promql';
import { type GraphScope } from './scope';
import { type EpochRange } from './time-ranges';

/** `rate` needs two samples; over four intervals it does not depend on where they fall, as Grafana's `$__rate_interval`. */
const LEAST_SAMPLES = 4;
/** s; from here on any usual interval has enough */
const LONG_WINDOW = 600;
/** s; what tells the interval where the window has too few samples for that; Prometheus looks back as far */
const RECENT = 300;
const REF = 'samples';
const PART_LABEL = 'sample_part';

type SamplePart = 'window' | 'recent' | 'newest';

export interface FewSamples {
  /** The window that has too few */
  window: 'now' | 'earlier';
  /**
   * `short`: the window is; `late`: its end has none yet; `begun`: its beginning has none; `recorded`: the rates are
   * recorded ones, which tell nothing of so short a window.
   */
  reason: 'short' | 'late' | 'begun' | 'recorded';
  /** Of the series with the most; absent for `recorded` */
  samples?: number;
  /** s between two samples; absent where there are too few to tell */
  interval?: number;
  /** s; how long a window that ends there has to be, in whole minutes; absent where that is not known */
  seconds?: number;
}

/** Number of samples in the window, and of the last minutes, and the time of the newest (s since the Unix epoch). */
export function samplesExpression(dialect: MetricsDialect, window: number, scope?: GraphScope): string {
  const options: PromqlOptions = { dialect, scope, window };
  const edges = scopedSelectors(options, dialect.requests);
  const counted = (seconds: number) => edges.map((series) => `count_over_time(${series}[${seconds}s])`).join(' or ');
  const parts: Record<SamplePart, string> = {
    window: `max(${counted(window)})`,
    recent: `max(${counted(RECENT)})`,
    newest: `max(${edges.map((series) => `timestamp(${series})`).join(' or ')})`,
  };
  return Object.entries(parts)
    .map(([part, expression]) => withLabel(PART_LABEL, part, expression))
    .join(' or ');
}

interface Samples {
  range: EpochRange;
  count: number;
  /** s */
  interval?: number;
  /** s without samples at the end of the window */
  lag: number;
}

function readSamples(rows: readonly PromqlRow[], range: EpochRange): Samples {
  const valueOf = (part: SamplePart) => rows.find(({ labels }) => labels[PART_LABEL] === part)?.value;
  const [count, recent, newest] = [valueOf('window') ?? 0, valueOf('recent') ?? 0, valueOf('newest')];
  const lag = newest === undefined ? 0 : Math.max(0, range.to / 1000 - newest);
  const usual = RECENT / recent;
  // Where the series began within these minutes the first is too long; the second never is too short.
  const intervals = [
    ...(recent >= 2 ? [lag > 2 * usual ? (RECENT - lag) / recent : usual] : []),
    ...(count >= 2 ? [rangeSeconds(range) / (count - 1)] : []),
  ].filter((interval) => interval > 0);
  return { range, count, interval: intervals.length > 0 ? Math.min(...intervals) : undefined, lag };
}

function wholeMinutes(seconds: number): number {
  return Math.ceil(seconds / 60) * 60;
}

function fewSamplesOf(
  window: FewSamples['window'],
  { range, count, lag }: Samples,
  interval: number | undefined
): FewSamples | undefined {
  if (count >= LEAST_SAMPLES) {
    return undefined;
  }
  if (interval === undefined) {
    return { window, reason: 'begun', samples: count };
  }
  const needed = interval * LEAST_SAMPLES;
  const reason = rangeSeconds(range) <= needed ? 'short' : lag > interval * 2 ? 'late' : 'begun';
  return { window, reason, samples: count, interval, seconds: wholeMinutes(needed + lag) };
}

export interface FewSamplesRequest {
  runPromQLAt: RunPromQLAt;
  dialect: MetricsDialect;
  scope?: GraphScope;
  now: EpochRange;
  earlier: EpochRange;
  signal?: AbortSignal;
}

/**
 * The window, if any, that cannot be compared; one small query for each that is short, none for longer ones.
 * @throws whatever `runPromQLAt` rejects with
 */
export async function findFewSamples(request: FewSamplesRequest): Promise<FewSamples | undefined> {
  const { runPromQLAt, dialect, scope, now, earlier, signal = new AbortController().signal } = request;
  if (dialect.recorded?.only) {
    const isShort = (range: EpochRange) => rangeSeconds(range) < SHORTEST_RECORDED_WINDOW;
    const window = isShort(now) ? 'now' : isShort(earlier) ? 'earlier' : undefined;
    return window && { window, reason: 'recorded', seconds: SHORTEST_RECORDED_WINDOW };
  }
  const samplesOf = async (range: EpochRange): Promise<Samples | undefined> => {
    const seconds = rangeSeconds(range);
    if (seconds >= LONG_WINDOW) {
      return undefined;
    }
    const expr = samplesExpression(dialect, seconds, scope);
    const { [REF]: rows = [] } = await runPromQLAt(range)([{ refId: REF, expr, instant: true }], signal);
    return readSamples(rows, range);
  };
  const [newer, older] = await Promise.all([samplesOf(now), samplesOf(earlier)]);
  const intervals = [newer?.interval, older?.interval].filter((interval) => interval !== undefined);
  const interval = intervals.length > 0 ? Math.max(1, Math.round(Math.min(...intervals))) : undefined;
  return (newer && fewSamplesOf('now', newer, interval)) ?? (older && fewSamplesOf('earlier', older, interval));
}
