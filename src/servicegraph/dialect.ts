/**
 * How one producer names the series of the service graph and of span metrics.
 * Names were read from Tempo's metrics generator and the OpenTelemetry Collector's connectors.
 */
export type HistogramKind = 'classic' | 'native' | 'both';
export type LatencyUnit = 's' | 'ms';

export interface EdgeLabels {
  client: string;
  server: string;
  connectionType: string;
  /** Which end is not instrumented: "client" or "server"; written only when the producer is told to. */
  virtualNode: string;
  clientNamespace: string;
  serverNamespace: string;
}

/** Failed requests are either a counter of their own or marked by a label on the request counter. */
export type FailedRequests = { counter: string } | { label: string; value: string };

export interface SpanMetricNames {
  /** Counter of spans */
  calls: string;
  /** Histogram without suffix */
  latency: string;
  unit: LatencyUnit;
  serviceLabel: string;
  namespaceLabel: string;
  /** `span_kind` when absent */
  kindLabel?: string;
  /** `status_code` when absent */
  statusLabel?: string;
  /** Label with the name of the span; `span_name` when absent */
  operationLabel?: string;
  /** Of `latency`, when it was looked at; it may differ from the service graph's */
  histogram?: HistogramKind;
}

export interface SpanLabels {
  kind: string;
  status: string;
  /** Holds the name of the span */
  operation: string;
}

/** The labels that tell a service's spans apart. */
export function spanLabels({ kindLabel, statusLabel, operationLabel }: SpanMetricNames): SpanLabels {
  return {
    kind: kindLabel ?? 'span_kind',
    status: statusLabel ?? 'status_code',
    operation: operationLabel ?? 'span_name',
  };
}

/** Rates that recording rules wrote: see provisioning/prometheus/service-graph.rules.yaml. */
export interface RecordedRates {
  /** s between two evaluations of the rules */
  interval: number;
  /** True when the series that they are made of are not there (any more). */
  only: boolean;
  /** Whether the rules for span metrics are there too */
  spans: boolean;
}

export interface MetricsDialect {
  /** Stable key, kept in settings */
  id: string;
  /** For people */
  name: string;
  /** Counter of requests between two services */
  requests: string;
  failed: FailedRequests;
  /** Histogram without suffix, as the server saw it */
  serverLatency: string;
  /** Histogram without suffix, as the client saw it; absent where there is one histogram only */
  clientLatency?: string;
  unit: LatencyUnit;
  histogram: HistogramKind;
  labels: EdgeLabels;
  /** Put before a dimension that belongs to one end, e.g. `client_` + `k8s_namespace_name`; '' when not told apart */
  dimensionPrefix: { client: string; server: string };
  spanMetrics?: SpanMetricNames;
  /** Labels of exemplars that hold the trace id, the producer's own first */
  exemplarLabels: readonly string[];
  /** Dimensions beside name and namespace that tell services apart, without prefix, e.g. `k8s_cluster_name` */
  identity?: readonly string[];
  recorded?: RecordedRates;
}

const EDGE_LABELS: EdgeLabels = {
  client: 'client',
  server: 'server',
  connectionType: 'connection_type',
  virtualNode: 'virtual_node',
  clientNamespace: 'client_service_namespace',
  serverNamespace: 'server_service_namespace',
};

const PREFIX = 'traces_service_graph_request';
const END_PREFIXES = { client: 'client_', server: 'server_' };

export const TEMPO_SPAN_METRICS: SpanMetricNames = {
  calls: 'traces_spanmetrics_calls_total',
  latency: 'traces_spanmetrics_latency',
  unit: 's',
  serviceLabel: 'service',
  namespaceLabel: 'service_namespace',
};

const TEMPO: MetricsDialect = {
  id: 'tempo',
  name: 'Tempo metrics generator',
  requests: `${PREFIX}_total`,
  failed: { counter: `${PREFIX}_failed_total` },
  serverLatency: `${PREFIX}_server_seconds`,
  clientLatency: `${PREFIX}_client_seconds`,
  unit: 's',
  histogram: 'classic',
  labels: EDGE_LABELS,
  dimensionPrefix: END_PREFIXES,
  spanMetrics: TEMPO_SPAN_METRICS,
  exemplarLabels: ['traceID', 'trace_id'],
};

function collectorSpanMetrics(calls: string, latency: string, unit: LatencyUnit): SpanMetricNames {
  return { calls, latency, unit, serviceLabel: 'service_name', namespaceLabel: 'service_namespace' };
}

const COLLECTOR: MetricsDialect = {
  ...TEMPO,
  id: 'otel',
  name: 'OpenTelemetry Collector or Alloy',
  exemplarLabels: ['trace_id', 'traceID'],
  spanMetrics: collectorSpanMetrics(
    'traces_span_metrics_calls_total',
    'traces_span_metrics_duration_milliseconds',
    'ms'
  ),
};

/** The built-in dialects; when several fit, the earlier one wins. */
export const METRICS_DIALECTS: readonly MetricsDialect[] = [
  TEMPO,
  COLLECTOR,
  {
    ...COLLECTOR,
    id: 'otel-unsuffixed',
    name: 'OpenTelemetry Collector or Alloy, names without unit',
    serverLatency: `${PREFIX}_server`,
    clientLatency: `${PREFIX}_client`,
  },
  {
    ...COLLECTOR,
    id: 'otel-milliseconds',
    name: 'OpenTelemetry Collector or Alloy, milliseconds',
    serverLatency: `${PREFIX}_server_milliseconds`,
    clientLatency: `${PREFIX}_client_milliseconds`,
    unit: 'ms',
  },
  {
    // Collectors before v0.154 could be told to keep this name, which held milliseconds in spite of its suffix.
    ...COLLECTOR,
    id: 'otel-legacy',
    name: 'OpenTelemetry Collector or Alloy, legacy names',
    serverLatency: `${PREFIX}_duration_seconds`,
    clientLatency: undefined,
    unit: 'ms',
  },
  {
    ...COLLECTOR,
    id: 'otel-failed-label',
    name: 'OpenTelemetry Collector or Alloy, failures by label',
    failed: { label: 'failed', value: 'true' },
  },
];

/** Names as OpenTelemetry has them, for a Prometheus that takes OTLP without translating names. */
export const UNTRANSLATED_SPAN_METRICS: SpanMetricNames = {
  calls: 'traces.span.metrics.calls',
  latency: 'traces.span.metrics.duration',
  unit: 'ms',
  serviceLabel: 'service.name',
  namespaceLabel: 'service.namespace',
  kindLabel: 'span.kind',
  statusLabel: 'status.code',
  operationLabel: 'span.name',
};

/** Span metrics under any of their known names, the likeliest first. */
export const SPAN_METRIC_NAMES: readonly SpanMetricNames[] = [
  TEMPO_SPAN_METRICS,
  ...(['traces_span_metrics_', 'spanmetrics_', ''] as const).flatMap((prefix) => [
    collectorSpanMetrics(`${prefix}calls_total`, `${prefix}duration_milliseconds`, 'ms'),
    collectorSpanMetrics(`${prefix}calls_total`, `${prefix}duration_seconds`, 's'),
  ]),
  UNTRANSLATED_SPAN_METRICS,
];

export const DEFAULT_DIALECT = TEMPO;

/** The built-in dialect under another prefix than `traces_service_graph`. */
export function withPrefix(dialect: MetricsDialect, prefix: string): MetricsDialect {
  const rename = (metric: string) =>
    metric.startsWith(STANDARD_PREFIX) ? prefix + metric.slice(STANDARD_PREFIX.length) : metric;
  return {
    ...dialect,
    requests: rename(dialect.requests),
    failed: 'counter' in dialect.failed ? { counter: rename(dialect.failed.counter) } : dialect.failed,
    serverLatency: rename(dialect.serverLatency),
    clientLatency: dialect.clientLatency && rename(dialect.clientLatency),
  };
}

export const STANDARD_PREFIX = 'traces_service_graph';

/** Label of the client's and of the server's value of a dimension. */
export function endLabels({ dimensionPrefix }: MetricsDialect, dimension: string): { client: string; server: string } {
  return { client: dimensionPrefix.client + dimension, server: dimensionPrefix.server + dimension };
}

/** The labels that tell the services at one end of a call apart: name, namespace, then the dialect's `identity`. */
export function identityLabels(dialect: MetricsDialect, end: 'client' | 'server'): string[] {
  const { labels, identity = [] } = dialect;
  const own = end === 'client' ? [labels.client, labels.clientNamespace] : [labels.server, labels.serverNamespace];
  return [...own, ...identity.map((dimension) => endLabels(dialect, dimension)[end])];
}
