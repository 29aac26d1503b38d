import { useMemo } from 'react';
import { loadReplay, type Replay } from '../../../../servicegraph/replay';
import { type GraphScope } from '../../../../servicegraph/scope';
import { promqlRangeRunner } from '../../../run-promql';
import { type Answer, useAnswer } from '../../../use-answer';
import { type GraphSource } from '../graph-source';
import { graphScopeOf } from '../map-scope';

/** Names make a query long; beyond this the part that is asked for is not narrowed by them. */
const MOST_NAMES = 300;

/** The page's time range in steps. */
export function useReplay(source: GraphSource, isOn: boolean): Answer<Replay> {
  const { graph: shown, namespaces, dialect, range, scope } = source.useState();
  const isThere = shown !== undefined;
  const ask = useMemo(() => {
    // Percentiles that come later to the graph of the same range are no reason to begin again.
    const { graph } = source.state;
    if (!isOn || !isThere || !graph || !dialect || !range) {
      return undefined;
    }
    const { around } = scope.state;
    const wanted = graphScopeOf({ ...scope.state, namespaces });
    const names = [...new Set(graph.services.map(({ name }) => name))];
    // What is around a service was found hop by hop; its steps are asked for by name.
    const narrowed: GraphScope =
      around && names.length <= MOST_NAMES
        ? { ...wanted, reduction: { ...wanted.reduction, services: names } }
        : wanted;
    return (signal: AbortSignal, onEarly: (replay: Replay) => void) =>
      loadReplay({
        runPromQLRange: promqlRangeRunner(source.dataSourceUid),
        dialect,
        range,
        scope: narrowed,
        graph,
        onEarly,
        signal,
      });
  }, [source, isOn, isThere, namespaces, dialect, range, scope]);
  return useAnswer(ask, true);
}

/** The last point that is not after `at`; the first one without it. */
export function replayIndex(times: readonly number[], at: number | undefined): number {
  if (at === undefined) {
    return 0;
  }
  const later = times.findIndex((time) => time > at);
  return later === -1 ? Math.max(0, times.length - 1) : Math.max(0, later - 1);
}
