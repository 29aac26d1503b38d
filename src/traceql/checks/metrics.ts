/** Metrics queries: arguments in range, groups, what compare() may be combined with. */
import type { MetricsAggregate, MetricsCompare, MetricsExpression, MetricsQuery, MetricsSecondStage } from '../ast';
import { checkFilter, checkPipeline } from './pipeline';
import { typeProblem, unsupportedProblem, type Problem } from './problem';
import { goFloatText } from './tempo-text';

/** Functions that return labels of their own leave one group less. */
const MAX_GROUPS = 5;
const FUNCTIONS_WITH_OWN_LABEL = new Set(['avg_over_time', 'quantile_over_time', 'histogram_over_time']);
const MAX_COMPARE_VALUES = 1000;
const ZERO = BigInt(0);

export function checkMetrics(expression: MetricsExpression): Problem | undefined {
  const queries = metricsQueries(expression);
  return (
    first(queries, (query) => checkPipeline(query.pipeline)) ??
    first(queries, (query) => checkAggregate(query.aggregate)) ??
    checkSecondStages(expression) ??
    checkCompareAlone(expression, queries)
  );
}

/** The queries that a metrics expression computes with, left to right. */
export function metricsQueries(expression: MetricsExpression): MetricsQuery[] {
  switch (expression.type) {
    case 'metrics':
      return [expression];
    case 'metricsOperation':
      return [...metricsQueries(expression.left), ...metricsQueries(expression.right)];
    case 'metricsScalar':
      return [];
  }
}

function first<Element>(
  elements: readonly Element[],
  check: (element: Element) => Problem | undefined
): Problem | undefined {
  for (const element of elements) {
    const problem = check(element);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function checkAggregate(aggregate: MetricsAggregate | MetricsCompare): Problem | undefined {
  if (aggregate.type === 'metricsCompare') {
    return checkCompare(aggregate);
  }
  const groups = aggregate.by.length;
  if (groups > MAX_GROUPS - (FUNCTIONS_WITH_OWN_LABEL.has(aggregate.function) ? 1 : 0)) {
    return unsupportedProblem(`metrics group by ${groups} values`, aggregate);
  }
  const outOfRange = aggregate.quantiles.find((quantile) => quantile < 0 || quantile > 1);
  return outOfRange === undefined
    ? undefined
    : typeProblem(`quantile must be between 0 and 1: ${goFloatText(outOfRange)}`, aggregate);
}

function checkCompare(compare: MetricsCompare): Problem | undefined {
  const problem = checkFilter(compare.selection);
  if (problem) {
    return problem;
  }
  if (compare.topN <= 0 || compare.topN > MAX_COMPARE_VALUES) {
    return typeProblem(
      `compare() top number of values must be an integer between 1 and ${MAX_COMPARE_VALUES}`,
      compare
    );
  }
  const { start = ZERO, end = ZERO } = compare;
  if (start === ZERO && end === ZERO) {
    return undefined;
  }
  if (start <= ZERO || end <= ZERO) {
    return typeProblem('compare() timestamps must be positive integer unix nanoseconds', compare);
  }
  return end <= start
    ? typeProblem('compare() end timestamp must be greater than start timestamp', compare)
    : undefined;
}

function checkSecondStages(expression: MetricsExpression): Problem | undefined {
  if (expression.type === 'metricsScalar') {
    return undefined;
  }
  const inner =
    expression.type === 'metricsOperation'
      ? (checkSecondStages(expression.left) ?? checkSecondStages(expression.right))
      : undefined;
  return inner ?? first(expression.secondStages, checkSecondStage);
}

function checkSecondStage(stage: MetricsSecondStage): Problem | undefined {
  return stage.type !== 'metricsFilter' && stage.limit <= 0
    ? typeProblem('limit must be greater than 0', stage)
    : undefined;
}

function checkCompareAlone(expression: MetricsExpression, queries: MetricsQuery[]): Problem | undefined {
  const isAlone = expression.type === 'metrics' && expression.secondStages.length === 0;
  const compare = queries.find((query) => query.aggregate.type === 'metricsCompare');
  return compare && !isAlone
    ? typeProblem('`compare()` cannot be used with second stage functions', compare)
    : undefined;
}
