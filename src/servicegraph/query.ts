/** Asks Prometheus for a service graph: at most six instant queries, in one round or two. */
import { runInSlices } from '../trace/steps';
import { type ChosenCalls, chosenCalls, MOST_CHARACTERS } from './chosen-calls';
import { type MetricsDialect } from './dialect';
import { type GraphSeries, graphSteps } from './from-series';
import { severalLabelSetsSteps } from './label-sets';
import { callMeans, callQuantiles, serviceQuantiles } from './latency-promql';
import { leftOut } from './left-out-promql';
import { type ServiceGraph } from './model';
import { choosesCalls, failedRate, isReduced, type PromqlOptions, requestRate, spanRate } from './promql';
import { refusalOf } from './refusal';
import { type PromqlQuery, type PromqlRow, type RunPromQL } from './run-promql';
import { type GraphScope } from './scope';
import { settleRound } from './settle';
import { type EpochRange } from './time-ranges';

export interface ServiceGraphRequest {
  runPromQL: RunPromQL;
  dialect: MetricsDialect;
  /** `runPromQL` answers at `to` */
  range: EpochRange;
  scope?: GraphScope;
  /**
   * As `ServiceGraph.severalLabelSets` of an answer for the same, so that one round is enough. Absent: the first round
   * tells them. EVERY_CALLEE: one round, too, in which all buckets are read twice.
   */
  severalLabelSets?: readonly string[] | typeof EVERY_CALLEE;
  signal?: AbortSignal;
}

/** Any callee may have several label sets. */
export const EVERY_CALLEE = 'every callee';

/** The quantiles that `RequestStats` has room for. */
const GRAPH_QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

export type GraphQueryId = keyof GraphSeries;

export interface GraphQuery extends PromqlQuery {
  refId: GraphQueryId;
  /** What the reader loses when this query fails; undefined when there is no graph without it. */
  loss?: string;
}

/** Whole seconds of a range, as rates are taken over it. */
export function rangeSeconds({ from, to }: EpochRange): number {
  return Math.max(1, Math.round((to - from) / 1000));
}

function percentileQueries(options: PromqlOptions): GraphQuery[] {
  return options.scope?.reduction?.percentiles === false
    ? []
    : [
        {
          refId: 'callQuantiles',
          expr: callQuantiles(options, GRAPH_QUANTILES),
          instant: true,
          loss: 'Latency percentiles of calls',
        },
        {
          refId: 'serviceQuantiles',
          expr: serviceQuantiles(options, GRAPH_QUANTILES),
          instant: true,
          loss: 'Latency percentiles of services',
        },
      ];
}

/** Span metrics have no client and server labels, so only a whole graph, or that of namespaces, is completed from them. */
function spansOf({ dialect, scope, window }: PromqlOptions): string | undefined {
  const { selectors, reduction } = scope ?? {};
  return dialect.spanMetrics && !selectors?.length && !isReduced({ scope: { reduction } })
    ? spanRate(dialect.spanMetrics, window, dialect, scope)
    : undefined;
}

/** What a graph lacks that only its calls tell: services without calls, and the calls that were left out. */
function completingQueries(options: PromqlOptions): GraphQuery[] {
  const spans = spansOf(options);
  if (isReduced(options)) {
    if (options.scope?.reduction?.leftOut === false) {
      return [];
    }
    const expr = [leftOut(options), ...(spans ? [spans] : [])].join(' or ');
    return [{ refId: 'leftOut', expr, instant: true, loss: 'Sums over the calls that are not shown' }];
  }
  return spans ? [{ refId: 'spans', expr: spans, instant: true, loss: 'Services without calls' }] : [];
}

/** What is known of the calls before their numbers are asked for, so that no more buckets are read than are needed. */
interface KnownCalls {
  severalLabelSets?: readonly string[];
  chosen?: ChosenCalls;
}

/** The queries behind a graph, also for showing them to the reader. */
export function graphQueries(
  dialect: MetricsDialect,
  range: EpochRange,
  scope?: GraphScope,
  { severalLabelSets, chosen }: KnownCalls = {}
): GraphQuery[] {
  const merge = severalLabelSets && severalLabelSets.join().length <= MOST_CHARACTERS ? severalLabelSets : undefined;
  const options: PromqlOptions = { dialect, scope, window: rangeSeconds(range), merge, chosen };
  return [
    { refId: 'requests', expr: requestRate(options), instant: true },
    { refId: 'failed', expr: failedRate(options), instant: true, loss: 'Error rates' },
    { refId: 'callMeans', expr: callMeans(options), instant: true, loss: 'Average latencies' },
    ...percentileQueries(options),
    ...completingQueries(options),
  ];
}

const QUANTILES: ReadonlySet<GraphQueryId> = new Set(['callQuantiles', 'serviceQuantiles']);

/** Whether the requests tell how a query can read less. */
function waitsForRequests({ scope, severalLabelSets }: ServiceGraphRequest, refId: GraphQueryId): boolean {
  if (choosesCalls({ scope })) {
    // Those of a list of services are few already.
    return refId !== 'requests' && !scope?.reduction?.services;
  }
  return QUANTILES.has(refId) && severalLabelSets === undefined && !isReduced({ scope });
}

async function knownBy(
  rows: readonly PromqlRow[],
  { dialect, scope }: ServiceGraphRequest,
  signal: AbortSignal
): Promise<KnownCalls> {
  if (!choosesCalls({ scope })) {
    return { severalLabelSets: await runInSlices(severalLabelSetsSteps(rows, dialect), signal) };
  }
  const { topCalls = 0, minRate } = scope?.reduction ?? {};
  const isAll = minRate === undefined && rows.length < topCalls;
  return { chosen: isAll ? undefined : chosenCalls(rows, dialect) };
}

/** Answers the queries of a graph; those that wait for the requests are sent as small as these let them be. */
async function askInRounds(request: ServiceGraphRequest, signal: AbortSignal) {
  const { runPromQL, dialect, range, scope, severalLabelSets } = request;
  const run = async ({ refId, expr, instant }: GraphQuery): Promise<PromqlRow[]> =>
    (await runPromQL([{ refId, expr, instant }], signal))[refId] ?? [];
  const queries = graphQueries(dialect, range, scope, severalLabelSets === EVERY_CALLEE ? {} : { severalLabelSets });
  const [first] = queries;
  const requests = run(first);
  let known: Promise<KnownCalls> | undefined;
  const runSmaller = async (query: GraphQuery): Promise<PromqlRow[]> => {
    known ??= requests.then((rows) => knownBy(rows, request, signal));
    const all = graphQueries(dialect, range, scope, await known);
    const small = all.find(({ refId }) => refId === query.refId) ?? query;
    return run(small).catch((error: unknown) => {
      // Names make a query longer, which some servers limit rather than what it reads.
      if (small.expr === query.expr || refusalOf(error)?.reason !== 'too-long') {
        throw error;
      }
      return run(query);
    });
  };
  return settleRound(
    queries,
    (query) => (query === first ? requests : waitsForRequests(request, query.refId) ? runSmaller(query) : run(query)),
    signal
  );
}

/**
 * @throws GraphRefusedError, or the error of the request rate's query, without which there is no graph; any other failure
 * becomes a notice
 */
export async function queryServiceGraph(request: ServiceGraphRequest): Promise<ServiceGraph> {
  const { dialect, scope } = request;
  const signal = request.signal ?? new AbortController().signal;
  const { answers, notices, refused } = await askInRounds(request, signal);
  const series: GraphSeries = { requests: [], ...answers };
  const built = await runInSlices(
    graphSteps(series, dialect, { notices, reduced: isReduced({ scope }), namespaces: scope?.namespaces }),
    signal
  );
  const graph = refused ? { ...built, refused } : built;
  const hidden = hiddenCalls(graph);
  return hidden === undefined ? graph : { ...graph, notices: [...graph.notices, hidden] };
}

/** What a reduction left out, for the reader; undefined when that is nothing or not known. */
function hiddenCalls({ calls, all }: ServiceGraph): string | undefined {
  if (all?.calls === undefined || all.calls <= calls.length) {
    return undefined;
  }
  const shown = calls.reduce((total, { stats }) => total + (stats.rate ?? 0), 0);
  const share = all.rate ? ` with ${Math.round((1 - Math.min(1, shown / all.rate)) * 100)}% of the requests` : '';
  return `${all.calls - calls.length} of ${all.calls} calls${share} are not shown`;
}
