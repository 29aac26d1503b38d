/** The graphs of two windows, asked for side by side, and what changed between them. */
import { compareGraphs, type GraphComparison } from './compare';
import { type MetricsDialect } from './dialect';
import { type ServiceGraph } from './model';
import { rangeSeconds, type ServiceGraphRequest } from './query';
import { queryGraph } from './query-around';
import { recordedIn } from './recorded-since';
import { type RunPromQLAt } from './run-promql';
import { type GraphScope, type ServerFocus } from './scope';
import { type Comparison, comparisonRange, type EpochRange } from './time-ranges';
import { type FewSamples, findFewSamples } from './window-samples';

export interface ComparisonRequest {
  runPromQLAt: RunPromQLAt;
  /** Found for `range`; the other window has the same but for recorded series that began later */
  dialect: MetricsDialect;
  range: EpochRange;
  comparison: Comparison;
  scope?: GraphScope;
  /** Only what is around a service, in both windows */
  focus?: ServerFocus;
  /** The graph of `range` where it is on screen already: then only the other window is asked for. */
  now?: ServiceGraph;
  /** Asks for the graph of a window, and may tell what is known of it early; `queryGraph` when absent */
  query?(request: GraphRequest, onEarly: (graph: ServiceGraph) => void): Promise<ServiceGraph>;
  /** Told when the other window's graph is known but for its percentiles */
  onEarly?(comparison: LoadedComparison): void;
  signal?: AbortSignal;
}

type GraphRequest = ServiceGraphRequest & { focus?: ServerFocus };

export interface LoadedComparison extends GraphComparison {
  /** The window that was compared with */
  range: EpochRange;
  /** False when that window has no services at all: then nothing can be said to have changed. */
  hasEarlier: boolean;
  /** Only the busiest calls were asked for, so nothing is said to have appeared or vanished. */
  isPart: boolean;
  /** Set where a window has too few samples for a rate: what is not counted yet must not be called new or gone. */
  fewSamples?: FewSamples;
}

/** Whether what differs between the windows has changed. */
export function isComparable({ hasEarlier, fewSamples }: LoadedComparison): boolean {
  return hasEarlier && fewSamples === undefined;
}

/** Whether there is anything to compare the other window's percentiles with: working them out takes most of the time. */
function hasPercentiles({ services, calls }: ServiceGraph): boolean {
  return [...services, ...calls].some(({ stats: { p50, p95, p99 } }) => (p50 ?? p95 ?? p99) !== undefined);
}

/** @throws as `queryServiceGraph` */
export async function loadComparison(request: ComparisonRequest): Promise<LoadedComparison> {
  const { runPromQLAt, dialect, range, focus, signal, query = queryGraph, onEarly } = request;
  const earlier = comparisonRange(request.comparison, range);
  const { reduction } = request.scope ?? {};
  const scope: GraphScope | undefined =
    request.now && request.now.services.length > 0 && !hasPercentiles(request.now)
      ? { ...request.scope, reduction: { ...reduction, percentiles: false } }
      : request.scope;
  const graphOf = async (window: EpochRange, tell: (graph: ServiceGraph) => void) => {
    const runPromQL = runPromQLAt(window);
    const known =
      window === range ? dialect : await recordedIn(dialect, window, runPromQL, signal ?? new AbortController().signal);
    return query({ runPromQL, dialect: known, range: window, scope, focus, signal }, tell);
  };
  const isPart = reduction?.topCalls !== undefined || reduction?.minRate !== undefined;
  const samples = findFewSamples({ runPromQLAt, dialect, scope: request.scope, now: range, earlier, signal });
  const compared = (now: ServiceGraph, before: ServiceGraph, fewSamples?: FewSamples): LoadedComparison => ({
    ...compareGraphs(
      { graph: now, seconds: rangeSeconds(range) },
      { graph: before, seconds: rangeSeconds(earlier) },
      { isPart }
    ),
    range: earlier,
    hasEarlier: before.services.length > 0,
    isPart,
    ...(fewSamples ? { fewSamples } : {}),
  });
  const { now } = request;
  const tellEarly = (early: ServiceGraph) => {
    if (now && onEarly) {
      // Where the samples cannot be had the comparison fails, and says why.
      samples.then((few) => onEarly(compared(now, early, few))).catch(() => undefined);
    }
  };
  const [newer, before, few] = await Promise.all([
    now ?? graphOf(range, () => undefined),
    graphOf(earlier, tellEarly),
    samples,
  ]);
  return compared(newer, before, few);
}
