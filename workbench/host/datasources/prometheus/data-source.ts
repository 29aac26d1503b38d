import {
  type AdHocVariableFilter,
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type LegacyMetricFindQueryOptions,
  LoadingState,
  type MetricFindValue,
  type ScopedVars,
  type TestDataSourceResponse,
  type TimeRange,
} from '@grafana/data';
import { type FetchResponse, getBackendSrv, getDataSourceSrv, getTemplateSrv } from '@grafana/runtime';
import { catchError, firstValueFrom, forkJoin, map, type Observable, of } from 'rxjs';
import { PrometheusApi, PrometheusError, type QueryData } from './api';
import { exemplarFrame, linkExemplars, sampleExemplars, toExemplars } from './exemplars';
import { toFrames } from './frames';
import { alignRange, calculateStep, interpolateIntervals, type StepInput } from './interval';
import { addLabelMatchers } from './label-matchers';
import { promqlNotation } from './legend';
import { parseMetricFind } from './metric-find';
import { DEFAULT_SCRAPE_INTERVAL, type PrometheusOptions, type PrometheusQuery } from './model';
import { shapeFrames } from './shape-frames';

interface PreparedQuery {
  query: PrometheusQuery;
  expr: string;
  stepMs: number;
  /** s */
  start: number;
  end: number;
}

/** Stand-in for Grafana's Prometheus data source: same query model, same frames, over Prometheus' HTTP API. */
export class PrometheusDataSource extends DataSourceApi<PrometheusQuery, PrometheusOptions> {
  readonly url: string;
  readonly jsonData: PrometheusOptions;
  private readonly api: PrometheusApi;

  constructor(settings: DataSourceInstanceSettings<PrometheusOptions>) {
    super(settings);
    this.url = settings.url ?? '';
    this.jsonData = settings.jsonData;
    this.interval = settings.jsonData.timeInterval || DEFAULT_SCRAPE_INTERVAL;
    this.api = new PrometheusApi(getBackendSrv(), this.url, settings.jsonData.httpMethod || 'POST');
  }

  override getDefaultQuery(): Partial<PrometheusQuery> {
    return { expr: '', range: true, instant: false };
  }

  override filterQuery(query: PrometheusQuery): boolean {
    return !query.hide && Boolean(query.expr);
  }

  override getQueryDisplayText(query: PrometheusQuery): string {
    return query.expr;
  }

  override query(request: DataQueryRequest<PrometheusQuery>): Observable<DataQueryResponse> {
    const queries = request.targets.filter((query) => this.filterQuery(query));
    if (queries.length === 0) {
      return of({ data: [], state: LoadingState.Done });
    }
    return forkJoin(queries.map((query, index) => this.runOne(query, request, queries.slice(0, index)))).pipe(
      map((responses) => {
        const errors = responses.flatMap((response) => response.errors ?? []);
        return {
          data: responses.flatMap(({ data }) => data),
          errors: errors.length > 0 ? errors : undefined,
          state: errors.length > 0 ? LoadingState.Error : LoadingState.Done,
        };
      })
    );
  }

  private runOne(
    query: PrometheusQuery,
    request: DataQueryRequest<PrometheusQuery>,
    earlier: PrometheusQuery[]
  ): Observable<DataQueryResponse> {
    const prepared = this.prepare(query, request);
    const wantsRange = query.range || !query.instant;
    const valueName = request.targets.length > 1 ? `Value #${query.refId}` : 'Value';
    const isExplore = request.app === CoreApp.Explore;
    const shape = (data: QueryData) =>
      shapeFrames(
        toFrames(data, { ...prepared, refId: query.refId, legendFormat: this.legend(query, request.scopedVars) }),
        query.format,
        isExplore,
        valueName
      );
    const { expr, start, end, stepMs } = prepared;
    const parts: Array<Observable<DataFrame[]>> = [];
    if (wantsRange) {
      parts.push(this.api.queryRange(expr, start, end, stepMs / 1000).pipe(map(shape)));
    }
    if (query.instant) {
      parts.push(this.api.query(expr, request.range.to.valueOf() / 1000).pipe(map(shape)));
    }
    if (wantsRange && wantsExemplars(query, earlier)) {
      parts.push(this.exemplars(prepared));
    }
    return forkJoin(parts).pipe(
      map((frames): DataQueryResponse => ({ data: frames.flat() })),
      catchError((reason: unknown) => of(toErrorResponse(reason, query.refId)))
    );
  }

  private prepare(query: PrometheusQuery, request: DataQueryRequest<PrometheusQuery>): PreparedQuery {
    const { range, maxDataPoints = 0, intervalMs, filters = [], scopedVars } = request;
    const from = range.from.valueOf();
    const to = range.to.valueOf();
    const input: StepInput = {
      rangeMs: to - from,
      maxDataPoints,
      intervalMs,
      minStep: query.interval && this.replaceAllButIntervals(query.interval, scopedVars),
      intervalFactor: query.intervalFactor,
      scrapeInterval: this.jsonData.timeInterval,
    };
    const stepMs = calculateStep(input);
    const [start, end] = alignRange(from, to, stepMs, range.to.utcOffset() * 60);
    const filled = addLabelMatchers(this.replaceAllButIntervals(query.expr, scopedVars), filters);
    return { query, expr: interpolateIntervals(filled, stepMs, input), stepMs, start, end };
  }

  /** Failures of the exemplar query do not take the graph away, as in Grafana. */
  private exemplars({ query, expr, stepMs, start, end }: PreparedQuery): Observable<DataFrame[]> {
    const destinations = this.jsonData.exemplarTraceIdDestinations ?? [];
    const nameOf = (uid: string) => getDataSourceSrv().getInstanceSettings(uid)?.name;
    return this.api.queryExemplars(expr, start, end).pipe(
      map((series) => {
        const frame = exemplarFrame(sampleExemplars(toExemplars(series), stepMs), query.refId);
        return frame ? [linkExemplars(frame, destinations, nameOf)] : [];
      }),
      catchError(() => of([]))
    );
  }

  override interpolateVariablesInQueries(
    queries: PrometheusQuery[],
    scopedVars: ScopedVars,
    filters?: AdHocVariableFilter[]
  ): PrometheusQuery[] {
    return queries.map((query) => ({
      ...query,
      datasource: this.getRef(),
      expr: addLabelMatchers(this.replaceAllButIntervals(query.expr, scopedVars), filters ?? []),
      interval: query.interval && this.replaceAllButIntervals(query.interval, scopedVars),
    }));
  }

  override async metricFindQuery(
    query: string | { query?: string },
    options?: LegacyMetricFindQueryOptions
  ): Promise<MetricFindValue[]> {
    const text = typeof query === 'string' ? query : (query.query ?? '');
    const [start, end] = toSeconds(options?.range);
    const filled = interpolateIntervals(this.replaceAllButIntervals(text, options?.scopedVars ?? {}), 15_000, {
      rangeMs: (end - start) * 1000,
      maxDataPoints: 1,
      intervalMs: 15_000,
      scrapeInterval: this.jsonData.timeInterval,
    });
    const asked = parseMetricFind(filled);
    switch (asked?.kind) {
      case 'label-names':
        return toFindValues(await firstValueFrom(this.api.labelNames(asMatch(asked.metric), start, end)));
      case 'label-values':
        return toFindValues(await firstValueFrom(this.api.labelValues(asked.label, asMatch(asked.metric), start, end)));
      case 'metrics': {
        const names = await firstValueFrom(this.api.labelValues('__name__', [], start, end));
        const pattern = new RegExp(asked.regex);
        return toFindValues(names.filter((name) => pattern.test(name)));
      }
      case 'query-result':
        return resultValues(await firstValueFrom(this.api.query(asked.expr, end)));
      default:
        return filled ? resultValues(await firstValueFrom(this.api.query(filled, end))) : [];
    }
  }

  override async getTagKeys({ timeRange }: DataSourceGetTagKeysOptions<PrometheusQuery>): Promise<MetricFindValue[]> {
    return toFindValues(await firstValueFrom(this.api.labelNames([], ...toSeconds(timeRange))));
  }

  override async getTagValues({
    key,
    timeRange,
  }: DataSourceGetTagValuesOptions<PrometheusQuery>): Promise<MetricFindValue[]> {
    return toFindValues(await firstValueFrom(this.api.labelValues(key, [], ...toSeconds(timeRange))));
  }

  /** Prometheus' own API, as Grafana's data source offers it to others. */
  metadataRequest(path: string, params: Record<string, string | number> = {}): Promise<FetchResponse<unknown>> {
    const url = `${this.url}/${path.replace(/^\//, '')}`;
    return firstValueFrom(getBackendSrv().fetch<unknown>({ url, params, method: 'GET', showErrorAlert: false }));
  }

  async getResource<T = unknown>(path: string, params?: Record<string, string | number>): Promise<T> {
    const url = `/api/datasources/uid/${this.uid}/resources/${path.replace(/^\//, '')}`;
    const response = await firstValueFrom(
      getBackendSrv().fetch<T>({ url, params, method: 'GET', showErrorAlert: false })
    );
    return response.data;
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    const url = `/api/datasources/uid/${this.uid}/health`;
    const { message } = await getBackendSrv().get<{ message: string }>(url, undefined, undefined, {
      showErrorAlert: false,
    });
    return { status: 'success', message };
  }

  private legend({ legendFormat }: PrometheusQuery, scopedVars: ScopedVars): string | undefined {
    return legendFormat && getTemplateSrv().replace(legendFormat, scopedVars);
  }

  /** Intervals are for the step that this data source works out, not for the panel's. */
  private replaceAllButIntervals(text: string, scopedVars: ScopedVars): string {
    const rest = Object.fromEntries(Object.entries(scopedVars).filter(([name]) => !/^__interval(_ms)?$/.test(name)));
    const hidden = text.replace(
      /\$(?:\{(__(?:rate_)?interval(?:_ms)?)\}|(__(?:rate_)?interval(?:_ms)?)\b)/g,
      '\u0000$1$2\u0000'
    );
    return getTemplateSrv()
      .replace(hidden, rest, toPromqlValue)
      .replace(/\u0000(\w+)\u0000/g, '${$1}');
  }
}

/** A query's exemplars, unless an earlier one of the same metric brings them. */
function wantsExemplars(query: PrometheusQuery, earlier: PrometheusQuery[]): boolean {
  const metric = /\w+_bucket\b/.exec(query.expr)?.[0];
  return Boolean(query.exemplar) && !(metric && earlier.some((other) => other.exemplar && other.expr.includes(metric)));
}

function toErrorResponse(reason: unknown, refId: string): DataQueryResponse {
  const message = reason instanceof Error ? reason.message : String(reason);
  const status = reason instanceof PrometheusError ? reason.status : undefined;
  return { data: [], errors: [{ refId, message, status }] };
}

/** A value of a variable inside quotes; one of many values is a regular expression, as it stands behind `=~`. */
function toPromqlValue(value: string | string[], variable?: { multi?: boolean; includeAll?: boolean }): string {
  if (!Array.isArray(value) && !variable?.multi && !variable?.includeAll) {
    return String(value).replace(/[\\"]/g, '\\$&');
  }
  const escaped = [value].flat().map((item) => String(item).replace(/[\\^$*+?.()|[\]{}/]/g, '\\\\$&'));
  return escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`;
}

function toSeconds(range: TimeRange | undefined): [number, number] {
  const end = range?.to.valueOf() ?? Date.now();
  const start = range?.from.valueOf() ?? end - 3_600_000;
  return [Math.floor(start / 1000), Math.ceil(end / 1000)];
}

function toFindValues(names: string[]): MetricFindValue[] {
  return names.map((text) => ({ text, value: text, expandable: true }));
}

function resultValues(data: QueryData): MetricFindValue[] {
  if (data.resultType !== 'vector') {
    return data.resultType === 'scalar' ? [{ text: data.result[1] }] : [];
  }
  return data.result.flatMap(({ metric, value }) =>
    value ? [{ text: `${promqlNotation(metric)} ${value[1]} ${Math.round(value[0] * 1000)}`, expandable: true }] : []
  );
}

function asMatch(metric: string | undefined): string[] {
  return metric ? [metric] : [];
}
