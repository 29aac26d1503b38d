/** The graphs of two windows, asked for side by side, and what changed between them. */
import { compareGraphs, type GraphComparison } from './compare';
import { type MetricsDialect } from './dialect';
import { type ServiceGraph } from './model';
import { rangeSeconds } from './query';
import { queryGraph } from './query-around';
import { type RunPromQLAt } from './run-promql';
import { type GraphScope, type ServerFocus } from './scope';
import { type Comparison, comparisonRange, type EpochRange } from './time-ranges';

export interface ComparisonRequest {
  runPromQLAt: RunPromQLAt;
  /** Found once, for both windows */
  dialect: MetricsDialect;
  range: EpochRange;
  comparison: Comparison;
  scope?: GraphScope;
  /** Only what is around a service, in both windows */
  focus?: ServerFocus;
  /** The graph of `range` where it is on screen already: then only the other window is asked for. */
  now?: ServiceGraph;
  signal?: AbortSignal;
}

export interface LoadedComparison extends GraphComparison {
  /** The window that was compared with */
  range: EpochRange;
  /** False when that window has no services at all: then nothing can be said to have changed. */
  hasEarlier: boolean;
  /** Only the busiest calls were asked for, so nothing is said to have appeared or vanished. */
  isPart: boolean;
}

/** @throws as `queryServiceGraph` */
export async function loadComparison(request: ComparisonRequest): Promise<LoadedComparison> {
  const { runPromQLAt, dialect, range, scope, focus, signal } = request;
  const earlier = comparisonRange(request.comparison, range);
  const graphOf = (window: EpochRange) =>
    queryGraph({ runPromQL: runPromQLAt(window), dialect, range: window, scope, focus, signal });
  const [now, before] = await Promise.all([request.now ?? graphOf(range), graphOf(earlier)]);
  const isPart = scope?.reduction?.topCalls !== undefined || scope?.reduction?.minRate !== undefined;
  return {
    ...compareGraphs(
      { graph: now, seconds: rangeSeconds(range) },
      { graph: before, seconds: rangeSeconds(earlier) },
      { isPart }
    ),
    range: earlier,
    hasEarlier: before.services.length > 0,
    isPart,
  };
}
