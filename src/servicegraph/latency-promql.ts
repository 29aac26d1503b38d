/** PromQL for latencies of calls and services: `(dialect, scope, window) -> expression`. */
import { identityLabels, type MetricsDialect } from './dialect';
import {
  allRequests,
  choosesCalls,
  chosenRate,
  edgeLabels,
  type Inside,
  type LatencySide,
  ofChosenCalls,
  ofChosenServices,
  type PromqlOptions,
  QUANTILE_LABEL,
  rates,
  SIDE_LABEL,
} from './promql';
import { anyOf, labelList, matching, sumBy, withLabel } from './promql-text';
import { type LabelMatcher } from './scope';

/** On rows over all label sets of a name, beside those of each label set: see `callQuantiles`. */
export const MERGED_LABEL = 'latency_merged';

/** Connections one end of which may be without instrumentation, so that its histogram holds zeros. */
const ONE_SIDED = 'virtual_node|database';

function oneSided({ labels }: MetricsDialect, operator: '=~' | '!~'): LabelMatcher {
  return { label: labels.connectionType, operator, value: ONE_SIDED };
}

/** Native histograms where there are any: their buckets are finer than the classic ones. */
export function usesNative({ histogram }: MetricsDialect): boolean {
  return histogram !== 'classic';
}

type Suffix = '_bucket' | '_sum' | '_count';

/** The series of a histogram that hold the part; a native histogram holds all of them. */
function named(dialect: MetricsDialect, metric: string, suffix: Suffix): string {
  return usesNative(dialect) ? metric : metric + suffix;
}

/** Seconds that requests took, as the server saw it, by `labels`: 0 where it saw none of them. */
function serverTime(
  options: PromqlOptions,
  labels: readonly string[],
  inside: Inside,
  matchers: readonly LabelMatcher[]
): string {
  const { dialect } = options;
  const time = sumBy(labels, rates(options, named(dialect, dialect.serverLatency, '_sum'), matchers, inside));
  return usesNative(dialect) ? `histogram_sum(${time})` : time;
}

/**
 * Of connections one end of which may be without instrumentation: one histogram for each label set of a call, by the
 * server, or by the client where the server saw nothing. The end that sends no spans has an observation of 0 for each
 * request, which is no measurement.
 */
function oneSidedLatency(
  options: PromqlOptions,
  suffix: Suffix,
  inside: Inside,
  extra: readonly LabelMatcher[] = []
): string {
  const { dialect } = options;
  const [labels, matchers] = [edgeLabels(dialect), [oneSided(dialect, '=~'), ...extra]];
  const server = rates(options, named(dialect, dialect.serverLatency, suffix), matchers, inside);
  if (dialect.clientLatency === undefined) {
    return server;
  }
  const client = rates(options, named(dialect, dialect.clientLatency, suffix), matchers, inside);
  const seen = matching('unless', server, labels, `${serverTime(options, labels, inside, matchers)} == 0`);
  return matching('or', seen, labels, client);
}

/** Exactly one histogram of every request, so that they can be added up over calls of any kind. */
export function measuredLatency(
  options: PromqlOptions,
  suffix: Suffix,
  inside: Inside = 'both',
  extra: readonly LabelMatcher[] = []
): string {
  const { dialect } = options;
  const server = named(dialect, dialect.serverLatency, suffix);
  return dialect.clientLatency === undefined
    ? rates(options, server, extra, inside)
    : `${rates(options, server, [oneSided(dialect, '!~'), ...extra], inside)} or ${oneSidedLatency(options, suffix, inside, extra)}`;
}

/** Mean latency of each call in the dialect's unit as each end has it, told apart by SIDE_LABEL. */
export function callMeans(options: PromqlOptions): string {
  const { dialect } = options;
  const sides: Array<[LatencySide, string | undefined, LabelMatcher[]]> = [
    ['server', dialect.serverLatency, []],
    // The client's histogram is only asked for where the callee may not have one of its own.
    ['client', dialect.clientLatency, [oneSided(dialect, '=~')]],
  ];
  const means = sides.flatMap(([side, metric, matchers]) =>
    metric === undefined ? [] : [withLabel(SIDE_LABEL, side, meanOf(options, metric, matchers))]
  );
  return ofChosenCalls(options, means.join(' or '));
}

function meanOf(options: PromqlOptions, metric: string, matchers: readonly LabelMatcher[]): string {
  const labels = edgeLabels(options.dialect);
  const total = (suffix: Suffix) => sumBy(labels, rates(options, named(options.dialect, metric, suffix), matchers));
  return usesNative(options.dialect)
    ? `histogram_sum(${total('_sum')}) / histogram_count(${total('_count')})`
    : `${total('_sum')} / ${total('_count')}`;
}

/** Seconds that a service's requests took, and how many they were, both each second: parts of its mean. */
export function timeInRequests(options: PromqlOptions, labels: readonly string[], inside: Inside) {
  const total = (suffix: Suffix) => sumBy(labels, measuredLatency(options, suffix, inside));
  return usesNative(options.dialect)
    ? { time: `histogram_sum(${total('_sum')})`, requests: `histogram_count(${total('_count')})` }
    : { time: total('_sum'), requests: total('_count') };
}

function quantilesOf(
  { dialect }: PromqlOptions,
  labels: readonly string[],
  histograms: string,
  quantiles: readonly number[]
): string {
  const total = sumBy(usesNative(dialect) ? labels : [...labels, 'le'], histograms);
  return quantiles
    .map((quantile) => withLabel(QUANTILE_LABEL, String(quantile), `histogram_quantile(${quantile}, ${total})`))
    .join(' or ');
}

/** Quantiles over everything that the scope takes, in the dialect's unit, told apart by QUANTILE_LABEL. */
export function overallQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  return quantilesOf(options, [], measuredLatency(options, '_bucket'), quantiles);
}

/**
 * Quantiles of each call's latency in the dialect's unit, told apart by QUANTILE_LABEL. Quantiles of several label sets
 * cannot be put together, and a call has several where the producer knows the labels of its ends only sometimes: of a
 * database that sends spans itself they depend on which span comes first, of a service on which of its replicas are told
 * their namespace. So there are also those over all label sets of one client and one server, with MERGED_LABEL; whether
 * these are one call is for the reader to tell, who sees all names.
 */
export function callQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  const { dialect, chosen } = options;
  const { labels } = dialect;
  const each = quantilesOf(options, edgeLabels(dialect), measuredLatency(options, '_bucket'), quantiles);
  const own = ofChosenCalls(options, each);
  const merging = { ...options, merge: chosen ? chosen.severalLabelSets : options.merge };
  if (merging.merge?.length === 0) {
    return own;
  }
  const names = [labels.client, labels.server, labels.connectionType];
  const histograms = measuredLatency(merging, '_bucket', 'both', toMerge(merging));
  const merged = quantilesOf(merging, names, histograms, quantiles);
  const label = withLabel(MERGED_LABEL, 'true', matching('and', merged, names, severalLabelSets(merging, names)));
  return `(${own}) or ${label}`;
}

/** The buckets of the others need not be read twice. */
function toMerge({ dialect, merge }: PromqlOptions): LabelMatcher[] {
  return merge ? [anyOf(dialect.labels.server, merge)] : [];
}

/** Calls by name that have several label sets, all of which the reduction lets through. */
function severalLabelSets(options: PromqlOptions, names: readonly string[]): string {
  const all = allRequests(options, 'both', edgeLabels(options.dialect), toMerge(options));
  const count = (expression: string) => `count by (${labelList(names)}) (${expression})`;
  return choosesCalls(options) ? `(${count(chosenRate(options))} == ${count(all)}) > 1` : `${count(all)} > 1`;
}

/**
 * Quantiles over all calls that a service received, shown or not, in the dialect's unit, told apart by QUANTILE_LABEL:
 * quantiles of single calls cannot be added up. As of calls, those with MERGED_LABEL are over all label sets of one name.
 */
export function serviceQuantiles(options: PromqlOptions, quantiles: readonly number[]): string {
  const { dialect } = options;
  const labels = identityLabels(dialect, 'server');
  const histograms = measuredLatency(options, '_bucket', 'server');
  const ofShown = (expression: string) =>
    choosesCalls(options) ? ofChosenServices(options, 'server', expression) : expression;
  const own = ofShown(quantilesOf(options, labels, histograms, quantiles));
  if (options.merge?.length === 0) {
    return own;
  }
  const names = [dialect.labels.server];
  const matchers = toMerge(options);
  const merged = quantilesOf(options, names, measuredLatency(options, '_bucket', 'server', matchers), quantiles);
  const several = `count by (${labelList(names)}) (${allRequests(options, 'server', labels, matchers)}) > 1`;
  const label = withLabel(MERGED_LABEL, 'true', matching('and', merged, names, several));
  return `(${own}) or ${ofShown(label)}`;
}
