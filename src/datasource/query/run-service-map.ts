import { CoreApp, type DataFrame, type DataSourceApi, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '../../i18n/translate';
import { AnswersUnderWay } from '../../servicegraph/answers-under-way';
import { type MetricsDialect } from '../../servicegraph/dialect';
import { type ServiceGraph } from '../../servicegraph/model';
import { nodeGraphPositions } from '../../servicegraph/node-graph-positions';
import { parseDialectOverride } from '../../servicegraph/dialect-override';
import { knownDialects } from '../../servicegraph/known-dialects';
import { type GraphQuestion, KnownLabelSets } from '../../servicegraph/known-label-sets';
import { EVERY_CALLEE } from '../../servicegraph/query';
import { queryGraph } from '../../servicegraph/query-around';
import { type GraphRefusedError, refusalOf, type Remedy } from '../../servicegraph/refusal';
import { type GraphScope, parseSelector, type ServerFocus } from '../../servicegraph/scope';
import { toNodeGraphFrames } from '../../servicegraph/to-frames';
import { sampleGraphFrames } from '../service-map/sample-graph-frames';
import { addAdHocSelectors, callSelectors } from '../service-map/ad-hoc-selectors';
import { edgeLinks, nodeLinks, withTracesOf } from '../service-map/graph-links';
import { runPromqlOn } from '../service-map/run-promql-on-datasource';
import { serviceTable } from '../service-map/service-table-frame';
import { type RunContext, warning } from './context';
import { type ServiceMapScope } from '../types';
import { type NormalizedQuery } from './normalize-query';

/** Grafana's node graph shows no more nodes than these; the layout of that many takes some milliseconds here. */
const MAX_PLACED_SERVICES = 200;

/** A label that no producer writes: grouping by it keeps all namespaces of a service together. */
const NO_LABEL = '__no_namespace__';

/** One for all queries of a browser window. */
const knownLabelSets = new KnownLabelSets();

/**
 * Grafana cancels a panel's queries when it is refreshed, also when it is refreshed faster than these are answered, and
 * several panels may show one graph.
 */
const graphsUnderWay = new AnswersUnderWay<ServiceGraph>();

/** What is used of the data source with the metrics */
export type MetricsDataSource = Pick<DataSourceApi, 'name' | 'query' | 'getRef'>;

export interface ServiceMapContext extends RunContext {
  /** The data source of that uid; rejects when there is none. */
  loadDataSource: (uid: string) => Promise<MetricsDataSource>;
}

/** From the metrics of the generator; without these, from some traces. */
export async function runServiceMap(
  query: NormalizedQuery,
  context: ServiceMapContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const { settings, target, request, loadDataSource } = context;
  const uid = settings.serviceMapDatasourceUid;
  const includeNamespace = query.serviceMapIncludeNamespace;
  const ownSelectors = query.serviceMapQueries.map(parseSelector).filter((matchers) => matchers.length > 0);
  const fromSample = (reason: string) =>
    sampleGraphFrames(
      { refId: query.refId, selectors: ownSelectors, includeNamespace },
      context,
      [...notices, warning(reason)],
      signal
    );
  if (!uid) {
    return fromSample(noPrometheus());
  }
  const prometheus = await loadPrometheus(uid, loadDataSource);
  const runPromQL = runPromqlOn(prometheus, request);
  const range = { from: request.range.from.valueOf(), to: request.range.to.valueOf() };
  const { override } = parseDialectOverride(settings.serviceMapDialect);
  const probe = await knownDialects.get({ uid, runPromQL, range, override, signal }).catch(throwWithRemedies);
  if (!probe.found && !probe.dialect.spanMetrics) {
    return fromSample(noMetrics());
  }
  const { serviceMapScope } = query;
  const { identity = probe.dialect.identity } = serviceMapScope;
  const dialect = { ...(includeNamespace ? probe.dialect : withoutNamespaces(probe.dialect)), identity };
  const own = callSelectors(ownSelectors, probe.dialect);
  const filtered = addAdHocSelectors(own.selectors, request.filters ?? [], probe.dialect);
  const ignored = [...own.ignored, ...filtered.ignored];
  const question: GraphQuestion = {
    uid,
    dialect,
    range,
    scope: { selectors: filtered.selectors, reduction: reductionOf(serviceMapScope) },
    focus: focusOf(serviceMapScope),
  };
  const ask = async (shared: AbortSignal) => {
    // One round, as the names that were looked for before are one of their own.
    const severalLabelSets = knownLabelSets.get(question) ?? EVERY_CALLEE;
    const answer = await queryGraph({ ...question, runPromQL, severalLabelSets, signal: shared });
    knownLabelSets.keep(question, answer);
    return answer;
  };
  // A refresh asks the same of a newer window: its relative range is the same.
  const asked = JSON.stringify([{ ...question, range: request.range.raw }]);
  const graph = await graphsUnderWay.get(asked, ask, signal).catch(throwWithRemedies);
  const links = { tempo: target, prometheus: { uid, name: prometheus.name }, dialect, includeNamespace };
  const nodeGraph = toNodeGraphFrames(drawable(graph, request.app), {
    refId: query.refId,
    nodeLinks: nodeLinks(links),
    edgeLinks: edgeLinks(links),
    positions: graph.services.length <= MAX_PLACED_SERVICES ? nodeGraphPositions(graph) : undefined,
  });
  const frames = [
    ...withTracesOf(nodeGraph, graph),
    serviceTable(graph, { refId: query.refId, tempo: target, includeNamespace }),
  ];
  const allNotices = [
    ...notices,
    ...graph.notices.map(warning),
    ...(graph.refused ? [warning(remedies(graph.refused))] : []),
    ...(probe.found ? [] : [warning(noMetrics())]),
    ...(ignored.length > 0 ? [warning(notApplied(ignored))] : []),
  ];
  return allNotices.length > 0
    ? frames.map((frame) => ({ ...frame, meta: { ...frame.meta, notices: allNotices } }))
    : frames;
}

/** Explore draws with Grafana's node graph, where a line from a service to itself is NaN; other places have our map. */
function drawable(graph: ServiceGraph, app: string | undefined): ServiceGraph {
  return app === CoreApp.Explore
    ? { ...graph, calls: graph.calls.filter(({ source, target }) => source !== target) }
    : graph;
}

function reductionOf({ top, minRate, percentiles }: ServiceMapScope): GraphScope['reduction'] {
  return { topCalls: top, minRate, percentiles };
}

function focusOf({ around, aroundNamespace, hops = 1, direction = 'both' }: ServiceMapScope): ServerFocus | undefined {
  return around ? { service: around, namespace: aroundNamespace || undefined, hops, direction } : undefined;
}

/** The server's own words, and how to ask for less. */
function throwWithRemedies(error: unknown): never {
  const refused = refusalOf(error);
  throw refused ? new Error(`${refused.message}. ${remedies(refused)}`) : error;
}

function remedies(refused: GraphRefusedError): string {
  const texts: Record<Remedy, string> = {
    'shorter-range': t('traceatlas.datasource.service-map.remedy-range', 'a shorter time range'),
    'fewer-services': t(
      'traceatlas.datasource.service-map.remedy-services',
      'a filter, or the neighbours of one service'
    ),
    'no-percentiles': t('traceatlas.datasource.service-map.remedy-percentiles', 'no percentiles'),
    'busiest-calls': t('traceatlas.datasource.service-map.remedy-busiest', 'the busiest calls only'),
    'recording-rules': t(
      'traceatlas.datasource.service-map.remedy-rules',
      'for good, rates recorded by the rules that come with Trace Atlas'
    ),
  };
  return t(
    'traceatlas.datasource.service-map.remedies',
    'The service graph is too large to be read at once. What makes the question smaller: {{remedies}}.',
    { remedies: refused.remedies.map((remedy) => texts[remedy]).join('; ') }
  );
}

async function loadPrometheus(uid: string, load: ServiceMapContext['loadDataSource']): Promise<MetricsDataSource> {
  try {
    return await load(uid);
  } catch {
    throw new Error(
      t(
        'traceatlas.datasource.errors.prometheus-gone',
        'The metrics data source "{{uid}}" cannot be loaded: it was deleted, or you may not read it. Choose another one under "Service graph" in the settings of this data source.',
        { uid }
      )
    );
  }
}

function withoutNamespaces(dialect: MetricsDialect): MetricsDialect {
  return {
    ...dialect,
    labels: { ...dialect.labels, clientNamespace: NO_LABEL, serverNamespace: NO_LABEL },
    spanMetrics: dialect.spanMetrics && { ...dialect.spanMetrics, namespaceLabel: NO_LABEL },
  };
}

function noPrometheus(): string {
  return t(
    'traceatlas.datasource.errors.no-prometheus',
    'No metrics data source is set. Choose the one that holds the service graph metrics under "Service graph" in the settings of this data source.'
  );
}

function noMetrics(): string {
  return t(
    'traceatlas.datasource.service-map.no-metrics',
    "No service graph metrics were found in this time range. Tempo's metrics generator must run with the service-graphs processor and write to this metrics data source."
  );
}

function notApplied(keys: string[]): string {
  return t(
    'traceatlas.datasource.service-map.filters-ignored',
    'The service graph metrics tell services and their namespaces only, so these filters are not applied: {{keys}}.',
    { keys: keys.join(', ') }
  );
}
