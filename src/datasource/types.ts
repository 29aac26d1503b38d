import { type DataSourceJsonData } from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import {
  type LegacyTraceToLogsOptions,
  type TagMapping,
  type TraceToLogsOptions,
  type TraceToMetricsOptions,
  type TraceToMetricsQuery,
  type TraceToProfilesOptions,
} from '../links/span-link-settings';
import { type SearchRest, type TraceqlFilter, type TraceqlSearchScope } from '../traceql/search-form';

export type { SearchRest, TraceqlFilter, TraceqlSearchScope };

/**
 * The query model: field names and defaults of Grafana's own Tempo data source, so that saved queries, links
 * from other data sources and provisioned dashboards work unchanged with both.
 */
export type TempoQueryType = 'traceql' | 'traceqlSearch' | 'serviceMap' | 'upload';

export type SearchTableType = 'traces' | 'spans' | 'raw';
export type MetricsQueryType = 'range' | 'instant';

/** Which part of the service graph is asked for; what is absent is not limited. */
export interface ServiceMapScope {
  /** The so many busiest calls */
  top?: number;
  /** req/s */
  minRate?: number;
  /** Name of a service, and of its namespace: only what is within some hops of it */
  around?: string;
  aroundNamespace?: string;
  hops?: number;
  direction?: 'both' | 'up' | 'down';
  /** Dimensions that tell services of one name apart, without `client_` and `server_` */
  identity?: string[];
  /** False: latency percentiles are not asked for. */
  percentiles?: boolean;
}

export interface TempoQuery extends DataQuery {
  /** A TempoQueryType; absent means `traceql`; other words are migrated or refused when the query runs. */
  queryType?: string;
  /** TraceQL, or the hex id of a trace */
  query?: string;
  filters?: TraceqlFilter[];
  /** Only ours: what stands around the filters in the query. Grafana's own data source does not know it. */
  searchRest?: SearchRest;
  /** traces */
  limit?: number;
  /** spans per span set */
  spss?: number;
  tableType?: SearchTableType;
  /** Metrics only: a duration such as `30s` */
  step?: string;
  /** Metrics only: most exemplars for each query */
  exemplars?: number;
  metricsQueryType?: MetricsQueryType;
  /** PromQL selectors such as `{client="a"}`; several are a union */
  serviceMapQuery?: string | string[];
  serviceMapIncludeNamespace?: boolean;
  serviceMapUseNativeHistograms?: boolean;
  serviceMapScope?: ServiceMapScope;
  /** Type `upload`: names a file that was imported on this computer. */
  importId?: string;
  /** Type `upload`: hex id of the trace of the file that is shown; absent: its only one, or the list of all. */
  importTraceId?: string;
}

/** What a person sees when nothing was chosen. */
export const QUERY_DEFAULTS = {
  queryType: 'traceql',
  limit: 20,
  spss: 3,
  tableType: 'traces',
  metricsQueryType: 'range',
} as const;

export type {
  LegacyTraceToLogsOptions,
  TagMapping,
  TraceToLogsOptions,
  TraceToMetricsOptions,
  TraceToMetricsQuery,
  TraceToProfilesOptions,
};

export type SpanBarType = 'None' | 'Duration' | 'Tag';

/** The settings under the key names of Grafana's own Tempo data source; keys not listed here are kept as they are. */
export interface TempoJsonData extends DataSourceJsonData {
  tracesToLogsV2?: TraceToLogsOptions;
  tracesToLogs?: LegacyTraceToLogsOptions;
  /** Logs targets beyond the first; a key of ours, so Grafana's trace view shows them only through links in our frames. */
  furtherTracesToLogs?: TraceToLogsOptions[];
  tracesToMetrics?: TraceToMetricsOptions;
  furtherTracesToMetrics?: TraceToMetricsOptions[];
  tracesToProfiles?: TraceToProfilesOptions;
  serviceMap?: {
    datasourceUid?: string;
    /** How the series are named, where that cannot be found out: a DialectOverride of servicegraph */
    dialect?: object;
  };
  search?: { hide?: boolean; filters?: TraceqlFilter[] };
  nodeGraph?: { enabled?: boolean };
  /** Off: a trace by id is looked up without a time range. */
  traceQuery?: { timeShiftEnabled?: boolean; spanStartTimeShift?: string; spanEndTimeShift?: string };
  spanBar?: { type?: SpanBarType; tag?: string };
  /** Most tag names or values asked for at once; saved as text by Grafana's own settings page. */
  tagLimit?: number | string;
  /** s; absent: the time range of the page */
  timeRangeForTags?: number;
  /** Not a key of Grafana's own data source: queries in time slices, on by default; `parallel` requests of one query at once, 3 by default. */
  progressive?: { search?: boolean; metrics?: boolean; parallel?: number };
}
