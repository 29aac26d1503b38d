/** PromQL for one service or one call over time: rate, failed requests, p95, and where its exemplars are. */
import { type MetricsDialect } from './dialect';
import { overallQuantiles } from './latency-promql';
import { type Service, type ServiceCall } from './model';
import { failedRate, type PromqlOptions, requestRate } from './promql';
import { selector } from './promql-text';
import { type PromqlSeries } from './run-promql';
import { type GraphScope } from './scope';
import { callMatchers, endMatchers, spanMatchers } from './service-matchers';
import { failedIncomingRate, incomingRate, latencyQuantile } from './service-promql';

/** One service or one call with its ends. */
export type GraphPart =
  { kind: 'service'; service: Service } | { kind: 'call'; call: ServiceCall; source: Service; target: Service };

export interface PartQueries {
  rate: string;
  failed: string;
  p95: string;
  /** Buckets whose exemplars are requests of the part */
  exemplars: string;
  /** Of `p95` and of the exemplars' values */
  unit: { p95: 's' | 'ms'; exemplars: 's' | 'ms' };
}

const P95 = 0.95;

/** The calls that the part's numbers are from: of a service those it receives, of the users those they make. */
export function partScope(dialect: MetricsDialect, part: GraphPart): GraphScope {
  if (part.kind === 'service') {
    const end = part.service.kind === 'user' ? 'client' : 'server';
    return { selectors: [endMatchers(dialect, end, part.service)] };
  }
  return { selectors: [callMatchers(dialect, part)] };
}

/** Classic buckets where there are any: Prometheus returns no exemplars for a native histogram's base name. */
function bucketsOf(histogram: MetricsDialect['histogram'], metric: string): string {
  return histogram === 'native' ? metric : `${metric}_bucket`;
}

function exemplarsOfCalls(dialect: MetricsDialect, part: GraphPart, window: number): string {
  const [matchers] = partScope(dialect, part).selectors ?? [[]];
  const isSeenByCaller =
    dialect.clientLatency !== undefined &&
    part.kind === 'call' &&
    (part.target.kind !== 'service' || part.call.connectionType === 'database');
  const metric = isSeenByCaller ? dialect.clientLatency : dialect.serverLatency;
  return `histogram_quantile(${P95}, sum by (le) (rate(${selector(bucketsOf(dialect.histogram, metric ?? dialect.serverLatency), matchers)}[${window}s])))`;
}

/**
 * @param window s; what rates are taken over
 * @param hasCallers false for a service that nobody calls: only its span metrics know its requests
 */
export function partQueries(dialect: MetricsDialect, part: GraphPart, window: number, hasCallers = true): PartQueries {
  const { spanMetrics, unit } = dialect;
  const spanHistogram = spanMetrics?.histogram ?? dialect.histogram;
  const ofSpans =
    part.kind === 'service' && part.service.kind === 'service' && spanMetrics
      ? { names: spanMetrics, scope: { matchers: spanMatchers(spanMetrics, part.service, dialect.identity) } }
      : undefined;
  const options: PromqlOptions = { dialect, scope: partScope(dialect, part), window };
  const exemplars = ofSpans
    ? latencyQuantile(ofSpans.names, spanHistogram, P95, ofSpans.scope, `${window}s`)
    : exemplarsOfCalls(dialect, part, window);
  const exemplarUnit = ofSpans ? ofSpans.names.unit : unit;
  if (ofSpans && !hasCallers) {
    const { names, scope } = ofSpans;
    const span = `${window}s`;
    return {
      rate: incomingRate(names, scope, span),
      failed: failedIncomingRate(names, scope, span),
      p95: latencyQuantile(names, spanHistogram, P95, scope, span),
      exemplars,
      unit: { p95: names.unit, exemplars: exemplarUnit },
    };
  }
  return {
    rate: requestRate(options),
    failed: failedRate(options),
    p95: overallQuantiles(options, [P95]),
    exemplars,
    unit: { p95: unit, exemplars: exemplarUnit },
  };
}

export interface PartHistory {
  /** ms since the Unix epoch */
  times: number[];
  /** req/s; null where nothing is known */
  rate: Array<number | null>;
  /** Failed share, 0 to 1 */
  errors: Array<number | null>;
  /** s */
  p95: Array<number | null>;
}

function usable(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function valuesAt(series: readonly PromqlSeries[]): (time: number) => number[] {
  const byTime = series.map(({ times, values }) => new Map(times.map((time, index) => [time, values[index]])));
  return (time) => byTime.flatMap((values) => usable(values.get(time)) ?? []);
}

function sumOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}

/** One course for each number. @param answers to the queries of the same names */
export function partHistory(
  { unit }: PartQueries,
  answers: Record<'rate' | 'failed' | 'p95', PromqlSeries[]>
): PartHistory {
  const times = [...new Set(Object.values(answers).flatMap((series) => series.flatMap((one) => one.times)))].sort(
    (a, b) => a - b
  );
  const [rates, failures] = [valuesAt(answers.rate), valuesAt(answers.failed)];
  const seconds = valuesAt(answers.p95);
  const factor = unit.p95 === 'ms' ? 1e-3 : 1;
  return {
    times,
    rate: times.map((time) => sumOf(rates(time))),
    errors: times.map((time) => {
      const rate = sumOf(rates(time));
      return rate ? Math.min(1, (sumOf(failures(time)) ?? 0) / rate) : null;
    }),
    p95: times.map((time) => {
      const [value] = seconds(time);
      return value === undefined ? null : value * factor;
    }),
  };
}
