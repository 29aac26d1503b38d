import { type HostPluginMeta } from '../shared/boot-data';

/**
 * Plugins that are part of Grafana itself and of which the page has a stand-in. Grafana's `traces` and
 * `nodeGraph` panels are left out on purpose: without them the plugin falls back to its own.
 */
const CORE_PLUGINS: Array<Pick<HostPluginMeta, 'id' | 'name' | 'type'> & Record<string, unknown>> = [
  {
    id: 'prometheus',
    name: 'Prometheus',
    type: 'datasource',
    category: 'tsdb',
    metrics: true,
    annotations: true,
    alerting: true,
    queryOptions: { minInterval: true },
  },
  { id: 'timeseries', name: 'Time series', type: 'panel', sort: 1 },
  { id: 'stat', name: 'Stat', type: 'panel', sort: 4 },
  { id: 'table', name: 'Table', type: 'panel', sort: 6 },
  { id: 'heatmap', name: 'Heatmap', type: 'panel', sort: 10 },
  { id: 'logs', name: 'Logs', type: 'panel', sort: 100 },
  { id: 'text', name: 'Text', type: 'panel', sort: 100, skipDataQuery: true },
];

export function corePluginMetas(): HostPluginMeta[] {
  return CORE_PLUGINS.map((plugin) => {
    const logo = `public/workbench/${plugin.id === 'prometheus' ? 'prometheus' : 'panel'}.svg`;
    return {
      ...plugin,
      info: {
        author: { name: 'Workbench stand-in' },
        description: `Stand-in for the ${plugin.name} plugin that is part of Grafana`,
        links: [],
        logos: { small: logo, large: logo },
        screenshots: [],
        updated: '',
        version: '',
      },
      module: `core:plugin/${plugin.id}`,
      baseUrl: `public/workbench`,
      enabled: true,
      jsonData: {},
      secureJsonFields: {},
    };
  });
}
