/** The graph as it was at points of the time range: one range query for each number, for all points at once. */
import { type MetricsDialect } from './dialect';
import { graphFromSeries, type GraphSeries } from './from-series';
import { callMeans, callQuantiles } from './latency-promql';
import { type RequestStats, type ServiceGraph } from './model';
import { failedRate, type PromqlOptions, requestRate } from './promql';
import {
  type PromqlRangeQuery,
  type PromqlRow,
  type PromqlSeries,
  type PromqlSteps,
  type RunPromQLRange,
} from './run-promql';
import { type GraphScope } from './scope';
import { type RoundQuery, settleRound } from './settle';
import { type EpochRange } from './time-ranges';

export interface ReplayRequest {
  runPromQLRange: RunPromQLRange;
  dialect: MetricsDialect;
  range: EpochRange;
  scope?: GraphScope;
  /** How many calls are expected, e.g. of the graph on screen: with many of them there are fewer steps. */
  calls?: number;
  signal?: AbortSignal;
}

export interface Replay {
  /** ms since the Unix epoch, ascending: the ends of the windows that the rates were taken over */
  times: number[];
  /** s; the width of those windows and the distance between two points */
  step: number;
  /** Every service and call of any point with its average over the range, so that one layout serves all points */
  union: ServiceGraph;
  /** Sums over all calls of each point, for finding the interesting ones; absent where it had none */
  totals: Array<Pick<RequestStats, 'rate' | 'errorRate'>>;
  /** The services and calls of `union` in the same order, with the numbers of that point; absent where it had none */
  graphAt(index: number): ServiceGraph;
}

const MOST_STEPS = 60;
const FEWEST_STEPS = 12;
/** Numbers of an answer that are sent and kept without trouble. */
const MOST_POINTS = 400_000;
const NUMBERS_PER_CALL = 4;
/** s; rates need some samples in each window */
const SHORTEST_STEP = 60;
const NICE_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const REPLAY_QUANTILES: readonly number[] = [0.95];

type ReplayQueryId = 'requests' | 'failed' | 'callMeans' | 'callQuantiles';

interface ReplayQuery extends RoundQuery, PromqlRangeQuery {
  refId: ReplayQueryId;
}

/** Steps of a length that people count in; both ends are multiples of it. */
export function replaySteps(range: EpochRange, calls = 0): PromqlSteps {
  const affordable = Math.floor(MOST_POINTS / Math.max(1, calls * NUMBERS_PER_CALL));
  const most = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, affordable));
  const wanted = Math.max(SHORTEST_STEP, (range.to - range.from) / 1000 / most);
  const step = NICE_STEPS.find((nice) => nice >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
  const to = Math.floor(range.to / 1000 / step) * step * 1000;
  const from = Math.min(to, Math.floor(range.from / 1000 / step + 1) * step * 1000);
  return { from, to, step };
}

export function replayQueries(dialect: MetricsDialect, step: number, scope?: GraphScope) {
  const options: PromqlOptions = { dialect, scope, window: step };
  const queries: ReplayQuery[] = [
    { refId: 'requests', expr: requestRate(options) },
    { refId: 'failed', expr: failedRate(options), loss: 'Error rates' },
    { refId: 'callMeans', expr: callMeans(options), loss: 'Average latencies' },
    { refId: 'callQuantiles', expr: callQuantiles(options, REPLAY_QUANTILES), loss: 'Latency percentiles of calls' },
  ];
  return queries;
}

function average({ values }: PromqlSeries): number {
  const usable = values.filter(Number.isFinite);
  return usable.reduce((total, value) => total + value, 0) / usable.length;
}

type ReplayAnswers = Partial<Record<ReplayQueryId, PromqlSeries[]>>;

function seriesBy(answers: ReplayAnswers, read: (series: PromqlSeries) => number | undefined): GraphSeries {
  const rows = (series: PromqlSeries[] | undefined) =>
    series?.flatMap((one): PromqlRow[] => {
      const value = read(one);
      return value === undefined ? [] : [{ labels: one.labels, value }];
    });
  return {
    requests: rows(answers.requests) ?? [],
    failed: rows(answers.failed),
    callMeans: rows(answers.callMeans),
    callQuantiles: rows(answers.callQuantiles),
  };
}

function timesOf({ from, to, step }: PromqlSteps): number[] {
  return Array.from({ length: Math.floor((to - from) / 1000 / step) + 1 }, (_, index) => from + index * step * 1000);
}

function withStats<T extends { id: string; stats: RequestStats }>(all: readonly T[], now: readonly T[]): T[] {
  const stats = new Map(now.map((item) => [item.id, item.stats]));
  return all.map((item) => ({ ...item, stats: stats.get(item.id) ?? {} }));
}

function totalsOf({ requests = [], failed }: ReplayAnswers, times: readonly number[]): Replay['totals'] {
  const indexOf = new Map(times.map((time, index) => [time, index]));
  const totals = times.map((): Pick<RequestStats, 'rate' | 'errorRate'> => ({}));
  const add = (key: 'rate' | 'errorRate', series: PromqlSeries) =>
    series.times.forEach((time, point) => {
      const [total, value] = [totals[indexOf.get(time) ?? -1], series.values[point]];
      if (total && Number.isFinite(value)) {
        total[key] = (total[key] ?? 0) + value;
      }
    });
  requests.forEach((series) => add('rate', series));
  failed?.forEach((series) => add('errorRate', series));
  // Series of failures begin with the first one; only a query that failed leaves it open whether there were any.
  return totals.map((total) =>
    total.rate === undefined || failed === undefined ? { rate: total.rate } : { errorRate: 0, ...total }
  );
}

function replayOf(
  answers: ReplayAnswers,
  { dialect, scope }: ReplayRequest,
  steps: PromqlSteps,
  notices: string[]
): Replay {
  const namespaces = scope?.namespaces;
  const union = graphFromSeries(seriesBy(answers, average), dialect, notices, namespaces);
  const times = timesOf(steps);
  // Answers have gaps, so a point is found by its time and not by its place.
  const byTime = new Map<PromqlSeries, Map<number, number>>();
  for (const series of Object.values(answers).flat()) {
    byTime.set(series, new Map(series.times.map((time, index) => [time, series.values[index]])));
  }
  return {
    times,
    step: steps.step,
    union,
    totals: totalsOf(answers, times),
    graphAt(index) {
      const graph = graphFromSeries(
        seriesBy(answers, (series) => byTime.get(series)?.get(times[index])),
        dialect,
        notices,
        namespaces
      );
      return {
        services: withStats(union.services, graph.services),
        calls: withStats(union.calls, graph.calls),
        notices,
      };
    },
  };
}

/** @throws the error of the request rate's query; any other failure becomes a notice of the graphs */
export async function loadReplay(request: ReplayRequest): Promise<Replay> {
  const { runPromQLRange, dialect, scope } = request;
  const signal = request.signal ?? new AbortController().signal;
  const steps = replaySteps(request.range, request.calls);
  const { answers, notices } = await settleRound(
    replayQueries(dialect, steps.step, scope),
    async ({ refId, expr }) => (await runPromQLRange([{ refId, expr }], steps, signal))[refId] ?? [],
    signal
  );
  return replayOf(answers, request, steps, notices);
}
