import { type SearchMetrics, type SpanSet, type TraceSearchResult } from '../types';

/**
 * A trace that lies on the border of slices is answered in each, and its parts in several blocks are answered each for
 * itself. One of them remains, as Tempo itself puts parts together: what is known of the root, the earliest start, the
 * longest duration, the larger counts, and of each span set the version with more matches. Merging a thing with itself
 * changes nothing.
 */
export function mergeTrace(known: TraceSearchResult, other: TraceSearchResult): TraceSearchResult {
  return {
    traceId: known.traceId,
    rootServiceName: known.rootServiceName || other.rootServiceName,
    rootTraceName: known.rootTraceName || other.rootTraceName,
    startTimeUnixNano: earlier(known.startTimeUnixNano, other.startTimeUnixNano),
    durationMs: Math.max(known.durationMs, other.durationMs),
    spanSets: mergeSpanSets(known.spanSets, other.spanSets),
    serviceStats: mergeServiceStats(known.serviceStats, other.serviceStats),
  };
}

/** The newest `limit` traces, newest first; of those with the same start the one with the smaller id. */
export function newestTraces(traces: Iterable<TraceSearchResult>, limit: number): TraceSearchResult[] {
  return [...traces].sort(newestFirst).slice(0, limit);
}

/** Sums; a figure that no answer has stays absent. */
export function addMetrics(a: SearchMetrics, b: SearchMetrics): SearchMetrics {
  const sum: SearchMetrics = {};
  const keys: Array<keyof SearchMetrics> = [
    'inspectedTraces',
    'inspectedBytes',
    'inspectedSpans',
    'totalBlocks',
    'completedJobs',
    'totalJobs',
  ];
  for (const key of keys) {
    const [left, right] = [a[key], b[key]];
    if (left !== undefined || right !== undefined) {
      sum[key] = (left ?? 0) + (right ?? 0);
    }
  }
  return sum;
}

/** 0 is no time: Tempo did not know it. */
function earlier(a: bigint, b: bigint): bigint {
  const none = BigInt(0);
  return a === none || (b !== none && b < a) ? b : a;
}

function newestFirst(a: TraceSearchResult, b: TraceSearchResult): number {
  if (a.startTimeUnixNano !== b.startTimeUnixNano) {
    return a.startTimeUnixNano > b.startTimeUnixNano ? -1 : 1;
  }
  return a.traceId < b.traceId ? -1 : 1;
}

function mergeSpanSets(known: SpanSet[], others: SpanSet[]): SpanSet[] {
  const merged = new Map(known.map((spanSet) => [groupOf(spanSet), spanSet]));
  for (const other of others) {
    const group = groupOf(other);
    const existing = merged.get(group);
    if (!existing || existing.matched < other.matched) {
      merged.set(group, other);
    }
  }
  return [...merged.values()];
}

/** by(…) makes several span sets of a trace; what it grouped by tells them apart. */
function groupOf({ attributes }: SpanSet): string {
  return JSON.stringify(
    attributes
      .filter(({ key }) => key.startsWith('by'))
      .map(({ key, value }) => [key, value])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)
  );
}

function mergeServiceStats(
  known: TraceSearchResult['serviceStats'],
  other: TraceSearchResult['serviceStats']
): TraceSearchResult['serviceStats'] {
  const merged = { ...known };
  for (const [service, { spanCount, errorCount }] of Object.entries(other)) {
    const existing = merged[service];
    merged[service] = {
      spanCount: Math.max(existing?.spanCount ?? 0, spanCount),
      errorCount: Math.max(existing?.errorCount ?? 0, errorCount),
    };
  }
  return merged;
}
