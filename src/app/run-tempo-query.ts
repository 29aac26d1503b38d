import {
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  LoadingState,
  type TimeRange,
} from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { type DataQuery } from '@grafana/schema';
import { from, lastValueFrom, takeUntil, type Observable } from 'rxjs';
import { aborted } from '../datasource/http/aborted';
import { type TempoQuery } from '../datasource/types';

let requestCount = 0;

const INTERVAL_MS = 15_000;

/**
 * Sends one query to a Tempo data source, ours or Grafana's own, with the viewer's rights.
 * @throws Error with the data source's text; a DOMException named AbortError when `signal` is aborted
 */
export async function runTempoQuery(
  dataSourceUid: string,
  range: TimeRange,
  query: Omit<TempoQuery, 'refId'>,
  signal: AbortSignal
): Promise<DataFrame[]> {
  const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
  const request: DataQueryRequest<DataQuery> = {
    app: CoreApp.Unknown,
    requestId: `traceatlas-tempo-${++requestCount}`,
    range,
    scopedVars: {},
    timezone: 'browser',
    interval: '15s',
    intervalMs: INTERVAL_MS,
    startTime: Date.now(),
    targets: [{ refId: 'A', datasource: dataSource.getRef(), ...query }],
  };
  const answer: Observable<DataQueryResponse> = from(dataSource.query(request));
  const response = await lastValueFrom(answer.pipe(takeUntil(aborted(signal))), { defaultValue: undefined });
  if (signal.aborted || response === undefined) {
    throw new DOMException('The request was cancelled', 'AbortError');
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- data sources made for older Grafana use only this
  const problem = response.errors?.[0] ?? response.error;
  if (problem || response.state === LoadingState.Error) {
    throw new Error(problem?.data?.message ?? problem?.message ?? 'The query failed');
  }
  return response.data.filter(
    (data): data is DataFrame => typeof data === 'object' && data !== null && 'fields' in data
  );
}

/** A search in the shape that both data sources understand. */
export function spanSearch(query: string, limit: number, spansPerTrace: number): Omit<TempoQuery, 'refId'> {
  return { queryType: 'traceql', query, limit, spss: spansPerTrace, tableType: 'spans', filters: [] };
}
