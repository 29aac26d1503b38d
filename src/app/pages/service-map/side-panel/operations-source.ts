import { useMemo } from 'react';
import { queryOperations } from '../../../../servicegraph/operations-of-services';
import { type OperationsSource } from '../../../../views/service-map/operations/operations-state';
import { promqlRunnerAt } from '../../../run-promql';
import { type GraphSource } from '../graph-source';

/** Operations of the services of a page's map, over the same window and from the same series; the same until those change. */
export function useOperationsSource(source: GraphSource): OperationsSource | undefined {
  const { graph, range, dialect } = source.useState();
  const uid = source.dataSourceUid;
  return useMemo(() => {
    if (!graph || !range || !dialect) {
      return undefined;
    }
    const from = JSON.stringify([uid, dialect.spanMetrics, dialect.identity]);
    if (!dialect.spanMetrics) {
      return { from };
    }
    const runPromQL = promqlRunnerAt(uid)(range);
    return {
      from,
      load: (services, signal) =>
        queryOperations({ runPromQL, dialect, range, services, known: graph.services, signal }),
    };
  }, [uid, graph, range, dialect]);
}
