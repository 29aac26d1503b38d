import * as v from 'valibot';

/**
 * The settings of a Tempo data source (ours or Grafana's) that say where the logs, metrics and profiles of a span are,
 * under the key names of Grafana's own Tempo data source.
 */

/** An attribute, and the label that means the same in the other data source; without one the attribute's own name. */
export interface TagMapping {
  key: string;
  value?: string;
}

interface SpanRange {
  /** Added to the start of the span, `-1h`; each kind of link has its default */
  spanStartTimeShift?: string;
  /** Added to the end of the span */
  spanEndTimeShift?: string;
}

export interface TraceToLogsOptions extends SpanRange {
  datasourceUid?: string;
  tags?: TagMapping[];
  filterByTraceID?: boolean;
  filterBySpanID?: boolean;
  /** Used when customQuery is set: `{job="${__span.tags.job}"}` */
  query?: string;
  customQuery?: boolean;
  /** Title of the link; only targets beyond the first have one */
  name?: string;
}

export interface TraceToMetricsQuery {
  name?: string;
  /** PromQL; `$__tags` becomes label matchers */
  query?: string;
}

export interface TraceToMetricsOptions extends SpanRange {
  datasourceUid?: string;
  tags?: TagMapping[];
  queries?: TraceToMetricsQuery[];
  name?: string;
}

export interface TraceToProfilesOptions {
  datasourceUid?: string;
  tags?: TagMapping[];
  query?: string;
  profileTypeId?: string;
  customQuery?: boolean;
}

/** Every target a span can lead to; only those with a data source. */
export interface SpanLinkSettings {
  logs: TraceToLogsOptions[];
  metrics: TraceToMetricsOptions[];
  profiles: TraceToProfilesOptions[];
}

/** A setting of the wrong type counts as not set: links are made from what can be read. */
const text = v.fallback(v.optional(v.string()), undefined);
const flag = v.fallback(v.optional(v.boolean()), undefined);
const mappings = v.fallback(v.optional(v.array(v.object({ key: v.string(), value: text }))), undefined);
const range = { spanStartTimeShift: text, spanEndTimeShift: text };

const logsSchema = v.object({
  datasourceUid: text,
  tags: mappings,
  filterByTraceID: flag,
  filterBySpanID: flag,
  query: text,
  customQuery: flag,
  name: text,
  ...range,
});
const legacyLogsSchema = v.object({
  datasourceUid: text,
  tags: v.fallback(v.optional(v.array(v.string())), undefined),
  mappedTags: mappings,
  mapTagNamesEnabled: flag,
  filterByTraceID: flag,
  filterBySpanID: flag,
  ...range,
});
const metricsSchema = v.object({
  datasourceUid: text,
  tags: mappings,
  queries: v.fallback(v.optional(v.array(v.object({ name: text, query: text }))), undefined),
  name: text,
  ...range,
});
const profilesSchema = v.object({
  datasourceUid: text,
  tags: mappings,
  query: text,
  profileTypeId: text,
  customQuery: flag,
});

const none = undefined;
const settingsSchema = v.object({
  tracesToLogsV2: v.fallback(v.optional(logsSchema), none),
  tracesToLogs: v.fallback(v.optional(legacyLogsSchema), none),
  furtherTracesToLogs: v.fallback(v.array(v.fallback(logsSchema, {})), []),
  tracesToMetrics: v.fallback(v.optional(metricsSchema), none),
  furtherTracesToMetrics: v.fallback(v.array(v.fallback(metricsSchema, {})), []),
  tracesToProfiles: v.fallback(v.optional(profilesSchema), none),
});

/** Reads the jsonData of any Tempo data source; never throws. */
export function readSpanLinkSettings(jsonData: unknown): SpanLinkSettings {
  const result = v.safeParse(settingsSchema, jsonData);
  if (!result.success) {
    return { logs: [], metrics: [], profiles: [] };
  }
  const { tracesToLogsV2, tracesToLogs, tracesToMetrics, tracesToProfiles, ...further } = result.output;
  const logs = tracesToLogsV2 ?? (tracesToLogs && fromLegacyLogs(tracesToLogs));
  return {
    logs: [logs, ...further.furtherTracesToLogs].filter(hasTarget),
    metrics: [tracesToMetrics, ...further.furtherTracesToMetrics].filter(hasTarget),
    profiles: [tracesToProfiles].filter(hasTarget),
  };
}

/** The shape before Grafana 9.5, still found in provisioning files. */
export interface LegacyTraceToLogsOptions extends SpanRange {
  datasourceUid?: string;
  tags?: string[];
  mappedTags?: TagMapping[];
  mapTagNamesEnabled?: boolean;
  filterByTraceID?: boolean;
  filterBySpanID?: boolean;
}

export function fromLegacyLogs({
  tags,
  mappedTags,
  mapTagNamesEnabled,
  datasourceUid,
  spanStartTimeShift,
  spanEndTimeShift,
  filterByTraceID,
  filterBySpanID,
}: LegacyTraceToLogsOptions): TraceToLogsOptions {
  return {
    datasourceUid,
    tags: mapTagNamesEnabled ? mappedTags : tags?.map((key) => ({ key })),
    spanStartTimeShift,
    spanEndTimeShift,
    filterByTraceID,
    filterBySpanID,
    customQuery: false,
  };
}

function hasTarget<T extends { datasourceUid?: string }>(options: T | undefined): options is T {
  return Boolean(options?.datasourceUid);
}
