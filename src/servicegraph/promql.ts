/** Pure builders of PromQL, `(dialect, scope, window) -> expression`. */
import { endLabels, type MetricsDialect, type RecordedRates, spanLabels, type SpanMetricNames } from './dialect';
import { type ChosenCalls } from './chosen-calls';
import { anyOf, copyLabel, matching, selector, sumBy } from './promql-text';
import { recordedName, usesRecorded } from './recorded';
import { type GraphScope, type LabelMatcher } from './scope';

/** Label that tells which end's histogram a latency is from. */
export const SIDE_LABEL = 'latency_side';
/** Label that holds the quantile, e.g. "0.95". */
export const QUANTILE_LABEL = 'latency_quantile';

export type LatencySide = 'client' | 'server';

export interface PromqlOptions {
  dialect: MetricsDialect;
  scope?: GraphScope;
  /** s; the window that rates are taken over */
  window: number;
  /** Callees whose label sets latencies are also put together of; of every callee when absent */
  merge?: readonly string[];
  /** What the reduction lets through, when an answer has told: only series of these names are read. */
  chosen?: ChosenCalls;
}

/** Which ends must be among the scope's services, when the scope names some. */
export type Inside = 'both' | LatencySide;

function alternativesOf(options: PromqlOptions, inside: Inside): LabelMatcher[][] {
  const alternatives = options.scope?.selectors?.length ? options.scope.selectors : [[]];
  const limits = inNamespaces(options, inside);
  const matchers = ofServices(options, inside);
  const chosen = ofChosenNames(options, inside);
  return alternatives.flatMap((alternative) =>
    limits.flatMap((limit) => chosen.map((names) => [...alternative, ...limit, ...names, ...matchers]))
  );
}

/** Alternatives. Of services all calls are needed, of calls those between the ends. */
function ofChosenNames({ dialect, chosen }: PromqlOptions, inside: Inside): LabelMatcher[][] {
  const { client, server } = dialect.labels;
  if (!chosen) {
    return [[]];
  }
  return inside === 'both'
    ? chosen.parts.map(({ clients, servers }) => [anyOf(client, clients), anyOf(server, servers)])
    : chosen.services.map((names) => [anyOf(inside === 'client' ? client : server, names)]);
}

function ofServices({ dialect, scope }: PromqlOptions, inside: Inside): LabelMatcher[] {
  const services = scope?.reduction?.services;
  if (!services) {
    return [];
  }
  const { client, server } = dialect.labels;
  const ends = inside === 'both' ? [client, server] : [inside === 'client' ? client : server];
  return ends.map((label) => anyOf(label, services));
}

/** Alternatives. Calls of a graph have either end in a namespace; all calls of a service are found by its own. */
function inNamespaces({ dialect, scope }: PromqlOptions, inside: Inside): LabelMatcher[][] {
  const { clientNamespace, serverNamespace } = dialect.labels;
  if (!scope?.namespaces?.length) {
    return [[]];
  }
  if (inside === 'both') {
    return [[anyOf(clientNamespace, scope.namespaces)], [anyOf(serverNamespace, scope.namespaces)]];
  }
  // Some series of a service lack its namespace: see `Ends`.
  return [[anyOf(inside === 'client' ? clientNamespace : serverNamespace, ['', ...scope.namespaces])]];
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
export function rates(
  options: PromqlOptions,
  metric: string,
  extra: readonly LabelMatcher[] = [],
  inside: Inside = 'both'
): string {
  return alternativesOf(options, inside)
    .map((matchers) => rateOf(options, metric, [...matchers, ...extra]))
    .join(' or ');
}

/** Selectors of all series of a metric that the scope takes. */
export function scopedSelectors(options: PromqlOptions, metric: string): string[] {
  return alternativesOf(options, 'both').map((matchers) => selector(metric, matchers));
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

export function allRequests(
  options: PromqlOptions,
  inside: Inside = 'both',
  by = edgeLabels(options.dialect),
  extra: readonly LabelMatcher[] = []
): string {
  return sumBy(by, rates(options, options.dialect.requests, extra, inside));
}

/** Failed req/s of every call, whatever the reduction lets through */
export function failures(options: PromqlOptions, inside: Inside = 'both'): string {
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

/** Whether the reduction picks calls by their rates, so that only the answer tells which are shown. */
export function choosesCalls({ scope }: Pick<PromqlOptions, 'scope'>): boolean {
  return scope?.reduction?.topCalls !== undefined || scope?.reduction?.minRate !== undefined;
}

/** Whether the answers lack calls whose numbers belong to services that are shown. */
export function isReduced({ scope }: Pick<PromqlOptions, 'scope'>): boolean {
  const isLimited = scope?.reduction?.services !== undefined || Boolean(scope?.namespaces?.length);
  return isLimited || choosesCalls({ scope });
}

/** req/s of each call that the reduction lets through */
export function requestRate(options: PromqlOptions): string {
  const { topCalls, minRate } = options.scope?.reduction ?? {};
  const all = allRequests(options);
  const busy = minRate === undefined ? all : `${all} >= ${minRate}`;
  return topCalls === undefined ? busy : `topk(${topCalls}, ${busy})`;
}

/** req/s of the calls of the reduced graph, beside which others are left out: the same whatever is known of them. */
export function chosenRate(options: PromqlOptions): string {
  return requestRate({ ...options, chosen: undefined });
}

/** Only the series that belong to a call of the reduced graph; of known names the reader drops what is no such call. */
export function ofChosenCalls(options: PromqlOptions, expression: string): string {
  return choosesCalls(options) && !options.chosen
    ? matching('and', expression, edgeLabels(options.dialect), chosenRate(options))
    : expression;
}

/** Only the series of services, at the given end, that one of the graph's calls is made or received by. */
export function ofChosenServices(options: PromqlOptions, end: LatencySide, expression: string): string {
  if (options.chosen) {
    return expression;
  }
  const { client, server } = options.dialect.labels;
  const [name, other] = end === 'client' ? [client, server] : [server, client];
  const shown = chosenRate(options);
  // By name: some series of a service lack the other labels that tell it apart.
  // One row for each of the others: two with the same labels after copying would be an error.
  return matching('and', expression, [name], `${shown} or ${copyLabel(other, name, sumBy([other], shown))}`);
}

/** Failed req/s of each call; a call that never failed has no series. */
export function failedRate(options: PromqlOptions): string {
  return ofChosenCalls(options, failures(options));
}

/** Spans/s of every service by kind and status: finds services without calls and their request rate. */
export function spanRate(
  spanMetrics: SpanMetricNames,
  window: number,
  { recorded, identity = [] }: Pick<MetricsDialect, 'recorded' | 'identity'> = {},
  { namespaces = [] }: Pick<GraphScope, 'namespaces'> = {}
): string {
  const { kind, status } = spanLabels(spanMetrics);
  const labels = [spanMetrics.serviceLabel, spanMetrics.namespaceLabel, kind, status, ...identity];
  const matchers = namespaces.length > 0 ? [anyOf(spanMetrics.namespaceLabel, namespaces)] : [];
  if (recorded?.spans && usesRecorded({ recorded }, window)) {
    return sumBy(labels, recordedRate(selector(recordedName(spanMetrics.calls, 'spans'), matchers), recorded, window));
  }
  return sumBy(labels, `rate(${selector(spanMetrics.calls, matchers)}${seconds(window)})`);
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
