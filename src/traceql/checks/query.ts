/** A whole query: the first error Tempo would report, and hints that Tempo does not give. */
import type { Diagnostic, Query } from '../ast';
import { referencesOf } from '../walk';
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

/** Attributes with a leading dot only: Tempo then looks in spans and resources, which is slower and may mix two meanings. */
export function checkScopes(query: Query): Diagnostic[] {
  return referencesOf(query).flatMap((reference): Diagnostic[] =>
    reference.type === 'attribute' && reference.scope === 'any'
      ? [
          {
            severity: 'warning',
            kind: 'hint',
            message: `.${reference.name} is looked up in spans and in resources. Add the scope: span. or resource.`,
            from: reference.from,
            to: reference.to,
          },
        ]
      : []
  );
}
