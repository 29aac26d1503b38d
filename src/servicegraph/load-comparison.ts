/** The graphs of two windows, asked for side by side, and what changed between them. */
import { compareGraphs, type GraphComparison } from './compare';
import { type MetricsDialect } from './dialect';
import { type ServiceGraph } from './model';
import { queryServiceGraph, rangeSeconds } from './query';
import { type RunPromQLAt } from './run-promql';
import { type GraphScope } from './scope';
import { type Comparison, comparisonRange, type EpochRange } from './time-ranges';

export interface ComparisonRequest {
  runPromQLAt: RunPromQLAt;
  /** Found once, for both windows */
  dialect: MetricsDialect;
  range: EpochRange;
  comparison: Comparison;
  scope?: GraphScope;
  /** The graph of `range` where it is on screen already: then only the other window is asked for. */
  now?: ServiceGraph;
  signal?: AbortSignal;
}

export interface LoadedComparison extends GraphComparison {
  /** The window that was compared with */
  range: EpochRange;
}

/** @throws as `queryServiceGraph` */
export async function loadComparison(request: ComparisonRequest): Promise<LoadedComparison> {
  const { runPromQLAt, dialect, range, scope, signal } = request;
  const earlier = comparisonRange(request.comparison, range);
  const graphOf = (window: EpochRange) =>
    queryServiceGraph({ runPromQL: runPromQLAt(window), dialect, range: window, scope, signal });
  const [now, before] = await Promise.all([request.now ?? graphOf(range), graphOf(earlier)]);
  return {
    ...compareGraphs({ graph: now, seconds: rangeSeconds(range) }, { graph: before, seconds: rangeSeconds(earlier) }),
    range: earlier,
  };
}
