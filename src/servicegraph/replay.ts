/** The graph as it was at points of the time range: one range query for each number, for all points at once. */
import { runInSlices, runSteps, type Steps } from '../trace/steps';
import { type MetricsDialect } from './dialect';
import { type GraphSeries, graphSteps } from './from-series';
import { callMeans, callQuantiles, serviceQuantiles } from './latency-promql';
import { type RequestStats, type Service, type ServiceGraph } from './model';
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
  /** The graph of the range as it is on screen: all of it is at every point, and with many calls there are fewer points. */
  graph?: ServiceGraph;
  /** Told when all but the percentiles is known, and again when more of them is: they take much longer in large graphs. */
  onEarly?(replay: Replay): void;
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
  /** The same in steps, as it takes long for a large graph */
  graphSteps(index: number): Steps<ServiceGraph>;
}

const MOST_STEPS = 60;
const FEWEST_STEPS = 12;
/** Numbers of an answer that are sent and kept without trouble. */
const MOST_POINTS = 400_000;
const NUMBERS_PER_CALL = 4;
/** s; rates need some samples in each window */
const SHORTEST_STEP = 60;
const NICE_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
/** Characters of names in one matcher, as servers and gateways limit the length of a request */
const MOST_CHARACTERS = 2000;
const REPLAY_QUANTILES: readonly number[] = [0.95];

type ReplayQueryId = 'requests' | 'failed' | 'callMeans' | 'callQuantiles' | 'serviceQuantiles';

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

/** @param severalLabelSets as `ServiceGraph.severalLabelSets`; absent: any callee may have several */
export function replayQueries(
  dialect: MetricsDialect,
  step: number,
  scope?: GraphScope,
  severalLabelSets?: readonly string[]
) {
  const merge = severalLabelSets && severalLabelSets.join().length <= MOST_CHARACTERS ? severalLabelSets : undefined;
  const options: PromqlOptions = { dialect, scope, window: step, merge };
  const numbers: ReplayQuery[] = [
    { refId: 'requests', expr: requestRate(options) },
    { refId: 'failed', expr: failedRate(options), loss: 'Error rates' },
    { refId: 'callMeans', expr: callMeans(options), loss: 'Average latencies' },
  ];
  const percentiles: ReplayQuery[] =
    scope?.reduction?.percentiles === false
      ? []
      : [
          {
            refId: 'serviceQuantiles',
            expr: serviceQuantiles(options, REPLAY_QUANTILES),
            loss: 'Latency percentiles of services',
          },
          {
            refId: 'callQuantiles',
            expr: callQuantiles(options, REPLAY_QUANTILES),
            loss: 'Latency percentiles of calls',
          },
        ];
  return { numbers, percentiles };
}

function average({ values }: PromqlSeries): number {
  let [total, count] = [0, 0];
  for (const value of values) {
    if (Number.isFinite(value)) {
      total += value;
      count++;
    }
  }
  return total / count;
}

type ReplayAnswers = Partial<Record<ReplayQueryId, PromqlSeries[]>>;

/** Series read before the clock is looked at again */
const SERIES_PER_STEP = 200;

function* rowsBy(
  series: readonly PromqlSeries[],
  read: (series: PromqlSeries) => number | undefined
): Steps<PromqlRow[]> {
  const rows: PromqlRow[] = [];
  for (let index = 0; index < series.length; index++) {
    const value = read(series[index]);
    if (value !== undefined) {
      rows.push({ labels: series[index].labels, value });
    }
    if (index % SERIES_PER_STEP === 0) {
      yield;
    }
  }
  return rows;
}

function* seriesBy(answers: ReplayAnswers, read: (series: PromqlSeries) => number | undefined): Steps<GraphSeries> {
  const result: GraphSeries = { requests: [] };
  for (const refId of ['requests', 'failed', 'callMeans', 'callQuantiles', 'serviceQuantiles'] as const) {
    const series = answers[refId];
    if (series) {
      result[refId] = yield* rowsBy(series, read);
    }
  }
  return result;
}

/** The value at a time; answers have gaps, so a point is found by its time and not by its place. */
function valueAt({ times, values }: PromqlSeries, time: number): number | undefined {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = times[middle] < time ? [middle + 1, high] : [low, middle];
  }
  return times[low] === time ? values[low] : undefined;
}

function timesOf({ from, to, step }: PromqlSteps): number[] {
  return Array.from({ length: Math.floor((to - from) / 1000 / step) + 1 }, (_, index) => from + index * step * 1000);
}

function withStats<T extends { id: string; stats: RequestStats }>(all: readonly T[], now: readonly T[]): T[] {
  const stats = new Map(now.map((item) => [item.id, item.stats]));
  return all.map((item) => ({ ...item, stats: stats.get(item.id) ?? {} }));
}

/**
 * Services without calls have no series here, and what stands on the map must not move or go for the replay: the graph in
 * its order, then what is in some of the points only.
 */
function withAllOf(graph: ServiceGraph, averages: ServiceGraph): ServiceGraph {
  const all = <T extends { id: string; stats: RequestStats }>(shown: readonly T[], found: readonly T[]): T[] => {
    const ids = new Set(shown.map(({ id }) => id));
    return [...withStats(shown, found), ...found.filter(({ id }) => !ids.has(id))];
  };
  return {
    ...averages,
    services: all(graph.services.map(withoutSums), averages.services),
    calls: all(graph.calls, averages.calls),
  };
}

/** What is known of the whole range only says nothing of one of its points. */
function withoutSums(service: Service): Service {
  return { ...service, reported: undefined, leftOut: undefined };
}

function* totalsOf({ requests = [], failed }: ReplayAnswers, times: readonly number[]): Steps<Replay['totals']> {
  const indexOf = new Map(times.map((time, index) => [time, index]));
  const totals = times.map((): Pick<RequestStats, 'rate' | 'errorRate'> => ({}));
  const add = (key: 'rate' | 'errorRate', series: PromqlSeries) =>
    series.times.forEach((time, point) => {
      const [total, value] = [totals[indexOf.get(time) ?? -1], series.values[point]];
      if (total && Number.isFinite(value)) {
        total[key] = (total[key] ?? 0) + value;
      }
    });
  for (const [key, all] of [['rate', requests] as const, ['errorRate', failed ?? []] as const]) {
    for (let index = 0; index < all.length; index++) {
      add(key, all[index]);
      if (index % SERIES_PER_STEP === 0) {
        yield;
      }
    }
  }
  // Series of failures begin with the first one; only a query that failed leaves it open whether there were any.
  return totals.map((total) =>
    total.rate === undefined || failed === undefined ? { rate: total.rate } : { errorRate: 0, ...total }
  );
}

function* replayOf(
  answers: ReplayAnswers,
  { dialect, scope, graph }: ReplayRequest,
  steps: PromqlSteps,
  notices: string[]
): Steps<Replay> {
  const options = { notices, namespaces: scope?.namespaces };
  const averages = yield* graphSteps(yield* seriesBy(answers, average), dialect, options);
  const union = graph ? withAllOf(graph, averages) : averages;
  const times = timesOf(steps);
  function* stepsAt(index: number): Steps<ServiceGraph> {
    const series = yield* seriesBy(answers, (one) => valueAt(one, times[index]));
    const now = yield* graphSteps(series, dialect, options);
    return {
      services: withStats(union.services, now.services),
      calls: withStats(union.calls, now.calls),
      notices,
    };
  }
  return {
    times,
    step: steps.step,
    union,
    totals: yield* totalsOf(answers, times),
    graphAt: (index) => runSteps(stepsAt(index)),
    graphSteps: stepsAt,
  };
}

/** @throws the error of the request rate's query; any other failure becomes a notice of the graphs */
export async function loadReplay(request: ReplayRequest): Promise<Replay> {
  const { runPromQLRange, dialect, scope, graph, onEarly } = request;
  const signal = request.signal ?? new AbortController().signal;
  const steps = replaySteps(request.range, graph?.calls.length);
  const { numbers, percentiles } = replayQueries(dialect, steps.step, scope, graph?.severalLabelSets);
  const ask = async ({ refId, expr }: ReplayQuery) =>
    (await runPromQLRange([{ refId, expr }], steps, signal))[refId] ?? [];
  const { answers, notices } = await settleRound(numbers, ask, signal);
  let known: ReplayAnswers = answers;
  const build = () => runInSlices(replayOf(known, request, steps, [...notices]), signal);
  // One after the other: side by side they would time out where the server is busy with each for a minute.
  for (const query of percentiles) {
    onEarly?.(await build());
    const more = await settleRound([query], ask, signal);
    known = { ...known, ...more.answers };
    notices.push(...more.notices);
  }
  return build();
}
