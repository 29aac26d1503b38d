/** Names of the series that provisioning/prometheus/service-graph.rules.yaml records: `level:metric:operation`. */
import { type MetricsDialect } from './dialect';

const LEVELS = { calls: 'client_server', spans: 'service' } as const;
const OPERATION = 'rate5m';

/** s; how often the rules are evaluated, as their file says */
export const RECORDING_INTERVAL = 60;

/** s; in shorter windows rates over 5 minutes say little about the window */
export const SHORTEST_RECORDED_WINDOW = 600;

export type RecordedLevel = keyof typeof LEVELS;

export function recordedName(metric: string, level: RecordedLevel = 'calls'): string {
  return `${LEVELS[level]}:${metric.replace(/_total$/, '')}:${OPERATION}`;
}

/** Whether the recorded rates answer for a window of so many seconds. */
export function usesRecorded({ recorded }: Pick<MetricsDialect, 'recorded'>, window: number): boolean {
  return recorded !== undefined && (recorded.only || window >= SHORTEST_RECORDED_WINDOW);
}
