import { useEffect, useMemo } from 'react';
import { type LoadedComparison, loadComparison } from '../../../../servicegraph/load-comparison';
import { type Comparison } from '../../../../servicegraph/time-ranges';
import { promqlRunnerAt } from '../../../run-promql';
import { type Answer, useAnswer } from '../../../use-answer';
import { type GraphSource } from '../graph-source';
import { graphScopeOf, serverFocusOf } from '../map-scope';
import { queryGraphInParts } from '../query-graph-in-parts';
import { sharedRunner } from './shared-runner';

/** The graph on screen against another window, asked again with every new graph. */
export function useComparison(source: GraphSource, comparison: Comparison | undefined): Answer<LoadedComparison> {
  const { graph, namespaces, dialect, range, scope } = source.useState();
  const uid = source.dataSourceUid;
  // The graph comes twice, the second time with its percentiles: then only those of the other window are still asked for.
  const runner = useMemo(
    () => (comparison && range ? sharedRunner(promqlRunnerAt(uid)) : undefined),
    [uid, comparison, range]
  );
  useEffect(() => () => runner?.end(), [runner]);
  const ask = useMemo(() => {
    if (!comparison || !graph || !dialect || !range || !runner) {
      return undefined;
    }
    return (signal: AbortSignal, onEarly: (early: LoadedComparison) => void) =>
      loadComparison({
        runPromQLAt: runner.runAt,
        dialect,
        range,
        comparison,
        scope: graphScopeOf({ ...scope.state, namespaces }),
        focus: serverFocusOf(scope.state),
        now: graph,
        query: queryGraphInParts,
        onEarly,
        signal,
      });
  }, [runner, comparison, graph, namespaces, dialect, range, scope]);
  return useAnswer(ask, true);
}
