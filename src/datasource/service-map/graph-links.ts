import { type DataFrame, type DataLink, FieldType } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type DataQuery } from '@grafana/schema';
import { type MetricsDialect } from '../../servicegraph/dialect';
import { type ServiceGraph } from '../../servicegraph/model';
import { tracesOfCall, tracesOfService } from '../../servicegraph/traces-of';
import { usesNative } from '../../servicegraph/latency-promql';
import { type LinkTarget } from '../frames/trace-links';
import { type TempoQuery, type TraceqlFilter } from '../types';

interface PrometheusLinkQuery extends DataQuery {
  expr: string;
  range: boolean;
  exemplar: boolean;
  instant: boolean;
}

interface GraphLinkOptions {
  tempo: LinkTarget;
  prometheus: LinkTarget;
  dialect: MetricsDialect;
  includeNamespace: boolean;
}

/** Expressions that Grafana fills in from the row that was clicked. */
const NODE = { name: '${__data.fields.title}', namespace: '${__data.fields.subtitle}' };
const EDGE = {
  source: '${__data.fields.sourceName}',
  sourceNamespace: '${__data.fields.sourceNamespace}',
  target: '${__data.fields.targetName}',
  targetNamespace: '${__data.fields.targetNamespace}',
};

/** What a service offers: its rates and latency in Prometheus, its traces in Tempo. */
export function nodeLinks(options: GraphLinkOptions): DataLink[] {
  const { labels } = options.dialect;
  const matchers = [`${labels.server}="${NODE.name}"`];
  if (options.includeNamespace) {
    matchers.push(`${labels.serverNamespace}="${NODE.namespace}"`);
  }
  return [...metricLinks(matchers, options), tracesOfRowLink(options.tempo)];
}

/** What a call offers; its traces are those in which just this call happened. */
export function edgeLinks(options: GraphLinkOptions): DataLink[] {
  const { labels } = options.dialect;
  const matchers = [`${labels.client}="${EDGE.source}"`, `${labels.server}="${EDGE.target}"`];
  if (options.includeNamespace) {
    matchers.push(
      `${labels.clientNamespace}="${EDGE.sourceNamespace}"`,
      `${labels.serverNamespace}="${EDGE.targetNamespace}"`
    );
  }
  return [...metricLinks(matchers, options), tracesOfRowLink(options.tempo)];
}

/** The column that withTracesOf adds: links are the same for all rows, but what finds its traces differs. */
const TRACEQL_FIELD = 'traceql';

function tracesOfRowLink(target: LinkTarget): DataLink<TempoQuery> {
  return {
    title: t('traceatlas.datasource.service-map.view-traces', 'View traces'),
    url: '',
    internal: {
      datasourceUid: target.uid,
      datasourceName: target.name,
      query: { refId: 'A', queryType: 'traceql', query: `\${__data.fields.${TRACEQL_FIELD}}` },
    },
  };
}

/**
 * Node and edge frames with the TraceQL of each row: a service by its name, a database or queue by the clients that name
 * it, a call by both its ends.
 */
export function withTracesOf([nodes, edges]: DataFrame[], { services, calls }: ServiceGraph): DataFrame[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const ofCalls = calls.map((call): [string, string] => {
    const [source, target] = [byId.get(call.source), byId.get(call.target)];
    return [call.id, source && target ? tracesOfCall(call, source, target) : ''];
  });
  return [
    withTraceql(nodes, new Map(services.map((service) => [service.id, tracesOfService(service)]))),
    withTraceql(edges, new Map(ofCalls)),
  ];
}

function withTraceql(frame: DataFrame, traceqlOf: ReadonlyMap<unknown, string>): DataFrame {
  const ids: unknown[] = frame.fields.find(({ name }) => name === 'id')?.values ?? [];
  const values = ids.map((id) => traceqlOf.get(id) ?? '');
  return { ...frame, fields: [...frame.fields, { name: TRACEQL_FIELD, type: FieldType.string, values, config: {} }] };
}

/** A search for the traces of one service, for the table beside the graph. */
export function tracesLink(target: LinkTarget, service: string, namespace?: string): DataLink<TempoQuery> {
  const filters: TraceqlFilter[] = [
    { id: 'service-name', scope: 'resource', tag: 'service.name', operator: '=', value: service, valueType: 'string' },
  ];
  if (namespace !== undefined) {
    filters.unshift({
      id: 'service-namespace',
      scope: 'resource',
      tag: 'service.namespace',
      operator: '=',
      value: namespace,
      valueType: 'string',
    });
  }
  return {
    title: t('traceatlas.datasource.service-map.view-traces', 'View traces'),
    url: '',
    internal: {
      datasourceUid: target.uid,
      datasourceName: target.name,
      query: { refId: 'A', queryType: 'traceqlSearch', filters },
    },
  };
}

function metricLinks(matchers: string[], { prometheus, dialect }: GraphLinkOptions): DataLink[] {
  const selector = (extra: string[] = []) => `{${[...matchers, ...extra].join(', ')}}`;
  const rate = (metric: string, extra?: string[]) => `rate(${metric}${selector(extra)}[$__rate_interval])`;
  const { client, server } = dialect.labels;
  const failed =
    'counter' in dialect.failed
      ? rate(dialect.failed.counter)
      : rate(dialect.requests, [`${dialect.failed.label}="${dialect.failed.value}"`]);
  const latency = usesNative(dialect)
    ? `histogram_quantile(0.9, sum by (${client}, ${server}) (${rate(dialect.serverLatency)}))`
    : `histogram_quantile(0.9, sum by (le, ${client}, ${server}) (${rate(`${dialect.serverLatency}_bucket`)}))`;
  return [
    promqlLink(
      t('traceatlas.datasource.service-map.request-rate', 'Request rate'),
      `sum by (${client}, ${server}) (${rate(dialect.requests)})`,
      prometheus
    ),
    promqlLink(t('traceatlas.datasource.service-map.request-latency', 'Request latency (p90)'), latency, prometheus),
    promqlLink(
      t('traceatlas.datasource.service-map.failed-rate', 'Failed request rate'),
      `sum by (${client}, ${server}) (${failed})`,
      prometheus
    ),
  ];
}

function promqlLink(title: string, expr: string, { uid, name }: LinkTarget): DataLink<PrometheusLinkQuery> {
  return {
    title,
    url: '',
    internal: {
      datasourceUid: uid,
      datasourceName: name,
      query: { refId: 'A', expr, range: true, exemplar: true, instant: false },
    },
  };
}
