/** Pure builders of PromQL, `(dialect, scope, window) -> expression`. */
import {
  endLabels,
  identityLabels,
  type MetricsDialect,
  type RecordedRates,
  spanLabels,
  type SpanMetricNames,
} from './dialect';
import { anyOf, copyLabel, matching, selector, sumBy, withLabel } from './promql-text';
import { recordedName, usesRecorded } from './recorded';
import { type GraphScope, type LabelMatcher } from './scope';

/** Label that tells which end's histogram a latency is from. */
export const SIDE_LABEL = 'latency_side';
/** Label that holds the quantile, e.g. "0.95". */
export const QUANTILE_LABEL = 'latency_quantile';
/** Label that tells what a row of `leftOut` is: a LeftOutPart. */
export const PART_LABEL = 'left_out_part';

export type LatencySide = 'client' | 'server';

/**
 * `incoming`, `incoming_failed`: req/s to a shown service by calls that are not shown, `outgoing`: from it;
 * `mean`: latency of all its requests; `rate`, `calls`: req/s and number of all calls, shown or not.
 */
export type LeftOutPart = 'incoming' | 'incoming_failed' | 'outgoing' | 'mean' | 'rate' | 'calls';

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

/** Which ends must be among the scope's services, when the scope names some. */
type Inside = 'both' | LatencySide;

function alternativesOf({ dialect, scope }: PromqlOptions, inside: Inside): LabelMatcher[][] {
  const alternatives = scope?.selectors?.length ? scope.selectors : [[]];
  const services = scope?.reduction?.services;
  if (!services) {
    return alternatives;
  }
  const { client, server } = dialect.labels;
  const ends = inside === 'both' ? [client, server] : [inside === 'client' ? client : server];
  const matchers = ends.map((label) => anyOf(label, services));
  return alternatives.map((alternative) => [...alternative, ...matchers]);
}

/** A duration in PromQL */
function seconds(window: number): string {
  return `[${window}s]`;
}

/** Rate of one selector; of recorded rates the mean over the window, in which there are none while nothing was counted. */
function rateOf({ dialect, window }: PromqlOptions, metric: string, matchers: readonly LabelMatcher[]): string {
  return dialect.recorded && usesRecorded(dialect, window)
    ? recordedRate(selector(recordedName(metric), matchers), dialect.recorded, window)
    : `rate(${selector(metric, matchers)}${seconds(window)})`;
}

function recordedRate(recorded: string, { interval }: RecordedRates, window: number): string {
  const evaluations = Math.max(1, Math.ceil(window / interval));
  // One second less than the window: Prometheus 2 counts the sample at its very beginning, Prometheus 3 does not.
  return `sum_over_time(${recorded}${seconds(evaluations * interval - 1)}) / ${evaluations}`;
}

/** Rates of all series that one of the scope's selectors takes; a series taken twice counts once. */
function rates(
  options: PromqlOptions,
  metric: string,
  extra: readonly LabelMatcher[] = [],
  inside: Inside = 'both'
): string {
  return alternativesOf(options, inside)
    .map((matchers) => rateOf(options, metric, [...matchers, ...extra]))
    .join(' or ');
}

/** The labels that tell calls apart. */
export function edgeLabels(dialect: MetricsDialect): string[] {
  const { labels, identity = [] } = dialect;
  const dimensions = identity.flatMap((dimension) => {
    const { client, server } = endLabels(dialect, dimension);
    return [client, server];
  });
  return [
    labels.client,
    labels.server,
    labels.connectionType,
    labels.virtualNode,
    labels.clientNamespace,
    labels.serverNamespace,
    ...dimensions,
  ];
}

function allRequests(options: PromqlOptions, inside: Inside = 'both', by = edgeLabels(options.dialect)): string {
  return sumBy(by, rates(options, options.dialect.requests, [], inside));
}

function failures(options: PromqlOptions, inside: Inside = 'both'): string {
  const { dialect, window } = options;
  const { failed, requests } = dialect;
  const failing =
    'counter' in failed
      ? rates(options, failed.counter, [], inside)
      : usesRecorded(dialect, window)
        ? // The rules keep one sum for a call, so failures have a name of their own there.
          rates(options, requests.replace(/(_total)?$/, '_failed$1'), [], inside)
        : rates(options, requests, [{ label: failed.label, operator: '=', value: failed.value }], inside);
  return sumBy(edgeLabels(dialect), failing);
}

function choosesCalls({ scope }: PromqlOptions): boolean {
  return scope?.reduction?.topCalls !== undefined || scope?.reduction?.minRate !== undefined;
}

/** Whether the answers lack calls whose numbers belong to services that are shown. */
export function isReduced({ scope }: Pick<PromqlOptions, 'scope'>): boolean {
  const { topCalls, minRate, services } = scope?.reduction ?? {};
  return topCalls !== undefined || minRate !== undefined || services !== undefined;
}

/** req/s of each call that the reduction lets through */
export function requestRate(options: PromqlOptions): string {
  const { topCalls, minRate } = options.scope?.reduction ?? {};
  const all = allRequests(options);
  const busy = minRate === undefined ? all : `${all} >= ${minRate}`;
  return topCalls === undefined ? busy : `topk(${topCalls}, ${busy})`;
}

/** Only the series that belong to a call of the reduced graph; `on` are labels that both have. */
function ofChosenCalls(options: PromqlOptions, expression: string, on = edgeLabels(options.dialect)): string {
  return choosesCalls(options) ? matching('and', expression, on, requestRate(options)) : expression;
}

/** Failed req/s of each call; a call that never failed has no series. */
export function failedRate(options: PromqlOptions): string {
  return ofChosenCalls(options, failures(options));
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

function meanLatency(
  options: PromqlOptions,
  labels: readonly string[],
  { metric, matchers }: SideHistogram,
  inside: Inside = 'both'
): string {
  if (usesNative(options.dialect)) {
    const histogram = sumBy(labels, rates(options, metric, matchers, inside));
    return `histogram_sum(${histogram}) / histogram_count(${histogram})`;
  }
  const sum = sumBy(labels, rates(options, `${metric}_sum`, matchers, inside));
  return `${sum} / ${sumBy(labels, rates(options, `${metric}_count`, matchers, inside))}`;
}

/** Mean latency of each call in the dialect's unit, for each side, told apart by SIDE_LABEL. */
export function callMeans(options: PromqlOptions): string {
  const means = sideHistograms(options.dialect)
    .map((histogram) =>
      withLabel(SIDE_LABEL, histogram.side, meanLatency(options, edgeLabels(options.dialect), histogram))
    )
    .join(' or ');
  return ofChosenCalls(options, means);
}

function quantile(
  options: PromqlOptions,
  labels: readonly string[],
  { metric, matchers }: SideHistogram,
  q: number,
  inside: Inside
): string {
  const histogram = usesNative(options.dialect)
    ? sumBy(labels, rates(options, metric, matchers, inside))
    : sumBy([...labels, 'le'], rates(options, `${metric}_bucket`, matchers, inside));
  return `histogram_quantile(${q}, ${histogram})`;
}

function quantilesBy(
  options: PromqlOptions,
  labels: readonly string[],
  quantiles: readonly number[],
  inside: Inside
): string {
  return sideHistograms(options.dialect)
    .flatMap((histogram) =>
      quantiles.map((q) =>
        withLabel(
          QUANTILE_LABEL,
          String(q),
          withLabel(SIDE_LABEL, histogram.side, quantile(options, labels, histogram, q, inside))
        )
      )
    )
    .join(' or ');
}

/** Quantiles of each call's latency in the dialect's unit, told apart by QUANTILE_LABEL and SIDE_LABEL. */
export function callQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  return ofChosenCalls(options, quantilesBy(options, edgeLabels(options.dialect), quantiles, 'both'));
}

/** Quantiles over all calls that a service received: quantiles of single calls cannot be added up. */
export function serviceQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  const labels = identityLabels(options.dialect, 'server');
  return ofChosenCalls(options, quantilesBy(options, labels, quantiles, 'server'), labels);
}

/** What the calls that the reduction leaves out add up to, told apart by PART_LABEL. */
export function leftOut(options: PromqlOptions): string {
  const { dialect } = options;
  const shown = requestRate(options);
  const edge = edgeLabels(dialect);
  const [client, server] = [identityLabels(dialect, 'client'), identityLabels(dialect, 'server')];
  // Services that are shown at either end of a call.
  const shownServices = (by: string[], others: string[]) =>
    // One row for each of the others: two with the same labels after copying would be an error.
    `${shown} or ${by.reduce((all, label, index) => copyLabel(others[index], label, all), sumBy(others, shown))}`;
  const ofShown = (by: string[], expression: string) =>
    matching('and', expression, by, by === server ? shownServices(server, client) : shownServices(client, server));
  const rest = (by: string[], all: string) => ofShown(by, sumBy(by, matching('unless', all, edge, shown)));
  const [histogram] = sideHistograms(dialect);
  const parts: Record<LeftOutPart, string> = {
    incoming: rest(server, allRequests(options, 'server')),
    incoming_failed: rest(server, failures(options, 'server')),
    outgoing: rest(client, allRequests(options, 'client')),
    mean: ofShown(server, meanLatency(options, server, histogram, 'server')),
    rate: `sum(${allRequests(options)})`,
    calls: `count(${allRequests(options)})`,
  };
  return Object.entries(parts)
    .map(([part, expression]) => withLabel(PART_LABEL, part, expression))
    .join(' or ');
}

/** Spans/s of every service by kind and status: finds services without calls and their request rate. */
export function spanRate(
  spanMetrics: SpanMetricNames,
  window: number,
  { recorded, identity = [] }: Pick<MetricsDialect, 'recorded' | 'identity'> = {}
): string {
  const { kind, status } = spanLabels(spanMetrics);
  const labels = [spanMetrics.serviceLabel, spanMetrics.namespaceLabel, kind, status, ...identity];
  if (recorded?.spans && usesRecorded({ recorded }, window)) {
    return sumBy(labels, recordedRate(selector(recordedName(spanMetrics.calls, 'spans')), recorded, window));
  }
  return sumBy(labels, `rate(${selector(spanMetrics.calls)}${seconds(window)})`);
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
  return { selectors: [labels.client, labels.server].map((label) => [anyOf(label, names)]) };
}
