import { type ServiceGraph } from '../../../servicegraph/model';
import { isReduced } from '../../../servicegraph/promql';
import { queryGraph } from '../../../servicegraph/query-around';
import { type PromqlRow, type RunPromQL } from '../../../servicegraph/run-promql';

/**
 * A graph that takes longer is shown first without what reads most: the buckets of percentiles, and of a reduced graph the
 * calls that are left out.
 */
const EARLY_MS = 1000;
const EARLY = { percentiles: false, leftOut: false } as const;

/** Sends every expression once, however often it is asked for. */
function askOnce(run: RunPromQL): RunPromQL {
  const answers = new Map<string, Promise<PromqlRow[]>>();
  return async (queries, signal) => {
    const rows = queries.map(async (query): Promise<[string, PromqlRow[]]> => {
      const answer = answers.get(query.expr) ?? run([query], signal).then((all) => all[query.refId] ?? []);
      answers.set(query.expr, answer);
      return [query.refId, await answer];
    });
    return Object.fromEntries(await Promise.all(rows));
  };
}

/**
 * The graph; one that has to be waited for is told without percentiles and sums of what is left out first, with no query more.
 * @throws as `queryGraph`
 */
export async function queryGraphInParts(
  request: Parameters<typeof queryGraph>[0],
  onEarly: (graph: ServiceGraph) => void
): Promise<ServiceGraph> {
  const { scope } = request;
  if (scope?.reduction?.percentiles === false && !isReduced({ scope })) {
    return queryGraph(request);
  }
  const asking = { ...request, runPromQL: askOnce(request.runPromQL) };
  let isOver = false;
  const timer = setTimeout(() => {
    queryGraph({ ...asking, scope: { ...scope, reduction: { ...scope?.reduction, ...EARLY } } }).then(
      (graph) => isOver || onEarly(graph),
      // The whole graph fails as well, and says why.
      () => undefined
    );
  }, EARLY_MS);
  try {
    return await queryGraph(asking);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}
