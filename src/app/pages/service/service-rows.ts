import { type HistogramKind, type SpanMetricNames } from '../../../servicegraph/dialect';
import { type RequestStats } from '../../../servicegraph/model';
import { type PromqlQuery, type PromqlRow } from '../../../servicegraph/run-promql';
import { failedIncomingRate, incomingRate, latencyQuantile } from '../../../servicegraph/service-promql';

export interface ServiceRow extends Pick<RequestStats, 'rate' | 'errorRate' | 'p95'> {
  name: string;
  namespace?: string;
}

type Column = 'rate' | 'errorRate' | 'p95';
const COLUMNS: readonly Column[] = ['rate', 'errorRate', 'p95'];

/** One instant query a column, for all services at once; `seconds` is the width of the time range. */
export function serviceListQueries(names: SpanMetricNames, histogram: HistogramKind, seconds: number): PromqlQuery[] {
  const window = `${seconds}s`;
  const by = [names.serviceLabel, names.namespaceLabel];
  const expressions: Record<Column, string> = {
    rate: incomingRate(names, {}, window, by),
    errorRate: failedIncomingRate(names, {}, window, by),
    p95: latencyQuantile(names, histogram, 0.95, {}, window, by),
  };
  return COLUMNS.map((refId) => ({ refId, expr: expressions[refId], instant: true }));
}

/**
 * Joins the columns by service; latencies become seconds. Services are in order of their rate, the busiest first.
 * @param answers rows by the refId of `serviceListQueries`
 */
export function serviceRows(names: SpanMetricNames, answers: Record<string, PromqlRow[]>): ServiceRow[] {
  const rows = new Map<string, ServiceRow>();
  for (const column of COLUMNS) {
    for (const { labels, value } of answers[column] ?? []) {
      const name = labels[names.serviceLabel] ?? '';
      const namespace = labels[names.namespaceLabel] || undefined;
      const key = JSON.stringify([namespace, name]);
      const row: ServiceRow = rows.get(key) ?? { name, namespace };
      if (Number.isFinite(value)) {
        row[column] = column === 'p95' && names.unit === 'ms' ? value / 1000 : value;
      }
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0) || a.name.localeCompare(b.name));
}
