/** Asks Prometheus for a service graph: one round, at most six instant queries. */
import { type MetricsDialect } from './dialect';
import { type GraphSeries, graphFromSeries } from './from-series';
import { type ServiceGraph } from './model';
import {
  callMeans,
  callQuantiles,
  failedRate,
  type PromqlOptions,
  requestRate,
  serviceQuantiles,
  spanRate,
} from './promql';
import { type PromqlQuery, type PromqlRow, type RunPromQL } from './run-promql';
import { type GraphScope } from './scope';

export interface ServiceGraphRequest {
  runPromQL: RunPromQL;
  dialect: MetricsDialect;
  /** ms since the Unix epoch; `runPromQL` answers at `to` */
  range: { from: number; to: number };
  scope?: GraphScope;
  signal?: AbortSignal;
}

/** The quantiles that `RequestStats` has room for. */
export const GRAPH_QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

export type GraphQueryId = keyof GraphSeries;

export interface GraphQuery extends PromqlQuery {
  refId: GraphQueryId;
  /** What the reader loses when this query fails; undefined when there is no graph without it. */
  loss?: string;
}

/** Whole seconds of a range, as rates are taken over it. */
export function rangeSeconds({ from, to }: { from: number; to: number }): number {
  return Math.max(1, Math.round((to - from) / 1000));
}

/** The queries behind a graph, also for showing them to the reader. */
export function graphQueries(dialect: MetricsDialect, range: { from: number; to: number }, scope?: GraphScope) {
  const window = rangeSeconds(range);
  const options: PromqlOptions = { dialect, scope, window };
  const queries: GraphQuery[] = [
    { refId: 'requests', expr: requestRate(options), instant: true },
    { refId: 'failed', expr: failedRate(options), instant: true, loss: 'Error rates' },
    { refId: 'callMeans', expr: callMeans(options), instant: true, loss: 'Average latencies' },
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
  // Span metrics have no client and server labels, so a filtered graph cannot be completed from them.
  if (dialect.spanMetrics && !scope?.selectors?.length) {
    queries.push({
      refId: 'spans',
      expr: spanRate(dialect.spanMetrics, window),
      instant: true,
      loss: 'Services without calls',
    });
  }
  return queries;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/**
 * @throws the error of the request rate's query, without which there is no graph; any other failure becomes a notice
 */
export async function queryServiceGraph(request: ServiceGraphRequest): Promise<ServiceGraph> {
  const { runPromQL, dialect, range, scope } = request;
  const signal = request.signal ?? new AbortController().signal;
  const queries = graphQueries(dialect, range, scope);
  // One call for each query, side by side, so that one that fails leaves the others alone.
  const answers = await Promise.allSettled(
    queries.map(async ({ refId, expr, instant }): Promise<PromqlRow[]> => {
      const answer = await runPromQL([{ refId, expr, instant }], signal);
      return answer[refId] ?? [];
    })
  );
  if (signal.aborted) {
    throw new DOMException('The request was aborted.', 'AbortError');
  }
  const series: GraphSeries = { requests: [] };
  const notices: string[] = [];
  answers.forEach((answer, index) => {
    const { refId, loss } = queries[index];
    if (answer.status === 'fulfilled') {
      series[refId] = answer.value;
    } else if (loss === undefined) {
      throw answer.reason;
    } else {
      notices.push(`${loss} are missing: ${messageOf(answer.reason)}`);
    }
  });
  return graphFromSeries(series, dialect, notices);
}
