import * as v from 'valibot';

import { durationMs } from './duration';

/**
 * Tempo's configuration keys for the metrics generator, with Tempo's defaults. A Tempo configuration file, parsed from
 * YAML, can be read as it is: keys of other components are ignored.
 */

/** As in YAML: `15s`, `1m30s`, or a number of ns. The parsed value is in ms. */
const duration = v.pipe(
  v.union([v.string(), v.number()]),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = durationMs(dataset.value);
    if (ms === undefined) {
      addIssue({ message: `"${dataset.value}" is not a duration such as 15s or 1m30s.` });
      return NEVER;
    }
    return ms;
  })
);

const buckets = v.pipe(
  v.array(v.number()),
  v.check((bounds) => new Set(bounds).size === bounds.length, 'Histogram buckets must differ from one another.'),
  v.transform((bounds) => [...bounds].sort((a, b) => a - b))
);

const noFilterPolicies = v.optional(
  v.pipe(v.array(v.unknown()), v.maxLength(0, 'filter_policies are not supported by the in-memory Tempo.'))
);

const exponentialBuckets = (start: number, factor: number, count: number) =>
  Array.from({ length: count }, (_, i) => start * factor ** i);

const serviceGraphs = v.object({
  wait: v.optional(duration, '10s'),
  max_items: v.optional(v.number(), 10_000),
  histogram_buckets: v.optional(buckets, exponentialBuckets(0.1, 2, 8)),
  dimensions: v.optional(v.array(v.string()), []),
  enable_client_server_prefix: v.optional(v.boolean(), false),
  enable_messaging_system_latency_histogram: v.optional(v.boolean(), false),
  enable_virtual_node_label: v.optional(v.boolean(), false),
  peer_attributes: v.optional(v.array(v.string()), ['peer.service', 'db.name', 'db.system', 'db.system.name']),
  database_name_attributes: v.optional(v.array(v.string()), ['db.namespace', 'db.name', 'db.system', 'db.system.name']),
  span_multiplier_key: v.optional(v.string(), ''),
  filter_policies: noFilterPolicies,
});

const spanMetrics = v.object({
  histogram_buckets: v.optional(buckets, exponentialBuckets(0.002, 2, 14)),
  intrinsic_dimensions: v.optional(
    v.object({
      service: v.optional(v.boolean(), true),
      span_name: v.optional(v.boolean(), true),
      span_kind: v.optional(v.boolean(), true),
      status_code: v.optional(v.boolean(), true),
      status_message: v.optional(v.boolean(), false),
    }),
    {}
  ),
  dimensions: v.optional(v.array(v.string()), []),
  dimension_mappings: v.optional(
    v.array(v.object({ name: v.string(), source_labels: v.array(v.string()), join: v.optional(v.string(), '') })),
    []
  ),
  enable_target_info: v.optional(v.boolean(), false),
  target_info_excluded_dimensions: v.optional(v.array(v.string()), []),
  enable_instance_label: v.optional(v.boolean(), true),
  span_multiplier_key: v.optional(v.string(), ''),
  filter_policies: noFilterPolicies,
});

const hostInfo = v.object({
  host_identifiers: v.optional(v.array(v.string()), ['k8s.node.name', 'host.id']),
  metric_name: v.optional(v.string(), 'traces_host_info'),
});

const registry = v.object({
  collection_interval: v.optional(duration, '15s'),
  stale_duration: v.optional(duration, '15m'),
  external_labels: v.optional(v.record(v.string(), v.string()), {}),
});

/** Tempo's `service-graphs` stands for request and latency, `span-metrics` for latency, count and size. */
export const PROCESSORS = [
  'service-graphs',
  'service-graphs-request',
  'service-graphs-latency',
  'service-graphs-connection-info',
  'span-metrics',
  'span-metrics-latency',
  'span-metrics-count',
  'span-metrics-size',
  'host-info',
] as const;

const tenant = v.object({
  processors: v.optional(v.array(v.picklist(PROCESSORS)), ['service-graphs', 'span-metrics']),
  generate_native_histograms: v.optional(v.picklist(['classic', 'native', 'both']), 'classic'),
  native_histogram_bucket_factor: v.optional(v.number(), 1.1),
  native_histogram_max_bucket_number: v.optional(v.number(), 100),
  native_histogram_min_reset_duration: v.optional(duration, '15m'),
  trace_id_label_name: v.optional(v.string(), 'traceID'),
});

const configSchema = v.object({
  metrics_generator: v.optional(
    v.object({
      metrics_ingestion_time_range_slack: v.optional(duration, '30s'),
      registry: v.optional(registry, {}),
      processor: v.optional(
        v.object({
          service_graphs: v.optional(serviceGraphs, {}),
          span_metrics: v.optional(spanMetrics, {}),
          host_info: v.optional(hostInfo, {}),
        }),
        {}
      ),
    }),
    {}
  ),
  overrides: v.optional(
    v.object({ defaults: v.optional(v.object({ metrics_generator: v.optional(tenant, {}) }), {}) }),
    {}
  ),
});

/** Durations are in ms, histogram buckets ascending. */
export type GeneratorConfig = v.InferOutput<typeof configSchema>;
/** The same as one writes it: everything may be left out, durations as text. */
export type GeneratorConfigInput = v.InferInput<typeof configSchema>;
export type ServiceGraphsConfig = v.InferOutput<typeof serviceGraphs>;
export type SpanMetricsConfig = v.InferOutput<typeof spanMetrics>;
export type HostInfoConfig = v.InferOutput<typeof hostInfo>;
export type ProcessorName = (typeof PROCESSORS)[number];

/**
 * Checks a configuration and fills in Tempo's defaults.
 * @throws Error with the path of the first wrong key.
 */
export function readGeneratorConfig(config: unknown = {}): GeneratorConfig {
  const result = v.safeParse(configSchema, config);
  if (!result.success) {
    const [issue] = result.issues;
    throw new Error(`Metrics generator configuration, ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
  }
  return result.output;
}
