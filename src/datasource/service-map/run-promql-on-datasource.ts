import {
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  FieldType,
  LoadingState,
} from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import { from, lastValueFrom, type Observable, takeUntil } from 'rxjs';
import { type PromqlQuery, type PromqlRow, type RunPromQL } from '../../servicegraph/run-promql';
import { aborted } from '../http/aborted';

/** What Prometheus-speaking data sources read of a query; others ignore the fields they do not know. */
interface PrometheusQuery extends DataQuery {
  expr: string;
  instant: boolean;
  range: boolean;
  exemplar: boolean;
  format: 'time_series';
}

type PrometheusDataSource = Pick<DataSourceApi, 'query' | 'getRef'>;
type RequestContext = Pick<
  DataQueryRequest,
  'range' | 'scopedVars' | 'timezone' | 'interval' | 'intervalMs' | 'startTime' | 'requestId'
>;

/** Asks a data source of any kind that takes PromQL; its own caching, headers and rights apply. */
export function runPromqlOn(dataSource: PrometheusDataSource, context: RequestContext): RunPromQL {
  // A request holds more, such as a dashboard's ad hoc filters: attributes of spans, which no metric has as labels.
  const { range, scopedVars, timezone, interval, intervalMs, startTime, requestId } = context;
  return async (queries, signal) => {
    const targets = queries.map((query) => toTarget(query, dataSource));
    const request: DataQueryRequest<PrometheusQuery> = {
      range,
      scopedVars,
      timezone,
      interval,
      intervalMs,
      startTime,
      // Explore would force tables.
      app: CoreApp.Unknown,
      requestId: `${requestId}-service-map-${queries.map(({ refId }) => refId).join('-')}`,
      targets,
    };
    const response = await lastValueFrom(toObservable(dataSource.query(request)).pipe(takeUntil(aborted(signal))), {
      defaultValue: undefined,
    });
    if (signal.aborted || response === undefined) {
      throw new DOMException('The request was cancelled', 'AbortError');
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- data sources made for older Grafana use only this
    const problem = response.errors?.[0] ?? response.error;
    if (problem || response.state === LoadingState.Error) {
      throw new Error(problem?.data?.message ?? problem?.message ?? 'The metrics query failed');
    }
    return rowsByQuery(queries, response.data.filter(isDataFrame));
  };
}

function toTarget({ refId, expr }: PromqlQuery, dataSource: PrometheusDataSource): PrometheusQuery {
  return {
    refId,
    expr,
    instant: true,
    range: false,
    exemplar: false,
    format: 'time_series',
    datasource: dataSource.getRef(),
  };
}

function toObservable(
  answer: Promise<DataQueryResponse> | Observable<DataQueryResponse>
): Observable<DataQueryResponse> {
  return from(answer);
}

function rowsByQuery(queries: PromqlQuery[], frames: DataFrame[]): Record<string, PromqlRow[]> {
  const rows: Record<string, PromqlRow[]> = Object.fromEntries(queries.map(({ refId }) => [refId, []]));
  for (const frame of frames) {
    const refId = frame.refId ?? (queries.length === 1 ? queries[0].refId : undefined);
    if (refId !== undefined && rows[refId]) {
      rows[refId].push(...frameRows(frame));
    }
  }
  return rows;
}

/** Labels are on the value field (time series), or are columns of their own (table). */
function frameRows(frame: DataFrame): PromqlRow[] {
  const valueFields = frame.fields.filter(
    ({ name, type, labels }) => type === FieldType.number && (labels || isValue(name))
  );
  const labelFields = frame.fields.filter((field) => field.type !== FieldType.time && !valueFields.includes(field));
  return valueFields.flatMap((field) =>
    Array.from({ length: frame.length }, (_, row) => ({
      labels: {
        ...field.labels,
        ...Object.fromEntries(labelFields.map(({ name, values }) => [name, labelText(values[row])])),
      },
      value: toNumber(field.values[row]),
    })).filter(({ value }) => !Number.isNaN(value))
  );
}

function isValue(name: string): boolean {
  return name === 'Value' || name.startsWith('Value #');
}

/** Tables hold bucket bounds as numbers. */
function labelText(value: unknown): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value ?? '');
}

function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function isDataFrame(data: object): data is DataFrame {
  return 'fields' in data && 'length' in data;
}
