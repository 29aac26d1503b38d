/** Instant series of the service graph -> one `ServiceGraph`. Missing or unusable numbers stay absent. */
import { runSteps, type Steps } from '../trace/steps';
import { type CallDraft, CallDrafts, measured, QUANTILE_KEYS, type Quantiles, sum, toSeconds } from './call-drafts';
import { latencyOfCall, meansOfSides } from './call-latency';
import { type LatencyUnit, type MetricsDialect } from './dialect';
import { type End, type EndNames, endNamesOf, Ends, singleValuesSteps, UNNAMED } from './ends';
import { severalLabelSetsSteps } from './label-sets';
import { MERGED_LABEL } from './latency-promql';
import { type LeftOutTotals, leftOutSteps, meanOfAll } from './left-out';
import { PART_LABEL } from './left-out-promql';
import { type RequestStats, type Service, type ServiceCall, type ServiceGraph } from './model';
import { QUANTILE_LABEL } from './promql';
import { eachRow, type PromqlRow } from './run-promql';
import { kindsOf } from './service-kinds';
import { isolatedEnds, reportedBy, type ReportedStats, reportedSteps } from './span-stats';

/** Answers of one round; an answer is undefined when its query failed, [] when it found nothing. */
export interface GraphSeries {
  /** req/s */
  requests: PromqlRow[];
  /** failed req/s */
  failed?: PromqlRow[];
  /** Mean latency by call and side */
  callMeans?: PromqlRow[];
  /** Latency by call and quantile, by label set or over all of them */
  callQuantiles?: PromqlRow[];
  /** Latency by callee and quantile, by label set or over all of them */
  serviceQuantiles?: PromqlRow[];
  /** spans/s by service, kind and status */
  spans?: PromqlRow[];
  /** What the calls that are not shown add up to; beside it what `spans` has of namespaces */
  leftOut?: PromqlRow[];
}

/** Absent failures are 0 only when the query for them worked and there were requests. */
function errorRateOf(rate: number | undefined, failed: number | undefined, known: boolean): number | undefined {
  // The two rates are extrapolated apart, so the smaller may come out larger.
  return !known || !rate ? undefined : Math.min(failed ?? 0, rate);
}

function defined(stats: RequestStats): RequestStats {
  const result: RequestStats = {};
  for (const key of ['rate', 'errorRate', 'mean', 'p50', 'p95', 'p99'] as const) {
    if (stats[key] !== undefined) {
      result[key] = stats[key];
    }
  }
  return result;
}

function toCall(draft: CallDraft, failuresKnown: boolean): ServiceCall {
  return {
    id: draft.id,
    source: draft.source.id,
    target: draft.target.id,
    connectionType: draft.connectionType,
    stats: defined({
      rate: draft.rate,
      errorRate: errorRateOf(draft.rate, draft.failed, failuresKnown),
      ...latencyOfCall(draft),
    }),
  };
}

/** Sums over received calls; a mean is weighted by rate, and absent as soon as a busy call lacks it. */
export function receivedStats(calls: readonly ServiceCall[]): RequestStats {
  let rate: number | undefined;
  let errorRate: number | undefined;
  let [errorsKnown, weighted] = [true, 0];
  for (const { stats } of calls) {
    rate = sum(rate, stats.rate);
    errorRate = sum(errorRate, stats.errorRate);
    errorsKnown = errorsKnown && (stats.errorRate !== undefined || !stats.rate);
    weighted += stats.rate ? (stats.mean ?? NaN) * stats.rate : 0;
  }
  const mean = rate ? weighted / rate : NaN;
  return defined({
    rate,
    errorRate: errorsKnown ? errorRate : undefined,
    mean: Number.isNaN(mean) ? undefined : mean,
  });
}

/** Quantiles of the services of one name */
interface NamedQuantiles {
  byEnd: Map<End, Quantiles[]>;
  /** Over all of them */
  merged?: Quantiles;
}

/** One graph being built. */
interface Draft {
  /** There is one `End` of each service, so they are keys: ids are long, and looked up slowly. */
  ends: Set<End>;
  calls: ServiceCall[];
  received: Map<End, ServiceCall[]>;
  /** By name */
  quantiles: Map<string, NamedQuantiles>;
  leftOut: LeftOutTotals | undefined;
  reported: ReportedStats;
}

export interface GraphFromSeriesOptions {
  /** Passed on */
  notices?: string[];
  /** Calls were left out, so that sums over the rest are not a service's. */
  reduced?: boolean;
  /** Those that were asked for: of services of others only calls with these are known. */
  namespaces?: readonly string[];
}

/** The same in steps that can be interrupted, for `runInSlices`. */
export function* graphSteps(
  series: GraphSeries,
  dialect: MetricsDialect,
  { notices = [], reduced = false, namespaces = [] }: GraphFromSeriesOptions = {}
): Steps<ServiceGraph> {
  const names = endNamesOf(dialect);
  const named = series.leftOut ? [...series.requests, ...series.leftOut] : series.requests;
  const ends = new Ends(yield* singleValuesSteps(named, [names.client, names.server]));
  const drafts = new CallDrafts(dialect, ends);
  yield* eachRow(series.requests, (row) => drafts.addRequests(row));
  yield* eachRow(series.failed, (row) => drafts.addFailed(row));
  yield* eachRow(series.callMeans, (row) => drafts.addMean(row));
  yield* eachRow(series.callQuantiles, (row) => drafts.addQuantile(row));
  const graph: Draft = {
    ends: new Set(),
    calls: [],
    received: new Map(),
    quantiles: new Map(),
    leftOut: series.leftOut && (yield* leftOutSteps(series.leftOut, dialect, ends)),
    reported: yield* reportedSteps(series.spans ?? (series.leftOut ?? []).filter(isOfSpans), dialect, ends),
  };
  yield;
  const list = [...drafts.drafts.values()];
  for (const draft of list) {
    draft.means = meansOfSides(draft);
    addCall(graph, draft, series.failed !== undefined);
    yield;
  }
  const kinds = kindsOf(list);
  yield;
  yield* eachRow(series.serviceQuantiles, (row) => addQuantile(graph.quantiles, row, dialect.unit, ends, names.server));
  for (const end of isolatedEnds(graph.reported, graph.ends)) {
    graph.ends.add(end);
  }
  const services: Service[] = [];
  for (const end of graph.ends) {
    const numbers = isKnownInPart(end, namespaces) ? { stats: {} } : numbersOf(graph, end, reduced, series);
    services.push({ ...end, kind: kinds.get(end.id) ?? 'service', ...numbers });
    yield;
  }
  const { calls, leftOut } = graph;
  if (reduced) {
    return { services, calls, notices, ...(leftOut?.all ? { all: leftOut.all } : {}) };
  }
  // Of nothing there is nothing to know for the next time.
  return calls.length === 0
    ? { services, calls, notices }
    : { services, calls, notices, severalLabelSets: yield* severalLabelSetsSteps(series.requests, dialect) };
}

function isOfSpans({ labels }: PromqlRow): boolean {
  return !(PART_LABEL in labels);
}

/** A service of a namespace that was not asked for: the sum over some of its calls would not be its own. */
function isKnownInPart({ namespace }: End, namespaces: readonly string[]): boolean {
  return namespaces.length > 0 && namespace !== undefined && !namespaces.includes(namespace);
}

/** Builds the graph; `notices` are passed on. */
export function graphFromSeries(
  series: GraphSeries,
  dialect: MetricsDialect,
  notices: string[] = [],
  namespaces: readonly string[] = []
): ServiceGraph {
  return runSteps(graphSteps(series, dialect, { notices, namespaces }));
}

function addCall({ ends, calls, received }: Draft, draft: CallDraft, failuresKnown: boolean) {
  const call = toCall(draft, failuresKnown);
  ends.add(draft.source);
  ends.add(draft.target);
  calls.push(call);
  const ofTarget = received.get(draft.target);
  if (ofTarget) {
    ofTarget.push(call);
  } else {
    received.set(draft.target, [call]);
  }
}

function addQuantile(
  found: Draft['quantiles'],
  { labels, value }: PromqlRow,
  unit: LatencyUnit,
  ends: Ends,
  server: EndNames
) {
  const key = QUANTILE_KEYS[labels[QUANTILE_LABEL] ?? ''];
  const quantile = measured(value);
  if (!key || quantile === undefined) {
    return;
  }
  const name = labels[server.name] ?? '';
  const named: NamedQuantiles = found.get(name) ?? { byEnd: new Map() };
  found.set(name, named);
  const seconds = toSeconds(quantile, unit);
  if (labels[MERGED_LABEL]) {
    named.merged = { ...named.merged, [key]: seconds };
    return;
  }
  const end = ends.of(labels, server);
  const labelSets = named.byEnd.get(end) ?? [];
  named.byEnd.set(end, labelSets);
  // Each quantile comes once for each label set.
  const open = labelSets.find((quantiles) => quantiles[key] === undefined);
  if (open) {
    open[key] = seconds;
  } else {
    labelSets.push({ [key]: seconds });
  }
}

/** Quantiles of label sets that stand for one service cannot be put together, but those of all of them may be there. */
function quantilesOf({ quantiles }: Draft, end: End): Quantiles | undefined {
  const named = quantiles.get(end.name === UNNAMED ? '' : end.name);
  const labelSets = named?.byEnd.get(end) ?? [];
  return labelSets.length < 2 ? labelSets[0] : named?.byEnd.size === 1 ? named.merged : undefined;
}

function numbersOf(graph: Draft, end: End, reduced: boolean, series: GraphSeries) {
  const received = graph.received.get(end);
  const reported = reportedBy(graph.reported, end);
  const leftOut = graph.leftOut?.byService.get(end.id);
  if (!received && (!reduced || (series.leftOut && !leftOut?.told.incoming))) {
    return { stats: withoutIdleErrors(reported ?? {}), ...optional({ leftOut: leftOut?.told }) };
  }
  const shown = receivedStats(received ?? []);
  const all = reduced ? withLeftOut(shown, leftOut, series) : shown;
  const stats = withQuantiles(all, quantilesOf(graph, end));
  return { stats, ...optional({ reported, leftOut: leftOut?.told }) };
}

/** A service's sums, of which some of the calls are not shown; absent where what is not shown is not known. */
function withLeftOut(
  shown: RequestStats,
  leftOut: ReturnType<LeftOutTotals['byService']['get']>,
  { leftOut: answered, failed }: GraphSeries
): RequestStats {
  if (!answered) {
    return {};
  }
  const incoming = leftOut?.told.incoming ?? 0;
  if (incoming === 0) {
    return shown;
  }
  const rate = (shown.rate ?? 0) + incoming;
  const errors = (shown.errorRate ?? 0) + (leftOut?.incomingFailed ?? 0);
  return defined({
    rate,
    errorRate: errorRateOf(rate, errors, failed !== undefined),
    mean: leftOut && meanOfAll(leftOut),
  });
}

function withoutIdleErrors(stats: RequestStats): RequestStats {
  return stats.rate ? stats : defined({ ...stats, errorRate: undefined });
}

function withQuantiles(stats: RequestStats, quantiles: Quantiles = {}): RequestStats {
  // Interpolation inside the first bucket would turn observations of 0 into a made-up quantile.
  if (stats.mean === 0) {
    return stats;
  }
  return { ...stats, ...quantiles };
}

function optional<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
