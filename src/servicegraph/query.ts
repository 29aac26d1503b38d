/** Asks Prometheus for a service graph: one round, at most six instant queries. */
import { runInSlices } from '../trace/steps';
import { type MetricsDialect } from './dialect';
import { type GraphSeries, graphSteps } from './from-series';
import { type ServiceGraph } from './model';
import { callMeans, callQuantiles, serviceQuantiles } from './latency-promql';
import { leftOut } from './left-out-promql';
import { failedRate, isReduced, type PromqlOptions, requestRate, spanRate } from './promql';
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
  /** As `ServiceGraph.severalLabelSets` of an answer for the same; absent: not known yet */
  severalLabelSets?: readonly string[];
  signal?: AbortSignal;
}

/** The quantiles that `RequestStats` has room for. */
export const GRAPH_QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

/** Characters of names in one matcher, as servers and gateways limit the length of a request. */
export const MOST_CHARACTERS = 2000;

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
    const expr = [leftOut(options), ...(spans ? [spans] : [])].join(' or ');
    return [{ refId: 'leftOut', expr, instant: true, loss: 'Sums over the calls that are not shown' }];
  }
  return spans ? [{ refId: 'spans', expr: spans, instant: true, loss: 'Services without calls' }] : [];
}

/** The queries behind a graph, also for showing them to the reader. */
export function graphQueries(
  dialect: MetricsDialect,
  range: EpochRange,
  scope?: GraphScope,
  severalLabelSets?: readonly string[]
): GraphQuery[] {
  const merge = severalLabelSets && severalLabelSets.join().length <= MOST_CHARACTERS ? severalLabelSets : undefined;
  const options: PromqlOptions = { dialect, scope, window: rangeSeconds(range), merge };
  return [
    { refId: 'requests', expr: requestRate(options), instant: true },
    { refId: 'failed', expr: failedRate(options), instant: true, loss: 'Error rates' },
    { refId: 'callMeans', expr: callMeans(options), instant: true, loss: 'Average latencies' },
    ...percentileQueries(options),
    ...completingQueries(options),
  ];
}

/**
 * @throws GraphRefusedError, or the error of the request rate's query, without which there is no graph; any other failure
 * becomes a notice
 */
export async function queryServiceGraph(request: ServiceGraphRequest): Promise<ServiceGraph> {
  const { runPromQL, dialect, range, scope, severalLabelSets } = request;
  const signal = request.signal ?? new AbortController().signal;
  const { answers, notices, refused } = await settleRound(
    graphQueries(dialect, range, scope, severalLabelSets),
    async ({ refId, expr, instant }): Promise<PromqlRow[]> =>
      (await runPromQL([{ refId, expr, instant }], signal))[refId] ?? [],
    signal
  );
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
