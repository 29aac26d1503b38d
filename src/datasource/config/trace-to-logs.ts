import { fromLegacyLogs } from '../../links/span-link-settings';
import { type TempoJsonData, type TraceToLogsOptions } from '../types';

/** The settings in use: the present shape, or the one before Grafana 9.5 converted to it. */
export function traceToLogsOptions({ tracesToLogsV2, tracesToLogs }: TempoJsonData): TraceToLogsOptions {
  return tracesToLogsV2 ?? (tracesToLogs ? fromLegacyLogs(tracesToLogs) : { customQuery: false });
}

/** Saving writes the present shape only, so that the two cannot disagree. */
export function saveTraceToLogs(options: TraceToLogsOptions): Partial<TempoJsonData> {
  return { tracesToLogsV2: { ...options, customQuery: options.customQuery ?? false }, tracesToLogs: undefined };
}
