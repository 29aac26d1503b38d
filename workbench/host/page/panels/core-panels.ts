import { heatmapPlugin } from './heatmap-panel';
import { logsPlugin } from './logs-panel';
import { statPlugin } from './stat-panel';
import { tablePlugin } from './table-panel';
import { textPlugin } from './text-panel';
import { timeSeriesPlugin } from './time-series-panel';

/** Stand-ins for panels of Grafana's core, which are not on npm: by the ids that scenes and dashboards name. */
export const corePanels: Record<string, object> = {
  heatmap: heatmapPlugin,
  logs: logsPlugin,
  stat: statPlugin,
  table: tablePlugin,
  text: textPlugin,
  timeseries: timeSeriesPlugin,
};
