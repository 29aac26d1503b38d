import {
  isDateTime,
  type PluginExtensionAddedLinkConfig,
  type PluginExtensionPanelContext,
  type RawTimeRange,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { APP_BASE_URL, ROUTES } from '../../constants';
import { type ForeignQuery, tracesBehindUrl } from '../../links/panel-traces';
import { escapeRegex } from '../../servicegraph/promql-text';

/** As text: the enumeration of a Grafana older than the extension point does not have it. */
const PANEL_MENU = 'grafana/dashboard/panel/menu';
const EXPLORE_TOOLBAR = 'grafana/explore/toolbar/action';
const TRACE_VIEW_HEADER = 'grafana/traceview/header/actions';

/** Titles are in plugin.json too, where Grafana looks for them; they are not translated there. */
const TRACES_BEHIND_PANEL = 'Traces behind this panel';
const TRACES_BEHIND_QUERY = 'Traces behind this query';
const OPEN_TRACE = 'Open in Trace Atlas';

/** Where the link leads when it is not known yet what is shown; `configure` replaces it. */
const SEARCH_PATH = `${APP_BASE_URL}/${ROUTES.search}`;

/** The part of the contexts of a dashboard's panel and of Explore's toolbar that is read here. */
type QueriesContext = Pick<PluginExtensionPanelContext, 'targets' | 'timeRange' | 'scopedVars'>;

function timeText(time: RawTimeRange['from']): string | number {
  return isDateTime(time) ? time.valueOf() : time;
}

/** PromQL's way of several values: alternatives of a regular expression, within a string. */
function formatValue(value: unknown): string {
  return Array.isArray(value)
    ? value.map((one) => escapeRegex(String(one)).replace(/\\/g, '\\\\')).join('|')
    : String(value);
}

/** `undefined` takes the link away. */
export function configureTracesLink(context: Partial<QueriesContext> | undefined): { path: string } | undefined {
  const { targets = [], timeRange, scopedVars } = context ?? {};
  const path = tracesBehindUrl({
    queries: targets as readonly ForeignQuery[],
    from: timeRange && timeText(timeRange.from),
    to: timeRange && timeText(timeRange.to),
    interpolate: (text) => getTemplateSrv().replace(text, scopedVars, formatValue),
  });
  return path === undefined ? undefined : { path };
}

interface TraceContext {
  traceID?: unknown;
  /** µs since the Unix epoch */
  startTime?: unknown;
  endTime?: unknown;
  datasource?: { uid?: string; type?: string };
}

const US_PER_MS = 1000;
const MARGIN_MS = 3_600_000;

/** The core trace view's own trace: ids in hex, times in microseconds. */
export function configureTraceLink(context: TraceContext | undefined): { path: string } | undefined {
  const { traceID, startTime, endTime, datasource } = context ?? {};
  const ms = (time: unknown) => (typeof time === 'number' && time > 0 ? Math.floor(time / US_PER_MS) : undefined);
  const [from, to] = [ms(startTime), ms(endTime)];
  const path = tracesBehindUrl({
    queries: typeof traceID === 'string' ? [{ datasource, query: traceID }] : [],
    from: from === undefined ? undefined : from - MARGIN_MS,
    to: to === undefined ? undefined : to + MARGIN_MS,
    interpolate: (text) => text,
  });
  return path === undefined ? undefined : { path };
}

/** Links that other parts of Grafana show. */
export const panelLinks: Array<PluginExtensionAddedLinkConfig<PluginExtensionPanelContext>> = [
  {
    title: TRACES_BEHIND_PANEL,
    description: 'Searches for the traces of the service, cluster or pod that the panel’s query names',
    icon: 'sitemap',
    targets: [PANEL_MENU],
    path: SEARCH_PATH,
    configure: configureTracesLink,
  },
  {
    title: TRACES_BEHIND_QUERY,
    description: 'Searches for the traces of the service, cluster or pod that the query names',
    icon: 'sitemap',
    targets: [EXPLORE_TOOLBAR],
    path: SEARCH_PATH,
    configure: configureTracesLink,
  },
];

export const traceLink: PluginExtensionAddedLinkConfig<TraceContext> = {
  title: OPEN_TRACE,
  description: 'Opens this trace on its Trace Atlas page',
  icon: 'sitemap',
  targets: [TRACE_VIEW_HEADER],
  path: SEARCH_PATH,
  configure: configureTraceLink,
};
