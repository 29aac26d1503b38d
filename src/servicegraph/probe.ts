/** Finds out whose series a PromQL data source holds, by one cheap query. */
import {
  DEFAULT_DIALECT,
  type HistogramKind,
  METRICS_DIALECTS,
  type MetricsDialect,
  SPAN_METRIC_NAMES,
  type SpanMetricNames,
} from './dialect';
import { escapeRegex, quote } from './promql-text';
import { type RunPromQL } from './run-promql';

export interface ProbeResult {
  dialect: MetricsDialect;
  /** False when no series of any known name exists: the dialect is a guess then. */
  found: boolean;
}

const PROBE_REF = 'names';

function histogramNames(base: string): string[] {
  return [base, `${base}_count`];
}

function knownNames(): string[] {
  const edges = METRICS_DIALECTS.flatMap((dialect) => [dialect.requests, ...histogramNames(dialect.serverLatency)]);
  const spans = SPAN_METRIC_NAMES.flatMap(({ calls, latency }) => [calls, ...histogramNames(latency)]);
  return [...new Set([...edges, ...spans])];
}

/**
 * Names of the known series that had samples in the window, and whether the request counter carries `failed`.
 * `last_over_time` sees a window in the past too; buckets are not touched.
 * @param window s
 */
export function probeExpression(window: number): string {
  const names = knownNames().map(escapeRegex).join('|');
  return `group by (__name__, failed) (last_over_time({__name__=~${quote(names)}}[${window}s]))`;
}

function histogramKind(base: string, present: ReadonlySet<string>): HistogramKind | undefined {
  const classic = present.has(`${base}_count`);
  const native = present.has(base);
  if (classic && native) {
    return 'both';
  }
  return classic ? 'classic' : native ? 'native' : undefined;
}

function spanMetricsOf(present: ReadonlySet<string>): SpanMetricNames | undefined {
  const withCalls = SPAN_METRIC_NAMES.filter(({ calls }) => present.has(calls));
  return withCalls.find(({ latency }) => histogramKind(latency, present)) ?? withCalls[0];
}

function isCollector({ id }: MetricsDialect): boolean {
  return id !== DEFAULT_DIALECT.id;
}

/** @param names of the series that exist; @param hasFailedLabel as only the Collector's connector writes it */
export function chooseDialect(names: Iterable<string>, hasFailedLabel: boolean): ProbeResult {
  const present = new Set(names);
  const spanMetrics = spanMetricsOf(present);
  const candidates = METRICS_DIALECTS.filter((dialect) => present.has(dialect.requests));
  const ranked = [...candidates].sort(
    (a, b) => Number(isCollector(b) === hasFailedLabel) - Number(isCollector(a) === hasFailedLabel)
  );
  const dialect = ranked.find(({ serverLatency }) => histogramKind(serverLatency, present)) ?? ranked[0];
  if (!dialect) {
    return { dialect: { ...DEFAULT_DIALECT, spanMetrics }, found: false };
  }
  const histogram = histogramKind(dialect.serverLatency, present) ?? dialect.histogram;
  return { dialect: { ...dialect, histogram, spanMetrics }, found: true };
}

/**
 * @param range ms since the Unix epoch
 * @throws whatever `runPromQL` rejects with
 */
export async function probeDialect(
  runPromQL: RunPromQL,
  range: { from: number; to: number },
  signal: AbortSignal
): Promise<ProbeResult> {
  const window = Math.max(1, Math.round((range.to - range.from) / 1000));
  const answer = await runPromQL([{ refId: PROBE_REF, expr: probeExpression(window), instant: true }], signal);
  const rows = answer[PROBE_REF] ?? [];
  return chooseDialect(
    rows.flatMap(({ labels }) => labels.__name__ ?? []),
    rows.some(({ labels }) => Boolean(labels.failed))
  );
}
