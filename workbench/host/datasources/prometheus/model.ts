import { type DataQuery, type DataSourceJsonData } from '@grafana/data';

/** Where an exemplar's label leads: one entry of `jsonData.exemplarTraceIdDestinations`. */
export interface ExemplarDestination {
  /** The exemplar's label, spelled exactly as it comes. */
  name: string;
  datasourceUid?: string;
  url?: string;
  urlDisplayLabel?: string;
}

export interface PrometheusOptions extends DataSourceJsonData {
  httpMethod?: string;
  /** Scrape interval of the server, such as `15s`. */
  timeInterval?: string;
  exemplarTraceIdDestinations?: ExemplarDestination[];
}

export type PrometheusFormat = 'time_series' | 'table' | 'heatmap';

/** The query model of Grafana's Prometheus data source, as far as panels and links rely on it. */
export interface PrometheusQuery extends DataQuery {
  expr: string;
  range?: boolean;
  instant?: boolean;
  exemplar?: boolean;
  format?: PrometheusFormat;
  legendFormat?: string;
  /** Smallest step, such as `30s`. */
  interval?: string;
  intervalFactor?: number;
}

export const DEFAULT_SCRAPE_INTERVAL = '15s';
