import { type DataFrame, FieldType } from '@grafana/data';
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { spanLabels, type SpanMetricNames } from '../../../servicegraph/dialect';
import { spansQuery } from '../../../servicegraph/traces-of';
import { type PromqlQuery, type PromqlRow } from '../../../servicegraph/run-promql';
import {
  failedIncomingRate,
  incomingRate,
  latencyQuantile,
  type SpanMetricsScope,
  timeInRequests,
} from '../../../servicegraph/service-promql';
import { type SpanMetrics } from './metrics-loader';

export interface OperationRow {
  /** Span name */
  name: string;
  /** req/s */
  rate?: number;
  /** failed req/s */
  errorRate?: number;
  /** s */
  p95?: number;
  /** Time spent in requests per second of the range: rate x mean latency, in s/s */
  impact?: number;
  /** req/s over time */
  history?: { times: number[]; values: Array<number | null> };
}

type Column = 'rate' | 'errorRate' | 'p95' | 'impact';
const COLUMNS: readonly Column[] = ['rate', 'errorRate', 'p95', 'impact'];

/** One instant query for each column; `seconds` is the width of the time range. */
export function operationQueries(
  { names, histogram }: SpanMetrics,
  scope: SpanMetricsScope,
  seconds: number
): PromqlQuery[] {
  const window = `${seconds}s`;
  const by = [spanLabels(names).operation];
  const expressions: Record<Column, string> = {
    rate: incomingRate(names, scope, window, by),
    errorRate: failedIncomingRate(names, scope, window, by),
    p95: latencyQuantile(names, histogram, 0.95, scope, window, by),
    impact: timeInRequests(names, histogram, scope, window, by),
  };
  return COLUMNS.map((refId) => ({ refId, expr: expressions[refId], instant: true }));
}

/** Rows in order of their impact. @param answers by the refIds of `operationQueries` */
export function operationRows(names: SpanMetricNames, answers: Record<string, PromqlRow[]>): OperationRow[] {
  const { operation } = spanLabels(names);
  const rows = new Map<string, OperationRow>();
  for (const column of COLUMNS) {
    const factor = names.unit === 'ms' && (column === 'p95' || column === 'impact') ? 1e-3 : 1;
    for (const { labels, value } of answers[column] ?? []) {
      set(rows, labels[operation] ?? '', column, value * factor);
    }
  }
  return ordered(rows);
}

/** The same from TraceQL: queries by column, each by (name). */
export function operationTraceql(scope: RequestsScope): Record<Column, string> {
  const spans = spansQuery(requestsOf(scope));
  const failed = spansQuery(requestsOf(scope), 'status = error');
  return {
    rate: `${spans} | rate() by (name)`,
    errorRate: `${failed} | rate() by (name)`,
    p95: `${spans} | quantile_over_time(duration, .95) by (name)`,
    impact: `${spans} | sum_over_time(duration) by (name)`,
  };
}

/** @param seconds width of the time range, over which the durations were added up */
export function operationRowsOfTraceql(answers: Record<Column, readonly DataFrame[]>, seconds: number): OperationRow[] {
  const rows = new Map<string, OperationRow>();
  for (const column of COLUMNS) {
    for (const frame of answers[column]) {
      const field = frame.fields.find(({ type, labels }) => type === FieldType.number && labels);
      const name = field?.labels?.name?.replace(/^"(.*)"$/, '$1');
      const value: unknown = field?.values[0];
      if (name !== undefined && typeof value === 'number') {
        set(rows, name, column, column === 'impact' ? value / seconds : value);
      }
    }
  }
  for (const row of rows.values()) {
    // What failed is a part of what was seen: none failed where no series of failures is.
    row.errorRate ??= row.rate === undefined ? undefined : 0;
  }
  return ordered(rows);
}

function set(rows: Map<string, OperationRow>, name: string, column: Column, value: number): void {
  const row: OperationRow = rows.get(name) ?? { name };
  rows.set(name, row);
  if (Number.isFinite(value)) {
    row[column] = value;
  }
}

function ordered(rows: Map<string, OperationRow>): OperationRow[] {
  return [...rows.values()].sort((a, b) => (b.impact ?? 0) - (a.impact ?? 0) || (b.rate ?? 0) - (a.rate ?? 0));
}

/** Adds the course of the rate, of frames by operation. @param label holds its name: that of the series, or `name` in TraceQL */
export function withHistory(
  rows: readonly OperationRow[],
  frames: readonly DataFrame[],
  label: string
): OperationRow[] {
  const histories = new Map<string, NonNullable<OperationRow['history']>>();
  for (const frame of frames) {
    const times = frame.fields.find(({ type }) => type === FieldType.time);
    for (const field of frame.fields) {
      const name = field.labels?.[label]?.replace(/^"(.*)"$/, '$1');
      if (times && field.type === FieldType.number && name !== undefined) {
        histories.set(name, { times: times.values, values: field.values });
      }
    }
  }
  return rows.map((row) => {
    const history = histories.get(row.name);
    return history ? { ...row, history } : row;
  });
}
