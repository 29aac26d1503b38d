/** Pure builders of PromQL, `(dialect, scope, window) -> expression`. Every value is escaped. */
import { type MetricsDialect, type SpanMetricNames } from './dialect';
import { type GraphScope, type LabelMatcher } from './scope';

/** Label that tells which end's histogram a latency is from. */
export const SIDE_LABEL = 'latency_side';
/** Label that holds the quantile, e.g. "0.95". */
export const QUANTILE_LABEL = 'latency_quantile';

export type LatencySide = 'client' | 'server';

/** Connections whose callee may be without instrumentation, so that only the client saw the latency. */
const UNINSTRUMENTED_CALLEE: LabelMatcher = {
  label: 'connection_type',
  operator: '=~',
  value: 'virtual_node|database',
};

export interface PromqlOptions {
  dialect: MetricsDialect;
  scope?: GraphScope;
  /** s; the window that rates are taken over */
  window: number;
}

/** @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals */
export function quote(value: string): string {
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}

/** Makes a regular expression that matches exactly `value`, for RE2 as PromQL has it. */
export function escapeRegex(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function labelName(label: string): string {
  return LEGACY_LABEL.test(label) ? label : quote(label);
}

function labelList(labels: readonly string[]): string {
  return [...new Set(labels)].map(labelName).join(', ');
}

/** `metric{matchers}`; names outside the legacy character set go into the braces, as Prometheus 3 wants them. */
export function selector(metric: string, matchers: readonly LabelMatcher[] = []): string {
  const legacy = LEGACY_NAME.test(metric);
  const parts = matchers.map(({ label, operator, value }) => `${labelName(label)}${operator}${quote(value)}`);
  const inner = [...(legacy ? [] : [quote(metric)]), ...parts].join(', ');
  return (legacy ? metric : '') + (inner === '' ? '' : `{${inner}}`);
}

/** Rates of all series that one of the scope's selectors takes; a series taken twice counts once. */
function rates({ scope, window }: PromqlOptions, metric: string, extra: readonly LabelMatcher[] = []): string {
  const alternatives = scope?.selectors?.length ? scope.selectors : [[]];
  return alternatives.map((matchers) => `rate(${selector(metric, [...matchers, ...extra])}[${window}s])`).join(' or ');
}

function edgeLabels({ labels }: MetricsDialect): string[] {
  return [
    labels.client,
    labels.server,
    labels.connectionType,
    labels.virtualNode,
    labels.clientNamespace,
    labels.serverNamespace,
  ];
}

function sumBy(labels: readonly string[], expression: string): string {
  return `sum by (${labelList(labels)}) (${expression})`;
}

function withLabel(label: string, value: string, expression: string): string {
  return `label_replace(${expression}, ${quote(label)}, ${quote(value)}, "", "")`;
}

/** req/s of each call */
export function requestRate(options: PromqlOptions): string {
  return sumBy(edgeLabels(options.dialect), rates(options, options.dialect.requests));
}

/** Failed req/s of each call; a call that never failed has no series. */
export function failedRate(options: PromqlOptions): string {
  const { failed, requests } = options.dialect;
  const failing =
    'counter' in failed
      ? rates(options, failed.counter)
      : rates(options, requests, [{ label: failed.label, operator: '=', value: failed.value }]);
  return sumBy(edgeLabels(options.dialect), failing);
}

/** Native histograms where there are any: their buckets are finer than the classic ones. */
export function usesNative({ histogram }: MetricsDialect): boolean {
  return histogram !== 'classic';
}

interface SideHistogram {
  side: LatencySide;
  metric: string;
  matchers: LabelMatcher[];
}

/** The client's histogram is only asked for where the callee may not have one of its own. */
function sideHistograms(dialect: MetricsDialect): SideHistogram[] {
  const server: SideHistogram = { side: 'server', metric: dialect.serverLatency, matchers: [] };
  if (!dialect.clientLatency) {
    return [server];
  }
  const matcher = { ...UNINSTRUMENTED_CALLEE, label: dialect.labels.connectionType };
  return [server, { side: 'client', metric: dialect.clientLatency, matchers: [matcher] }];
}

function meanLatency(options: PromqlOptions, labels: readonly string[], { metric, matchers }: SideHistogram): string {
  if (usesNative(options.dialect)) {
    const histogram = sumBy(labels, rates(options, metric, matchers));
    return `histogram_sum(${histogram}) / histogram_count(${histogram})`;
  }
  const sum = sumBy(labels, rates(options, `${metric}_sum`, matchers));
  return `${sum} / ${sumBy(labels, rates(options, `${metric}_count`, matchers))}`;
}

/** Mean latency of each call in the dialect's unit, for each side, told apart by SIDE_LABEL. */
export function callMeans(options: PromqlOptions): string {
  return sideHistograms(options.dialect)
    .map((histogram) =>
      withLabel(SIDE_LABEL, histogram.side, meanLatency(options, edgeLabels(options.dialect), histogram))
    )
    .join(' or ');
}

function quantile(
  options: PromqlOptions,
  labels: readonly string[],
  { metric, matchers }: SideHistogram,
  q: number
): string {
  const histogram = usesNative(options.dialect)
    ? sumBy(labels, rates(options, metric, matchers))
    : sumBy([...labels, 'le'], rates(options, `${metric}_bucket`, matchers));
  return `histogram_quantile(${q}, ${histogram})`;
}

function quantilesBy(options: PromqlOptions, labels: readonly string[], quantiles: readonly number[]): string {
  return sideHistograms(options.dialect)
    .flatMap((histogram) =>
      quantiles.map((q) =>
        withLabel(
          QUANTILE_LABEL,
          String(q),
          withLabel(SIDE_LABEL, histogram.side, quantile(options, labels, histogram, q))
        )
      )
    )
    .join(' or ');
}

/** Quantiles of each call's latency in the dialect's unit, told apart by QUANTILE_LABEL and SIDE_LABEL. */
export function callQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  return quantilesBy(options, edgeLabels(options.dialect), quantiles);
}

/** Quantiles over all calls that a service received: quantiles of single calls cannot be added up. */
export function serviceQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  const { server, serverNamespace } = options.dialect.labels;
  return quantilesBy(options, [server, serverNamespace], quantiles);
}

/** Spans/s of every service by kind and status: finds services without calls and their request rate. */
export function spanRate(spanMetrics: SpanMetricNames, window: number): string {
  const labels = [spanMetrics.serviceLabel, spanMetrics.namespaceLabel, 'span_kind', 'status_code'];
  return sumBy(labels, `rate(${selector(spanMetrics.calls)}[${window}s])`);
}

export interface PromqlCallScope {
  /** `client` label */
  client?: string;
  /** `server` label */
  server?: string;
  clientNamespace?: string;
  serverNamespace?: string;
}

/** Selectors for the calls between two ends; an end left out is any. */
export function callScope({ labels }: MetricsDialect, call: PromqlCallScope): GraphScope {
  const wanted: Array<[string, string | undefined]> = [
    [labels.client, call.client],
    [labels.server, call.server],
    [labels.clientNamespace, call.clientNamespace],
    [labels.serverNamespace, call.serverNamespace],
  ];
  const matchers = wanted.flatMap(([label, value]): LabelMatcher[] =>
    value === undefined ? [] : [{ label, operator: '=', value }]
  );
  return { selectors: [matchers] };
}

/** Selectors for all calls made or received by one of the services (names as in the labels). */
export function servicesScope({ labels }: MetricsDialect, names: readonly string[]): GraphScope {
  const value = names.map(escapeRegex).join('|');
  return {
    selectors: [labels.client, labels.server].map((label): LabelMatcher[] => [{ label, operator: '=~', value }]),
  };
}
