/** Finds out whose series a PromQL data source holds, by one cheap query, or two. */
import {
  DEFAULT_DIALECT,
  type HistogramKind,
  METRICS_DIALECTS,
  type MetricsDialect,
  SPAN_METRIC_NAMES,
  type SpanMetricNames,
  STANDARD_PREFIX,
  withPrefix,
} from './dialect';
import { escapeRegex, quote } from './promql-text';
import { RECORDING_INTERVAL, recordedName } from './recorded';
import { type RunPromQL } from './run-promql';
import { type EpochRange } from './time-ranges';

export interface ProbeResult {
  dialect: MetricsDialect;
  /** False when no series of any known name exists: the dialect is a guess then. */
  found: boolean;
}

const PROBE_REF = 'names';
/** s; what is being written has samples in it */
const RECENT = 300;
/** What a Prometheus exporter puts before every name, e.g. `collector_`. */
const ANY_NAMESPACE = '(?:[a-zA-Z0-9_]+_)?';

function histogramNames(base: string): string[] {
  return [base, `${base}_count`];
}

function edgeNames(dialect: MetricsDialect): string[] {
  const counters = [dialect.requests, ...('counter' in dialect.failed ? [dialect.failed.counter] : [])];
  const raw = [...counters, ...histogramNames(dialect.serverLatency)];
  return [...raw, ...raw.map((name) => recordedName(name))];
}

function spanNames({ calls, latency }: SpanMetricNames): string[] {
  return [calls, recordedName(calls, 'spans'), ...histogramNames(latency)];
}

/** Names of the Collector without a prefix of their own would be anybody's behind one. */
function isGeneric(name: string): boolean {
  return /^(calls_total|duration_)/.test(name);
}

function knownNames(): string[] {
  return [...new Set([...METRICS_DIALECTS.flatMap(edgeNames), ...SPAN_METRIC_NAMES.flatMap(spanNames)])];
}

function namesPattern(): string {
  const names = knownNames();
  const recorded = names.filter((name) => name.includes(':'));
  const raw = names.filter((name) => !name.includes(':'));
  const prefixed = raw.filter((name) => !isGeneric(name));
  const alternatives = (list: string[]) => list.map(escapeRegex).join('|');
  return `${ANY_NAMESPACE}(?:${alternatives(prefixed)})|${alternatives([...raw.filter(isGeneric), ...recorded])}`;
}

/**
 * Names of the known series that had samples in the window, and whether the request counter carries `failed`.
 * `last_over_time` sees a window in the past too; buckets are not touched.
 * @param window s
 */
export function probeExpression(window: number): string {
  return `group by (__name__, failed) (last_over_time({__name__=~${quote(namesPattern())}}[${window}s]))`;
}

function histogramKind(base: string, present: ReadonlySet<string>): HistogramKind | undefined {
  const classic = present.has(`${base}_count`);
  const native = present.has(base);
  if (classic && native) {
    return 'both';
  }
  return classic ? 'classic' : native ? 'native' : undefined;
}

function withNamespace(names: SpanMetricNames, namespace: string): SpanMetricNames {
  return { ...names, calls: namespace + names.calls, latency: namespace + names.latency };
}

function spanMetricsOf(present: ReadonlySet<string>, namespaces: readonly string[]): SpanMetricNames | undefined {
  const candidates = namespaces.flatMap((namespace) =>
    SPAN_METRIC_NAMES.map((names) => (namespace ? withNamespace(names, namespace) : names))
  );
  const withCalls = candidates.filter(({ calls }) => present.has(calls));
  const found = withCalls.find(({ latency }) => histogramKind(latency, present)) ?? withCalls[0];
  return found && { ...found, histogram: histogramKind(found.latency, present) };
}

function isCollector({ id }: MetricsDialect): boolean {
  return id !== DEFAULT_DIALECT.id;
}

/** What stands before the known names in those that exist; '' comes first. */
function namespacesIn(present: ReadonlySet<string>): string[] {
  const known = knownNames().filter((name) => !isGeneric(name) && !name.includes(':'));
  const found = new Set<string>();
  for (const name of present) {
    const ending = known.find((candidate) => name.endsWith(`_${candidate}`));
    if (ending !== undefined) {
      found.add(name.slice(0, name.length - ending.length));
    }
  }
  return ['', ...[...found].sort()];
}

/** The raw names of what recording rules wrote stand in for series that were dropped. */
function withRecorded(names: Iterable<string>): Set<string> {
  const present = new Set(names);
  for (const dialect of METRICS_DIALECTS) {
    for (const name of [dialect.requests, ...histogramNames(dialect.serverLatency)]) {
      if (present.has(recordedName(name))) {
        present.add(name);
      }
    }
  }
  return present;
}

/** Failures are read from the label where the producer writes it and has no counter for them. */
function failedOf(dialect: MetricsDialect, present: ReadonlySet<string>, hasFailedLabel: boolean): MetricsDialect {
  const counted = 'counter' in dialect.failed && present.has(dialect.failed.counter);
  return hasFailedLabel && !counted ? { ...dialect, failed: { label: 'failed', value: 'true' } } : dialect;
}

function recordedOf(dialect: MetricsDialect, raw: ReadonlySet<string>): MetricsDialect['recorded'] {
  const all = [dialect.requests, dialect.serverLatency].every((name) =>
    [name, `${name}_count`].some((candidate) => raw.has(recordedName(candidate)))
  );
  return all
    ? {
        interval: RECORDING_INTERVAL,
        only: !raw.has(dialect.requests),
        spans: dialect.spanMetrics !== undefined && raw.has(recordedName(dialect.spanMetrics.calls, 'spans')),
      }
    : undefined;
}

/** @param names of the series that exist; @param hasFailedLabel as only the Collector's connector writes it */
export function chooseDialect(names: Iterable<string>, hasFailedLabel: boolean): ProbeResult {
  const raw = new Set(names);
  const present = withRecorded(raw);
  const namespaces = namespacesIn(present);
  const spanMetrics = spanMetricsOf(present, namespaces);
  const all = namespaces.flatMap((namespace) =>
    METRICS_DIALECTS.map((dialect) => (namespace ? withPrefix(dialect, namespace + STANDARD_PREFIX) : dialect))
  );
  const candidates = all.filter((dialect) => present.has(dialect.requests));
  const ranked = [...candidates].sort(
    (a, b) => Number(isCollector(b) === hasFailedLabel) - Number(isCollector(a) === hasFailedLabel)
  );
  const chosen = ranked.find(({ serverLatency }) => histogramKind(serverLatency, present)) ?? ranked[0];
  if (!chosen) {
    return { dialect: { ...DEFAULT_DIALECT, spanMetrics }, found: false };
  }
  const histogram = histogramKind(chosen.serverLatency, present) ?? chosen.histogram;
  const dialect = failedOf({ ...chosen, histogram, spanMetrics }, present, hasFailedLabel);
  const recorded = recordedOf(dialect, raw);
  return { dialect: recorded ? { ...dialect, recorded } : dialect, found: true };
}

/**
 * Looks at the end of the range first, as a long range has very many samples, and at all of it only where that does not
 * tell everything.
 * @throws whatever `runPromQL` rejects with
 */
export async function probeDialect(runPromQL: RunPromQL, range: EpochRange, signal: AbortSignal): Promise<ProbeResult> {
  const window = Math.max(1, Math.round((range.to - range.from) / 1000));
  const recent = await probeWindow(runPromQL, Math.min(window, RECENT), signal);
  const isAll = recent.found && recent.dialect.spanMetrics !== undefined;
  return isAll || window <= RECENT ? recent : probeWindow(runPromQL, window, signal);
}

async function probeWindow(runPromQL: RunPromQL, window: number, signal: AbortSignal): Promise<ProbeResult> {
  const answer = await runPromQL([{ refId: PROBE_REF, expr: probeExpression(window), instant: true }], signal);
  const rows = answer[PROBE_REF] ?? [];
  return chooseDialect(
    rows.flatMap(({ labels }) => labels.__name__ ?? []),
    rows.some(({ labels }) => Boolean(labels.failed))
  );
}
