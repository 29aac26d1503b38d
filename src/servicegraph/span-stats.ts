/** What services say of themselves in span metrics: requests served, and services that call nobody. */
import { measured, sum } from './call-drafts';
import { type MetricsDialect, spanLabels } from './dialect';
import { type End, type EndNames, type Ends } from './ends';
import { type RequestStats } from './model';
import { eachRow, type PromqlRow } from './run-promql';
import { type Steps } from '../trace/steps';

/** The Collector's and Tempo's spelling, and that of series that came as OTLP. */
const SERVED_KINDS = new Set(['SPAN_KIND_SERVER', 'SPAN_KIND_CONSUMER']);
const ERROR_STATUS = 'STATUS_CODE_ERROR';

type Stats = Pick<RequestStats, 'rate' | 'errorRate'>;

export interface ReportedStats {
  byId: Map<string, { end: End; stats: Stats }>;
  byName: Map<string, Stats>;
}

export function* reportedSteps(rows: readonly PromqlRow[], dialect: MetricsDialect, ends: Ends): Steps<ReportedStats> {
  const found: ReportedStats = { byId: new Map(), byName: new Map() };
  const { spanMetrics, identity = [] } = dialect;
  if (!spanMetrics) {
    return found;
  }
  const names: EndNames = {
    name: spanMetrics.serviceLabel,
    namespace: spanMetrics.namespaceLabel,
    dimensions: identity.map((dimension) => [dimension, dimension]),
  };
  const { kind, status } = spanLabels(spanMetrics);
  yield* eachRow(rows, ({ labels, value }) => {
    const end = ends.of(labels, names);
    const entry = found.byId.get(end.id) ?? { end, stats: {} };
    found.byId.set(end.id, entry);
    const ofName = found.byName.get(end.name) ?? {};
    found.byName.set(end.name, ofName);
    const rate = measured(value);
    if (rate !== undefined && SERVED_KINDS.has(labels[kind] ?? '')) {
      const failed = labels[status] === ERROR_STATUS ? rate : 0;
      for (const stats of [entry.stats, ofName]) {
        stats.rate = sum(stats.rate, rate);
        stats.errorRate = sum(stats.errorRate, failed);
      }
    }
  });
  return found;
}

function isBare({ namespace, labels }: End): boolean {
  return namespace === undefined && labels === undefined;
}

/** undefined when span metrics do not have the service, or it served nothing */
export function reportedBy({ byId, byName }: ReportedStats, end: End): Stats | undefined {
  // The graph's series may lack the namespaces that span metrics have.
  const stats = byId.get(end.id)?.stats ?? (isBare(end) ? byName.get(end.name) : undefined);
  return stats?.rate === undefined ? undefined : stats;
}

/** Services without calls. One that the graph has under fewer or more labels is not shown twice. */
export function isolatedEnds({ byId }: ReportedStats, known: ReadonlySet<End>): End[] {
  const bare = new Set<string>();
  const names = new Set<string>();
  for (const end of known) {
    names.add(end.name);
    if (isBare(end)) {
      bare.add(end.name);
    }
  }
  return [...byId.values()].flatMap(({ end }) =>
    known.has(end) || bare.has(end.name) || (isBare(end) && names.has(end.name)) ? [] : [end]
  );
}
