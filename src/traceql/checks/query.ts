/** A whole query: the first error Tempo would report. */
import type { Query } from '../ast';
import { checkMetrics, metricsQueries } from './metrics';
import { checkPipeline } from './pipeline';
import { typeProblem, type Problem } from './problem';

/** Which of Tempo's routes the query is for. */
export type QueryEndpoint = 'search' | 'metrics';

export function checkQuery({ expression }: Query): Problem | undefined {
  return expression.type === 'pipeline' ? checkPipeline(expression) : checkMetrics(expression);
}

/** What is fine in itself but not on this route. Search ignores metrics functions, as long as there is one query only. */
export function checkEndpoint({ expression }: Query, endpoint: QueryEndpoint): Problem | undefined {
  if (endpoint === 'metrics') {
    return expression.type === 'pipeline' ? typeProblem('not a metrics query', expression) : undefined;
  }
  return expression.type === 'metricsOperation' && metricsQueries(expression).length > 1
    ? typeProblem('math expressions not supported', expression)
    : undefined;
}
