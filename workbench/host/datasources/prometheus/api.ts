import { type BackendSrv, type FetchError, isFetchError } from '@grafana/runtime';
import { catchError, map, type Observable, throwError } from 'rxjs';
import * as v from 'valibot';

const labels = v.record(v.string(), v.string());
/** Unix time in s and the value, a string as it may be `NaN` or `+Inf`. */
const sample = v.tuple([v.number(), v.string()]);
/** Which bounds belong to the bucket, lower bound, upper bound, count. */
const bucket = v.tuple([v.number(), v.string(), v.string(), v.string()]);
const histogram = v.object({ count: v.string(), sum: v.string(), buckets: v.optional(v.array(bucket), []) });
const histogramSample = v.tuple([v.number(), histogram]);

const queryData = v.variant('resultType', [
  v.object({
    resultType: v.literal('matrix'),
    result: v.array(
      v.object({
        metric: labels,
        values: v.optional(v.array(sample), []),
        histograms: v.optional(v.array(histogramSample), []),
      })
    ),
  }),
  v.object({
    resultType: v.literal('vector'),
    result: v.array(v.object({ metric: labels, value: v.optional(sample), histogram: v.optional(histogramSample) })),
  }),
  v.object({ resultType: v.literal('scalar'), result: sample }),
  v.object({ resultType: v.literal('string'), result: sample }),
]);

const exemplarData = v.array(
  v.object({
    seriesLabels: labels,
    exemplars: v.array(v.object({ labels, value: v.string(), timestamp: v.number() })),
  })
);

export type QueryData = v.InferOutput<typeof queryData>;
export type ExemplarSeries = v.InferOutput<typeof exemplarData>[number];
export type HistogramSample = v.InferOutput<typeof histogramSample>;
type Parameters = Record<string, string | string[] | undefined>;

/** Prometheus' HTTP API as the data source needs it. Errors are `Error`s with Prometheus' own words. */
export class PrometheusApi {
  constructor(
    private readonly backend: Pick<BackendSrv, 'fetch'>,
    private readonly url: string,
    private readonly method: string
  ) {}

  queryRange(query: string, start: number, end: number, stepSec: number): Observable<QueryData> {
    const params = { query, start: String(start), end: String(end), step: String(stepSec) };
    return this.send('query_range', params, queryData);
  }

  query(query: string, time: number): Observable<QueryData> {
    return this.send('query', { query, time: String(time) }, queryData);
  }

  queryExemplars(query: string, start: number, end: number): Observable<ExemplarSeries[]> {
    return this.send('query_exemplars', { query, start: String(start), end: String(end) }, exemplarData);
  }

  labelNames(match: string[], start: number, end: number): Observable<string[]> {
    return this.send('labels', toMatchParams(match, start, end), v.array(v.string()));
  }

  labelValues(label: string, match: string[], start: number, end: number): Observable<string[]> {
    // this address takes no POST
    const path = `label/${encodeURIComponent(label)}/values`;
    return this.send(path, toMatchParams(match, start, end), v.array(v.string()), 'GET');
  }

  private send<T>(
    path: string,
    params: Parameters,
    schema: v.GenericSchema<unknown, T>,
    method = this.method
  ): Observable<T> {
    const isPost = method === 'POST';
    return this.backend
      .fetch<unknown>({
        url: `${this.url}/api/v1/${path}`,
        method,
        showErrorAlert: false,
        ...(isPost ? { data: params, headers: { 'content-type': 'application/x-www-form-urlencoded' } } : { params }),
      })
      .pipe(
        map(({ data }) => parseAnswer(data, schema)),
        catchError((reason: unknown) => throwError(() => (isFetchError(reason) ? toPrometheusError(reason) : reason)))
      );
  }
}

function toMatchParams(match: string[], start: number, end: number): Parameters {
  return { 'match[]': match, start: String(start), end: String(end) };
}

function parseAnswer<T>(body: unknown, schema: v.GenericSchema<unknown, T>): T {
  const parsed = v.safeParse(v.object({ status: v.literal('success'), data: schema }), body);
  if (!parsed.success) {
    throw new Error(`Prometheus answered something else than its API: ${parsed.issues[0].message}`);
  }
  return parsed.output.data;
}

export class PrometheusError extends Error {
  constructor(
    message: string,
    readonly status: number
  ) {
    super(message);
  }
}

function toPrometheusError({ data, status, statusText }: FetchError): PrometheusError {
  const parsed = v.safeParse(v.object({ errorType: v.string(), error: v.string() }), data);
  if (parsed.success) {
    return new PrometheusError(`${parsed.output.errorType}: ${parsed.output.error}`, status);
  }
  const message = v.safeParse(v.object({ message: v.string() }), data);
  return new PrometheusError(message.success ? message.output.message : statusText || `status ${status}`, status);
}
