/** Settings that correct what was found out about the series, or take its place. */
import * as v from 'valibot';
import { type MetricsDialect, METRICS_DIALECTS, withPrefix } from './dialect';
import { type ProbeResult } from './probe';

const Label = v.pipe(v.string(), v.trim(), v.nonEmpty());

const OverrideSchema = v.object({
  /** MetricsDialect.id; absent: found out */
  dialect: v.optional(v.picklist(METRICS_DIALECTS.map(({ id }) => id))),
  /** In place of `traces_service_graph` */
  prefix: v.optional(Label),
  unit: v.optional(v.picklist(['s', 'ms'])),
  histogram: v.optional(v.picklist(['classic', 'native', 'both'])),
  clientPrefix: v.optional(v.string()),
  serverPrefix: v.optional(v.string()),
  /** Dimension that is shown as the namespace, without prefix; `service_namespace` when absent */
  namespace: v.optional(Label),
  /** Further dimensions that tell services apart, without prefix */
  identity: v.optional(v.array(Label)),
  spanCalls: v.optional(Label),
  spanLatency: v.optional(Label),
  spanUnit: v.optional(v.picklist(['s', 'ms'])),
  spanService: v.optional(Label),
  /** False: recorded rates are left alone. */
  recorded: v.optional(v.boolean()),
});

export type DialectOverride = v.InferOutput<typeof OverrideSchema>;

export interface ParsedOverride {
  override: DialectOverride;
  /** One for each setting that was ignored because it cannot be read: its name */
  ignored: string[];
}

/** Reads saved settings of any origin; what is empty counts as absent, what cannot be read is left out. */
export function parseDialectOverride(saved: unknown): ParsedOverride {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) {
    return { override: {}, ignored: [] };
  }
  const given = Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== '' && value !== null));
  const result = v.safeParse(OverrideSchema, given);
  if (result.success) {
    return { override: result.output, ignored: [] };
  }
  const ignored = [...new Set(result.issues.map(({ path }) => String(path?.[0]?.key)))];
  const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !ignored.includes(key)));
  return { override: v.parse(OverrideSchema, rest), ignored };
}

/** Whether the settings say so much that nothing has to be found out. */
export function isComplete({ dialect }: DialectOverride): boolean {
  return dialect !== undefined;
}

function spanMetricsWith(
  { spanMetrics }: MetricsDialect,
  { spanCalls, spanLatency, spanUnit, spanService }: DialectOverride
): MetricsDialect['spanMetrics'] {
  const base = spanMetrics ?? (spanCalls ? METRICS_DIALECTS[0].spanMetrics : undefined);
  return (
    base && {
      ...base,
      calls: spanCalls ?? base.calls,
      latency: spanLatency ?? base.latency,
      unit: spanUnit ?? base.unit,
      serviceLabel: spanService ?? base.serviceLabel,
    }
  );
}

function withOverride(found: MetricsDialect, override: DialectOverride): MetricsDialect {
  const builtIn = METRICS_DIALECTS.find(({ id }) => id === override.dialect);
  const base = builtIn ?? found;
  const named = override.prefix ? withPrefix(base, override.prefix) : base;
  const dimensionPrefix = {
    client: override.clientPrefix ?? named.dimensionPrefix.client,
    server: override.serverPrefix ?? named.dimensionPrefix.server,
  };
  const namespace = override.namespace ?? 'service_namespace';
  const spanMetrics = spanMetricsWith(named, override);
  return {
    ...named,
    unit: override.unit ?? named.unit,
    histogram: override.histogram ?? named.histogram,
    dimensionPrefix,
    labels: {
      ...named.labels,
      clientNamespace: dimensionPrefix.client + namespace,
      serverNamespace: dimensionPrefix.server + namespace,
    },
    spanMetrics: spanMetrics && override.namespace ? { ...spanMetrics, namespaceLabel: namespace } : spanMetrics,
    identity: override.identity ?? named.identity,
    recorded: override.recorded === false || override.prefix ? undefined : named.recorded,
  };
}

/** What was found, corrected; with a dialect that was chosen by a person nothing counts as not found. */
export function overridden({ dialect, found }: ProbeResult, override: DialectOverride): ProbeResult {
  return {
    dialect: withOverride(dialect, override),
    found: found || isComplete(override) || override.prefix !== undefined,
  };
}
