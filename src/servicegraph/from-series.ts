/** Instant series of the service graph -> one `ServiceGraph`. Missing or unusable numbers stay absent. */
import { type LatencyUnit, type MetricsDialect, type SpanMetricNames } from './dialect';
import {
  callId,
  type ConnectionType,
  type RequestStats,
  type Service,
  type ServiceCall,
  type ServiceGraph,
  serviceId,
  type ServiceKind,
  VIRTUAL_USER,
} from './model';
import { type LatencySide, QUANTILE_LABEL, SIDE_LABEL } from './promql';
import { type PromqlRow } from './run-promql';
import { combinedMeans, singleNamespaces, withNamespaces, withoutCollisions } from './unify-namespaces';

/** Answers of one round; an answer is undefined when its query failed, [] when it found nothing. */
export interface GraphSeries {
  /** req/s */
  requests: PromqlRow[];
  /** failed req/s */
  failed?: PromqlRow[];
  /** Mean latency by call and side */
  callMeans?: PromqlRow[];
  /** Latency by call, side and quantile */
  callQuantiles?: PromqlRow[];
  /** Latency by callee, side and quantile */
  serviceQuantiles?: PromqlRow[];
  /** spans/s by service, kind and status */
  spans?: PromqlRow[];
}

/** What is shown for a service that reports no name. */
export const UNNAMED = '(unnamed)';
/** Well-known values of `messaging.system` (OpenTelemetry semantic conventions 1.38). */
const MESSAGING_SYSTEMS = new Set(
  'activemq aws.sns aws_sqs eventgrid eventhubs gcp_pubsub jms kafka pulsar rabbitmq rocketmq servicebus'.split(' ')
);
const CONNECTION_TYPES: readonly ConnectionType[] = ['virtual_node', 'messaging_system', 'database'];

type Quantile = 'p50' | 'p95' | 'p99';
const QUANTILE_KEYS: Record<string, Quantile> = { '0.5': 'p50', '0.95': 'p95', '0.99': 'p99' };
const SERVED_KINDS = new Set(['SPAN_KIND_SERVER', 'SPAN_KIND_CONSUMER']);
const ERROR_STATUS = 'STATUS_CODE_ERROR';

interface End {
  name: string;
  namespace?: string;
}

interface CallDraft {
  id: string;
  source: End;
  target: End;
  connectionType: ConnectionType;
  /** Which end has no instrumentation, when the producer says so. */
  virtualEnd?: LatencySide;
  rate?: number;
  failed?: number;
  latency: Partial<Record<LatencySide, RequestStats>>;
}

/** Rates and durations are finite and not negative; anything else is no measurement. */
export function measured(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : a + b;
}

function toSeconds(value: number, unit: LatencyUnit): number {
  return unit === 'ms' ? value / 1000 : value;
}

function endOf(name: string | undefined, namespace: string | undefined): End {
  return { name: name || UNNAMED, namespace: namespace || undefined };
}

function endId({ name, namespace }: End): string {
  return serviceId(name, namespace);
}

function connectionTypeOf(value: string | undefined): ConnectionType {
  return CONNECTION_TYPES.find((known) => known === value) ?? '';
}

function isSide(value: string | undefined): value is LatencySide {
  return value === 'client' || value === 'server';
}

/** Finds or makes the draft that a row's labels belong to. */
function draftsOf({ labels: names }: MetricsDialect) {
  const drafts = new Map<string, CallDraft>();
  const draftOf = (labels: Record<string, string>): CallDraft => {
    const source = endOf(labels[names.client], labels[names.clientNamespace]);
    const target = endOf(labels[names.server], labels[names.serverNamespace]);
    const connectionType = connectionTypeOf(labels[names.connectionType]);
    const id = callId(endId(source), endId(target), connectionType);
    const known = drafts.get(id) ?? { id, source, target, connectionType, latency: {} };
    const virtualEnd = labels[names.virtualNode];
    if (isSide(virtualEnd)) {
      known.virtualEnd = virtualEnd;
    }
    drafts.set(id, known);
    return known;
  };
  return { drafts, draftOf };
}

function sideOf(labels: Record<string, string>): LatencySide {
  return labels[SIDE_LABEL] === 'client' ? 'client' : 'server';
}

function readCalls(series: GraphSeries, dialect: MetricsDialect): CallDraft[] {
  const { drafts, draftOf } = draftsOf(dialect);
  for (const { labels, value } of series.requests) {
    const draft = draftOf(labels);
    draft.rate = sum(draft.rate, measured(value));
  }
  // From here on a call that the request counter does not have is not made up: its numbers would be half.
  const existing = (labels: Record<string, string>) => drafts.get(draftIdOf(labels, dialect));
  for (const { labels, value } of series.failed ?? []) {
    const draft = existing(labels);
    if (draft) {
      draft.failed = sum(draft.failed, measured(value));
    }
  }
  for (const { labels, value } of series.callMeans ?? []) {
    const draft = existing(labels);
    const mean = measured(value);
    if (draft && mean !== undefined) {
      const side = sideOf(labels);
      draft.latency[side] = { ...draft.latency[side], mean: toSeconds(mean, dialect.unit) };
    }
  }
  for (const { labels, value } of series.callQuantiles ?? []) {
    const draft = existing(labels);
    const key = QUANTILE_KEYS[labels[QUANTILE_LABEL] ?? ''];
    const quantile = measured(value);
    if (draft && key && quantile !== undefined) {
      const side = sideOf(labels);
      draft.latency[side] = { ...draft.latency[side], [key]: toSeconds(quantile, dialect.unit) };
    }
  }
  return [...drafts.values()];
}

function draftIdOf(labels: Record<string, string>, { labels: names }: MetricsDialect): string {
  const source = endOf(labels[names.client], labels[names.clientNamespace]);
  const target = endOf(labels[names.server], labels[names.serverNamespace]);
  return callId(endId(source), endId(target), connectionTypeOf(labels[names.connectionType]));
}

/**
 * The end whose latency counts. The server's view where there is one; the end that sends no spans
 * gets an observation of 0 for each request, so a mean of exactly 0 beside a positive one is no measurement.
 */
export function latencySide(
  draft: Pick<CallDraft, 'source' | 'virtualEnd' | 'connectionType' | 'latency'>
): LatencySide {
  if (draft.virtualEnd) {
    return draft.virtualEnd === 'server' ? 'client' : 'server';
  }
  if (draft.connectionType === 'virtual_node' && draft.source.name === VIRTUAL_USER) {
    return 'server';
  }
  const server = draft.latency.server?.mean;
  const client = draft.latency.client?.mean;
  return client !== undefined && client > 0 && !server ? 'client' : 'server';
}

function latencyOf(draft: CallDraft): RequestStats {
  const latency = draft.latency[latencySide(draft)] ?? {};
  // Interpolation inside the first bucket would turn observations of 0 into a made-up quantile.
  return latency.mean === 0 ? { mean: 0 } : latency;
}

/** Absent failures are 0 only when the query for them worked and there were requests. */
function errorRateOf(rate: number | undefined, failed: number | undefined, known: boolean): number | undefined {
  if (!known || rate === undefined || rate === 0) {
    return undefined;
  }
  return Math.min(failed ?? 0, rate);
}

function defined(stats: RequestStats): RequestStats {
  return Object.fromEntries(Object.entries(stats).filter(([, value]) => value !== undefined));
}

function toCall(draft: CallDraft, failuresKnown: boolean): ServiceCall {
  return {
    id: draft.id,
    source: endId(draft.source),
    target: endId(draft.target),
    connectionType: draft.connectionType,
    stats: defined({
      rate: draft.rate,
      errorRate: errorRateOf(draft.rate, draft.failed, failuresKnown),
      ...latencyOf(draft),
    }),
  };
}

/** Which services are real, and what the made-up ones stand for. */
function kindsOf(drafts: readonly CallDraft[]): Map<string, ServiceKind> {
  const kinds = new Map<string, ServiceKind>();
  const instrumented = new Set<string>();
  for (const draft of drafts) {
    const plain = draft.connectionType === '' || draft.connectionType === 'messaging_system';
    const virtual = draft.connectionType === 'virtual_node';
    const calleeUnseen = virtual && calleeIsVirtual(draft);
    if (!virtual || calleeUnseen) {
      instrumented.add(endId(draft.source));
    }
    if (plain || (virtual && !calleeUnseen)) {
      instrumented.add(endId(draft.target));
    }
  }
  for (const draft of drafts) {
    const [source, target] = [endId(draft.source), endId(draft.target)];
    if (draft.connectionType === 'database' && !isInstrumentedTarget(target, instrumented, source)) {
      kinds.set(target, 'database');
    } else if (draft.connectionType === 'virtual_node') {
      if (calleeIsVirtual(draft)) {
        setUnless(kinds, instrumented, target, MESSAGING_SYSTEMS.has(draft.target.name) ? 'messaging' : 'external');
      } else {
        setUnless(kinds, instrumented, source, draft.source.name === VIRTUAL_USER ? 'user' : 'external');
      }
    }
  }
  return kinds;
}

function isInstrumentedTarget(target: string, instrumented: ReadonlySet<string>, source: string): boolean {
  return target !== source && instrumented.has(target);
}

function setUnless(kinds: Map<string, ServiceKind>, real: ReadonlySet<string>, id: string, kind: ServiceKind) {
  if (!real.has(id) && !kinds.has(id)) {
    kinds.set(id, kind);
  }
}

function calleeIsVirtual(draft: CallDraft): boolean {
  if (draft.virtualEnd) {
    return draft.virtualEnd === 'server';
  }
  return draft.source.name !== VIRTUAL_USER && !hasServerLatency(draft);
}

function hasServerLatency({ latency }: CallDraft): boolean {
  return (latency.server?.mean ?? 0) > 0;
}

/** Sums over received calls; a mean is weighted by rate, and absent as soon as a busy call lacks it. */
export function receivedStats(calls: readonly ServiceCall[]): RequestStats {
  const rate = calls.reduce<number | undefined>((total, { stats }) => sum(total, stats.rate), undefined);
  const errorsKnown = calls.every(({ stats }) => stats.errorRate !== undefined || !stats.rate);
  const errorRate = errorsKnown
    ? calls.reduce<number | undefined>((total, { stats }) => sum(total, stats.errorRate), undefined)
    : undefined;
  const busy = calls.filter(({ stats }) => (stats.rate ?? 0) > 0);
  const weighted = busy.reduce<number | undefined>(
    (total, { stats }) =>
      total === undefined || stats.mean === undefined ? undefined : total + stats.mean * (stats.rate ?? 0),
    0
  );
  const mean = rate && weighted !== undefined ? weighted / rate : undefined;
  return defined({ rate, errorRate, mean });
}

function quantilesByService(
  rows: readonly PromqlRow[],
  { labels: names, unit }: MetricsDialect
): Map<string, Partial<Record<LatencySide, RequestStats>>> {
  const found = new Map<string, Partial<Record<LatencySide, RequestStats>>>();
  for (const { labels, value } of rows) {
    const key = QUANTILE_KEYS[labels[QUANTILE_LABEL] ?? ''];
    const quantile = measured(value);
    if (!key || quantile === undefined) {
      continue;
    }
    const id = endId(endOf(labels[names.server], labels[names.serverNamespace]));
    const sides = found.get(id) ?? {};
    const side = sideOf(labels);
    sides[side] = { ...sides[side], [key]: toSeconds(quantile, unit) };
    found.set(id, sides);
  }
  return found;
}

interface SpanStats {
  end: End;
  stats: RequestStats;
}

/** Requests served by each service according to span metrics. */
function spanStatsOf(rows: readonly PromqlRow[], names: SpanMetricNames): Map<string, SpanStats> {
  const found = new Map<string, SpanStats>();
  for (const { labels, value } of rows) {
    const end = endOf(labels[names.serviceLabel], labels[names.namespaceLabel]);
    const id = endId(end);
    const entry = found.get(id) ?? { end, stats: {} };
    const rate = measured(value);
    if (rate !== undefined && SERVED_KINDS.has(labels.span_kind ?? '')) {
      entry.stats.rate = sum(entry.stats.rate, rate);
      const failed = labels.status_code === ERROR_STATUS ? rate : 0;
      entry.stats.errorRate = sum(entry.stats.errorRate, failed);
    }
    found.set(id, entry);
  }
  return found;
}

function withoutIdleErrors(stats: RequestStats): RequestStats {
  return stats.rate ? stats : defined({ ...stats, errorRate: undefined });
}

function unified(series: GraphSeries, dialect: MetricsDialect): GraphSeries {
  const known = singleNamespaces(series.requests, dialect);
  const named = (rows: readonly PromqlRow[]) => withNamespaces(rows, known, dialect);
  const single = (rows: PromqlRow[] | undefined) => rows && withoutCollisions(named(rows));
  return {
    ...series,
    requests: named(series.requests),
    failed: series.failed && named(series.failed),
    callMeans: series.callMeans && combinedMeans(series.callMeans, series.requests, SIDE_LABEL, named),
    callQuantiles: single(series.callQuantiles),
    serviceQuantiles: single(series.serviceQuantiles),
  };
}

/** Builds the graph; `notices` are passed on. */
export function graphFromSeries(answers: GraphSeries, dialect: MetricsDialect, notices: string[] = []): ServiceGraph {
  const series = unified(answers, dialect);
  const drafts = readCalls(series, dialect);
  const calls = drafts.map((draft) => toCall(draft, series.failed !== undefined));
  const kinds = kindsOf(drafts);
  const ends = new Map<string, End>();
  const received = new Map<string, ServiceCall[]>();
  const clientSided = new Set<string>();
  drafts.forEach((draft, index) => {
    ends.set(endId(draft.source), draft.source);
    ends.set(endId(draft.target), draft.target);
    const call = calls[index];
    const list = received.get(call.target) ?? [];
    list.push(call);
    received.set(call.target, list);
    if (latencySide(draft) === 'client') {
      clientSided.add(call.target);
    }
  });
  const spans = dialect.spanMetrics
    ? spanStatsOf(series.spans ?? [], dialect.spanMetrics)
    : new Map<string, SpanStats>();
  for (const { end } of spans.values()) {
    addUnlessKnownByName(ends, end);
  }
  const quantiles = quantilesByService(series.serviceQuantiles ?? [], dialect);
  const services = [...ends.entries()].map(([id, { name, namespace }]): Service => {
    const calls = received.get(id);
    const stats = calls
      ? withQuantiles(receivedStats(calls), quantiles.get(id), clientSided.has(id) ? 'client' : 'server')
      : withoutIdleErrors(spans.get(id)?.stats ?? {});
    return { id, name, ...(namespace ? { namespace } : {}), kind: kinds.get(id) ?? 'service', stats };
  });
  return { services, calls, notices };
}

/** Edges without a namespace dimension and span metrics with one must not show the same service twice. */
function addUnlessKnownByName(ends: Map<string, End>, end: End) {
  const bare = serviceId(end.name);
  if (!ends.has(endId(end)) && !ends.has(bare)) {
    ends.set(endId(end), end);
  }
}

function withQuantiles(
  stats: RequestStats,
  sides: Partial<Record<LatencySide, RequestStats>> | undefined,
  side: LatencySide
): RequestStats {
  return stats.mean === 0 ? stats : { ...stats, ...sides?.[side] };
}
