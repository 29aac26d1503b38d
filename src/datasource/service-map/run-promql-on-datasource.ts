import {
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  dateTime,
  type Field,
  FieldType,
  type Labels,
  LoadingState,
} from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import { from, lastValueFrom, type Observable, takeUntil } from 'rxjs';
import {
  type PromqlRangeQuery,
  type PromqlRow,
  type PromqlSeries,
  type RunPromQL,
  type RunPromQLRange,
} from '../../servicegraph/run-promql';
import { isExemplarFrame } from '../../links/exemplar-points';
import { runInSlices, type Steps } from '../../trace/steps';
import { aborted } from '../http/aborted';

/** What Prometheus-speaking data sources read of a query; others ignore the fields they do not know. */
interface PrometheusQuery extends DataQuery {
  expr: string;
  instant: boolean;
  range: boolean;
  exemplar: boolean;
  format: 'time_series';
  /** Shortest step, e.g. `60s` */
  interval?: string;
}

type PrometheusDataSource = Pick<DataSourceApi, 'query' | 'getRef'>;
type RequestContext = Pick<
  DataQueryRequest,
  'range' | 'scopedVars' | 'timezone' | 'interval' | 'intervalMs' | 'maxDataPoints' | 'startTime' | 'requestId'
>;

/** Asks a data source of any kind that takes PromQL; its own caching, headers and rights apply. */
export function runPromqlOn(dataSource: PrometheusDataSource, context: RequestContext): RunPromQL {
  return async (queries, signal) => {
    const targets = queries.map((query) => toTarget(query, dataSource));
    return runInSlices(rowsByQuery(queries, await ask(dataSource, context, targets, signal)), signal);
  };
}

/** More points than a step of whole seconds can give, so that the step is the one that was asked for. */
const MOST_POINTS = 11_000;

/** The same at every step of a range. */
export function runPromqlRangeOn(dataSource: PrometheusDataSource, context: RequestContext): RunPromQLRange {
  return async (queries, { from: start, to: end, step }, signal) => {
    const interval = `${step}s`;
    const targets = queries.map((query) => ({
      ...toTarget(query, dataSource),
      instant: false,
      range: true,
      interval,
    }));
    const [first, last] = [dateTime(start), dateTime(end)];
    const range = { from: first, to: last, raw: { from: first, to: last } };
    const steps = { ...context, range, interval, intervalMs: step * 1000, maxDataPoints: MOST_POINTS };
    return runInSlices(seriesByQuery(queries, await ask(dataSource, steps, targets, signal)), signal);
  };
}

/** The exemplars of a query's series, as frames that links/exemplar-points reads; none where the data source has none. */
export async function promqlExemplarsOn(
  dataSource: PrometheusDataSource,
  context: RequestContext,
  expr: string,
  signal: AbortSignal
): Promise<DataFrame[]> {
  const target = { ...toTarget({ refId: 'exemplars', expr }, dataSource), instant: false, range: true, exemplar: true };
  const frames = await ask(dataSource, context, [target], signal);
  return frames.filter(isExemplarFrame);
}

async function ask(
  dataSource: PrometheusDataSource,
  context: RequestContext,
  targets: PrometheusQuery[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  // A request holds more, such as a dashboard's ad hoc filters: attributes of spans, which no metric has as labels.
  const { range, scopedVars, timezone, interval, intervalMs, maxDataPoints, startTime, requestId } = context;
  const request: DataQueryRequest<PrometheusQuery> = {
    range,
    scopedVars,
    timezone,
    interval,
    intervalMs,
    maxDataPoints,
    startTime,
    // Explore would force tables.
    app: CoreApp.Unknown,
    requestId: `${requestId}-service-map-${targets.map(({ refId }) => refId).join('-')}`,
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
  return response.data.filter(isDataFrame);
}

function toTarget({ refId, expr }: PromqlRangeQuery, dataSource: PrometheusDataSource): PrometheusQuery {
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

/** One frame for each series: of a large graph there are a hundred thousand. */
function* rowsByQuery(queries: PromqlRangeQuery[], frames: DataFrame[]): Steps<Record<string, PromqlRow[]>> {
  const rows: Record<string, PromqlRow[]> = Object.fromEntries(queries.map(({ refId }) => [refId, []]));
  for (const frame of frames) {
    const refId = refIdOf(frame, queries);
    const ofQuery = refId === undefined ? undefined : rows[refId];
    if (ofQuery) {
      addFrameRows(ofQuery, frame);
      yield;
    }
  }
  return rows;
}

function* seriesByQuery(queries: PromqlRangeQuery[], frames: DataFrame[]): Steps<Record<string, PromqlSeries[]>> {
  const series: Record<string, PromqlSeries[]> = Object.fromEntries(queries.map(({ refId }) => [refId, []]));
  for (const frame of frames) {
    series[refIdOf(frame, queries) ?? '']?.push(...frameSeries(frame));
    yield;
  }
  return series;
}

function refIdOf({ refId }: DataFrame, queries: PromqlRangeQuery[]): string | undefined {
  return refId ?? (queries.length === 1 ? queries[0].refId : undefined);
}

function frameSeries(frame: DataFrame): PromqlSeries[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const times = (time?.values ?? []).map(Number);
  return frame.fields
    .filter(({ type }) => type === FieldType.number)
    .map(({ labels = {}, values }) => ({ labels, times, values: values.map(toNumber) }));
}

/** Labels are on the value field (time series), or are columns of their own (table). */
function addFrameRows(rows: PromqlRow[], frame: DataFrame) {
  const valueFields = frame.fields.filter(
    ({ name, type, labels }) => type === FieldType.number && (labels || isValue(name))
  );
  const labelFields = frame.fields.filter((field) => field.type !== FieldType.time && !valueFields.includes(field));
  for (const { labels = {}, values } of valueFields) {
    for (let row = 0; row < frame.length; row++) {
      const value = toNumber(values[row]);
      if (!Number.isNaN(value)) {
        rows.push({ labels: labelFields.length === 0 ? labels : withColumns(labels, labelFields, row), value });
      }
    }
  }
}

function withColumns(labels: Labels, columns: readonly Field[], row: number): Labels {
  const all = { ...labels };
  for (const { name, values } of columns) {
    all[name] = labelText(values[row]);
  }
  return all;
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
