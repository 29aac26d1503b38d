import { useMemo } from 'react';
import { type LoadedComparison, loadComparison } from '../../../../servicegraph/load-comparison';
import { type Comparison } from '../../../../servicegraph/time-ranges';
import { promqlRunnerAt } from '../../../run-promql';
import { type Answer, useAnswer } from '../../../use-answer';
import { type GraphSource } from '../graph-source';
import { graphScopeOf, serverFocusOf } from '../map-scope';
import { queryGraphInParts } from '../query-graph-in-parts';

/** The graph on screen against another window, asked again with every new graph. */
export function useComparison(source: GraphSource, comparison: Comparison | undefined): Answer<LoadedComparison> {
  const { graph, namespaces, dialect, range, scope } = source.useState();
  const ask = useMemo(() => {
    if (!comparison || !graph || !dialect || !range) {
      return undefined;
    }
    return (signal: AbortSignal, onEarly: (early: LoadedComparison) => void) =>
      loadComparison({
        runPromQLAt: promqlRunnerAt(source.dataSourceUid),
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
  }, [source, comparison, graph, namespaces, dialect, range, scope]);
  return useAnswer(ask, true);
}
