/** Where the numbers of a service come from: its span metrics, or TraceQL metrics where there are none. */
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { spanLabels } from '../../../servicegraph/dialect';
import { spansQuery } from '../../../servicegraph/traces-of';
import { VARIABLES } from '../../../constants';
import {
  failedIncomingRate,
  incomingRate,
  latencyHeatmap,
  latencyQuantile,
} from '../../../servicegraph/service-promql';
import { type SpanMetrics } from './metrics-loader';

export type ServiceSource = { kind: 'promql'; metrics: SpanMetrics } | { kind: 'traceql' };

/** One query of a panel, in the shape its data source takes; refId names it within the panel. */
export interface PanelQuery {
  refId: string;
  /** PromQL or TraceQL, as shown to people */
  text: string;
  target: { refId: string } & Record<string, unknown>;
}

export interface PanelQueries {
  /** Scene variable that holds the data source's uid */
  variable: string;
  queries: PanelQuery[];
  /** Of the values */
  unit: 's' | 'ms';
}

export const QUANTILES = [0.5, 0.95, 0.99];
/** Grafana fills it in: four scrapes, or a step of the chart if that is more. */
export const WINDOW = '$__rate_interval';
/** Tempo's own bound is 100 for each query. */
const TRACEQL_EXEMPLARS = 100;

export function quantileName(quantile: number): string {
  return `p${quantile * 100}`;
}

/** What the requests are split by: a label of the series, or an attribute in TraceQL. */
export interface Split {
  source: 'promql' | 'traceql';
  name: string;
}

/** By operation */
export function operationSplit(source: ServiceSource): Split {
  return source.kind === 'promql'
    ? { source: 'promql', name: spanLabels(source.metrics.names).operation }
    : { source: 'traceql', name: 'name' };
}

export function promql(refId: string, expr: string, more: Record<string, unknown> = {}): PanelQuery {
  return {
    refId,
    text: expr,
    target: { refId, expr, range: true, instant: false, exemplar: false, format: 'time_series', ...more },
  };
}

function traceql(refId: string, query: string, more: Record<string, unknown> = {}): PanelQuery {
  return {
    refId,
    text: query,
    target: { refId, queryType: 'traceql', query, metricsQueryType: 'range', filters: [], ...more },
  };
}

function fromPromql(metrics: SpanMetrics, queries: PanelQuery[]): PanelQueries {
  return { variable: VARIABLES.prometheus, queries, unit: metrics.names.unit };
}

function fromTraceql(queries: PanelQuery[]): PanelQueries {
  return { variable: VARIABLES.tempo, queries, unit: 's' };
}

/** PromQL only when the series have what the requests are split by. */
function usesPromql(source: ServiceSource, split: Split | undefined): source is ServiceSource & { kind: 'promql' } {
  return source.kind === 'promql' && split?.source !== 'traceql';
}

const by = (split: Split | undefined) => (split ? ` by (${split.name})` : '');
const legend = (split: Split | undefined, name: string) => ({ legendFormat: split ? `{{${split.name}}}` : name });

export function rateQueries(source: ServiceSource, scope: RequestsScope, split?: Split): PanelQueries {
  if (usesPromql(source, split)) {
    const expr = incomingRate(source.metrics.names, scope, WINDOW, split ? [split.name] : []);
    return fromPromql(source.metrics, [promql('rate', expr, legend(split, 'requests'))]);
  }
  return fromTraceql([traceql('rate', `${spansQuery(requestsOf(scope))} | rate()${by(split)}`)]);
}

export function errorQueries(source: ServiceSource, scope: RequestsScope, split?: Split): PanelQueries {
  if (usesPromql(source, split)) {
    const expr = failedIncomingRate(source.metrics.names, scope, WINDOW, split ? [split.name] : []);
    return fromPromql(source.metrics, [promql('errors', expr, legend(split, 'failed'))]);
  }
  return fromTraceql([traceql('errors', `${spansQuery(requestsOf(scope), 'status = error')} | rate()${by(split)}`)]);
}

/** p95 of each part */
export function splitLatencyQueries(source: ServiceSource, scope: RequestsScope, split?: Split): PanelQueries {
  if (usesPromql(source, split)) {
    const { names, histogram } = source.metrics;
    const expr = latencyQuantile(names, histogram, 0.95, scope, WINDOW, split ? [split.name] : []);
    return fromPromql(source.metrics, [promql('p95', expr, legend(split, 'p95'))]);
  }
  return fromTraceql([
    traceql('p95', `${spansQuery(requestsOf(scope))} | quantile_over_time(duration, .95)${by(split)}`),
  ]);
}

/** Buckets with exemplars, and the percentiles over all requests. */
export function latencyQueries(source: ServiceSource, scope: RequestsScope): PanelQueries {
  if (source.kind === 'promql') {
    const { names, histogram } = source.metrics;
    return fromPromql(source.metrics, [
      promql('buckets', latencyHeatmap(names, histogram, scope, WINDOW), {
        exemplar: true,
        legendFormat: '{{le}}',
        // As time series, classic buckets keep their labels; native histograms only have cells.
        ...(histogram === 'native' ? { format: 'heatmap' } : {}),
      }),
      ...QUANTILES.map((quantile) =>
        promql(quantileName(quantile), latencyQuantile(names, histogram, quantile, scope, WINDOW), {
          legendFormat: quantileName(quantile),
        })
      ),
    ]);
  }
  const spans = spansQuery(requestsOf(scope));
  return fromTraceql([
    traceql('buckets', `${spans} | histogram_over_time(duration)`, { exemplars: TRACEQL_EXEMPLARS }),
    ...QUANTILES.map((quantile) =>
      traceql(quantileName(quantile), `${spans} | quantile_over_time(duration, ${quantile})`, { exemplars: 0 })
    ),
  ]);
}
