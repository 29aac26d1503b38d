/**
 * PromQL over span metrics for one service or all of them, `(span metrics, scope, window) -> expression`.
 * `window` is what stands between the brackets: `$__rate_interval` in panels, `3600s` over a whole range.
 */
import { type HistogramKind, spanLabels, type SpanMetricNames } from './dialect';
import { labelList, selector } from './promql-text';
import { type LabelMatcher } from './scope';

export interface SpanMetricsScope {
  service?: string;
  namespace?: string;
  /** Name of the span */
  operation?: string;
  /** What else the series must have, e.g. `spanMatchers` of a service of the graph */
  matchers?: readonly LabelMatcher[];
}

/** Spans that stand for a request received: client and internal spans would count it again. */
const INCOMING_KINDS = 'SPAN_KIND_SERVER|SPAN_KIND_CONSUMER';
const FAILED_STATUS = 'STATUS_CODE_ERROR';

function scopeMatchers(names: SpanMetricNames, scope: SpanMetricsScope): LabelMatcher[] {
  const { kind, operation } = spanLabels(names);
  const wanted: Array<[string, string | undefined]> = [
    [names.serviceLabel, scope.service],
    [names.namespaceLabel, scope.namespace],
    [operation, scope.operation],
  ];
  const matchers = wanted.flatMap(([label, value]): LabelMatcher[] =>
    value === undefined ? [] : [{ label, operator: '=', value }]
  );
  return [...(scope.matchers ?? []), ...matchers, { label: kind, operator: '=~', value: INCOMING_KINDS }];
}

const aggregate = (by: readonly string[], expression: string) =>
  by.length === 0 ? `sum(${expression})` : `sum by (${labelList(by)}) (${expression})`;

/** req/s received */
export function incomingRate(
  names: SpanMetricNames,
  scope: SpanMetricsScope,
  window: string,
  by: string[] = []
): string {
  return aggregate(by, `rate(${selector(names.calls, scopeMatchers(names, scope))}[${window}])`);
}

/** Failed req/s; 0 where requests were seen and none failed, nothing where no request was seen. */
export function failedIncomingRate(
  names: SpanMetricNames,
  scope: SpanMetricsScope,
  window: string,
  by: string[] = []
): string {
  const isFailed: LabelMatcher = { label: spanLabels(names).status, operator: '=', value: FAILED_STATUS };
  const failed = aggregate(by, `rate(${selector(names.calls, [...scopeMatchers(names, scope), isFailed])}[${window}])`);
  return `${failed} or 0 * ${incomingRate(names, scope, window, by)}`;
}

/** Failed share of the requests, 0 to 1. */
export function failedShare(
  names: SpanMetricNames,
  scope: SpanMetricsScope,
  window: string,
  by: string[] = []
): string {
  return `(${failedIncomingRate(names, scope, window, by)}) / ${incomingRate(names, scope, window, by)}`;
}

/**
 * Classic buckets wherever they exist, though native ones are finer: Prometheus returns no exemplars for a native
 * histogram that was asked for by its base name.
 */
function bucketRates(
  names: SpanMetricNames,
  histogram: HistogramKind,
  scope: SpanMetricsScope,
  window: string,
  by: string[],
  rate: 'rate' | 'increase' = 'rate'
): string {
  const matchers = scopeMatchers(names, scope);
  return histogram === 'native'
    ? aggregate(by, `${rate}(${selector(names.latency, matchers)}[${window}])`)
    : aggregate(['le', ...by], `${rate}(${selector(`${names.latency}_bucket`, matchers)}[${window}])`);
}

/** Latency quantile in the dialect's unit. */
export function latencyQuantile(
  names: SpanMetricNames,
  histogram: HistogramKind,
  quantile: number,
  scope: SpanMetricsScope,
  window: string,
  by: string[] = []
): string {
  return `histogram_quantile(${quantile}, ${bucketRates(names, histogram, scope, window, by)})`;
}

/** Requests in each latency bucket; classic histograms by `le`, for a heatmap. */
export function latencyHeatmap(
  names: SpanMetricNames,
  histogram: HistogramKind,
  scope: SpanMetricsScope,
  window: string
): string {
  return bucketRates(names, histogram, scope, window, [], 'increase');
}

/** Time that requests took, in the dialect's unit per second: request rate x mean latency. */
export function timeInRequests(
  names: SpanMetricNames,
  histogram: HistogramKind,
  scope: SpanMetricsScope,
  window: string,
  by: string[] = []
): string {
  const matchers = scopeMatchers(names, scope);
  return histogram === 'native'
    ? `histogram_sum(${aggregate(by, `rate(${selector(names.latency, matchers)}[${window}])`)})`
    : aggregate(by, `rate(${selector(`${names.latency}_sum`, matchers)}[${window}])`);
}

/** Some series of the scope with all their labels. @param window s */
export function sampleSeries(names: SpanMetricNames, scope: SpanMetricsScope, window: number): string {
  return `topk(20, last_over_time(${selector(names.calls, scopeMatchers(names, scope))}[${window}s]))`;
}

/** One series for each namespace in which there is a service of this name. @param window s */
export function namespacesOfSeries(names: SpanMetricNames, service: string, window: number): string {
  const series = selector(names.calls, scopeMatchers(names, { service }));
  return `count by (${labelList([names.namespaceLabel])}) (last_over_time(${series}[${window}s]))`;
}
