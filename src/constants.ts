/** Plugin ids, as the plugin.json files have them. */
export const APP_ID = 'traceatlas-tempo-app';
export const DATASOURCE_ID = 'traceatlas-tempo-datasource';
export const SERVICE_MAP_PANEL_ID = 'traceatlas-servicemap-panel';
export const TRACE_PANEL_ID = 'traceatlas-trace-panel';

/** Grafana's own Tempo data source, which the app pages accept as well. */
export const CORE_TEMPO_ID = 'tempo';

/** Extension points where other plugins add links to the map's menu, as in plugin.json of the app and of the panel */
export const SERVICE_MAP_MENU = {
  page: `${APP_ID}/service-map-menu/v1`,
  panel: `${SERVICE_MAP_PANEL_ID}/service-map-menu/v1`,
} as const;

export const APP_BASE_URL = `/a/${APP_ID}`;

/** Path segments of the app's pages below APP_BASE_URL. */
export const ROUTES = {
  serviceMap: 'service-map',
  nodeGraph: 'node-graph',
  service: 'service',
  search: 'search',
  trace: 'trace',
  compare: 'compare',
  setup: 'setup',
} as const;

/**
 * URL parameters that every page and link agrees on. Scene variables appear as `var-<name>`.
 * A service is `/service/<name>?var-namespace=<namespace>`, a trace `/trace/<32 hex digits>?span=<16 hex digits>`,
 * a comparison of spans `/compare?q=<TraceQL>&sel=<TraceQL>` (compareSpansUrl in links/urls.ts).
 */
export const VARIABLES = {
  tempo: 'tempo',
  prometheus: 'prometheus',
  namespace: 'namespace',
} as const;
export const SPAN_PARAM = 'span';

/** Data source plugins that answer PromQL in Grafana's Prometheus query model. */
export const PROMQL_DATASOURCE_IDS: readonly string[] = [
  'prometheus',
  'grafana-amazonprometheus-datasource',
  'grafana-azureprometheus-datasource',
  'victoriametrics-metrics-datasource',
  'victoriametrics-datasource',
];
