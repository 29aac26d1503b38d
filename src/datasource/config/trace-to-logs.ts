import { type TempoJsonData, type TraceToLogsOptions } from '../types';

/** Data sources that Grafana's trace view can open logs in. */
export const LOGS_DATASOURCE_IDS: readonly string[] = [
  'loki',
  'elasticsearch',
  'grafana-splunk-datasource',
  'grafana-opensearch-datasource',
  'grafana-falconlogscale-datasource',
  'googlecloud-logging-datasource',
  'victoriametrics-logs-datasource',
];

/** The settings in use: the present shape, or the one before Grafana 9.5 converted to it. */
export function traceToLogsOptions({ tracesToLogsV2, tracesToLogs }: TempoJsonData): TraceToLogsOptions {
  if (tracesToLogsV2) {
    return tracesToLogsV2;
  }
  if (!tracesToLogs) {
    return { customQuery: false };
  }
  const { tags, mappedTags, mapTagNamesEnabled, ...rest } = tracesToLogs;
  return {
    datasourceUid: rest.datasourceUid,
    tags: mapTagNamesEnabled ? mappedTags : tags?.map((key) => ({ key })),
    spanStartTimeShift: rest.spanStartTimeShift,
    spanEndTimeShift: rest.spanEndTimeShift,
    filterByTraceID: rest.filterByTraceID,
    filterBySpanID: rest.filterBySpanID,
    customQuery: false,
  };
}

/** Saving writes the present shape only, so that the two cannot disagree. */
export function saveTraceToLogs(options: TraceToLogsOptions): Partial<TempoJsonData> {
  return { tracesToLogsV2: { ...options, customQuery: options.customQuery ?? false }, tracesToLogs: undefined };
}
