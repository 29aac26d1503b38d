import { CoreApp, type DataQueryRequest, type DataQueryResponse, LoadingState, type TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { type DataQuery } from '@grafana/schema';
import { from, isObservable, lastValueFrom, type Observable, takeUntil, fromEvent, takeWhile } from 'rxjs';
import { promqlRows } from '../servicegraph/promql-frames';
import { type PromqlQuery, type RunPromQL } from '../servicegraph/run-promql';

/** The part of core's Prometheus query model that instant queries need. */
interface PrometheusTarget extends DataQuery {
  expr: string;
  instant: boolean;
  range: boolean;
  format: 'time_series';
}

let requestCount = 0;

function instantRequest(queries: PromqlQuery[], range: TimeRange): DataQueryRequest<PrometheusTarget> {
  const now = Date.now();
  return {
    app: CoreApp.Unknown,
    requestId: `traceatlas-promql-${++requestCount}`,
    targets: queries.map(({ refId, expr }) => ({ refId, expr, instant: true, range: false, format: 'time_series' })),
    range,
    interval: '15s',
    intervalMs: 15_000,
    scopedVars: {},
    startTime: now,
    timezone: 'browser',
  };
}

function failure({ error, errors }: DataQueryResponse): string | undefined {
  const first = errors?.[0] ?? error;
  return first && (first.message ?? first.statusText ?? 'The metrics data source failed without saying why.');
}

/**
 * Runs instant queries at the end of `range` through a Prometheus data source, with the viewer's own rights.
 * @throws Error with the data source's message when one of them fails
 */
export function promqlRunner(dataSourceUid: string, range: TimeRange): RunPromQL {
  return async (queries, signal) => {
    const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
    const answer = dataSource.query(instantRequest(queries, range));
    const responses: Observable<DataQueryResponse> = isObservable(answer) ? answer : from(answer);
    const response = await lastValueFrom(
      responses.pipe(
        takeWhile(({ state }) => state === LoadingState.Loading || state === LoadingState.Streaming, true),
        takeUntil(fromEvent(signal, 'abort'))
      )
    );
    const message = failure(response);
    if (message) {
      throw new Error(message);
    }
    return Object.fromEntries(queries.map(({ refId }) => [refId, promqlRows(response.data, refId)]));
  };
}
