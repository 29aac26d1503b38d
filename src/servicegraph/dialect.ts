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

const TEMPO_SPAN_METRICS: SpanMetricNames = {
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
};

function collectorSpanMetrics(calls: string, latency: string, unit: LatencyUnit): SpanMetricNames {
  return { calls, latency, unit, serviceLabel: 'service_name', namespaceLabel: 'service_namespace' };
}

const COLLECTOR: MetricsDialect = {
  ...TEMPO,
  id: 'otel',
  name: 'OpenTelemetry Collector',
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
    name: 'OpenTelemetry Collector, names without unit',
    serverLatency: `${PREFIX}_server`,
    clientLatency: `${PREFIX}_client`,
  },
  {
    ...COLLECTOR,
    id: 'otel-milliseconds',
    name: 'OpenTelemetry Collector, milliseconds',
    serverLatency: `${PREFIX}_server_milliseconds`,
    clientLatency: `${PREFIX}_client_milliseconds`,
    unit: 'ms',
  },
  {
    // Collectors before v0.154 could be told to keep this name, which held milliseconds in spite of its suffix.
    ...COLLECTOR,
    id: 'otel-legacy',
    name: 'OpenTelemetry Collector, legacy names',
    serverLatency: `${PREFIX}_duration_seconds`,
    clientLatency: undefined,
    unit: 'ms',
  },
  {
    ...COLLECTOR,
    id: 'otel-failed-label',
    name: 'OpenTelemetry Collector, failures by label',
    failed: { label: 'failed', value: 'true' },
  },
];

/** Span metrics under any of their known names, the likeliest first. */
export const SPAN_METRIC_NAMES: readonly SpanMetricNames[] = [
  TEMPO_SPAN_METRICS,
  ...(['traces_span_metrics_', 'spanmetrics_', ''] as const).flatMap((prefix) => [
    collectorSpanMetrics(`${prefix}calls_total`, `${prefix}duration_milliseconds`, 'ms'),
    collectorSpanMetrics(`${prefix}calls_total`, `${prefix}duration_seconds`, 's'),
  ]),
];

export const DEFAULT_DIALECT = TEMPO;
