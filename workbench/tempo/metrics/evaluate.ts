import { type MetricsExpression, type MetricsOperation, type MetricsQuery } from '../../../src/traceql/ast';

import { aggregate } from './aggregate';
import { betweenSeries, withScalar } from './arithmetic';
import { compare } from './compare';
import { type MetricsInput } from './matched-spans';
import { applySecondStages } from './second-stage';
import { type Series } from './series';

export interface MetricsResult {
  series: Series[];
  /** There are, or would be, more series than asked for. */
  reachedMaxSeries: boolean;
}

/** The series of a whole query, in no order. */
export function evaluateMetrics(expression: MetricsQuery | MetricsOperation, input: MetricsInput): MetricsResult {
  const queries = countQueries(expression);
  // Tempo divides the exemplars among the queries of an expression, but gives each at least one.
  const exemplars = input.exemplars === 0 ? 0 : Math.max(1, Math.floor(input.exemplars / queries));
  const evaluation: Evaluation = { input: { ...input, exemplars }, firstStageSeries: 0 };
  const series = evaluate(expression, evaluation);
  return {
    series,
    reachedMaxSeries: input.maxSeries > 0 && evaluation.firstStageSeries >= input.maxSeries,
  };
}

interface Evaluation {
  input: MetricsInput;
  /** Series before topk(), comparisons and arithmetic */
  firstStageSeries: number;
}

function evaluate(expression: MetricsQuery | MetricsOperation, evaluation: Evaluation): Series[] {
  const series =
    expression.type === 'metrics' ? evaluateQuery(expression, evaluation) : operate(expression, evaluation);
  return applySecondStages(series, expression.secondStages);
}

function evaluateQuery(query: MetricsQuery, evaluation: Evaluation): Series[] {
  const series =
    query.aggregate.type === 'metricsCompare'
      ? compare(query, query.aggregate, evaluation.input)
      : aggregate(query, query.aggregate, evaluation.input);
  evaluation.firstStageSeries += series.length;
  return series;
}

function operate({ operator, left, right }: MetricsOperation, evaluation: Evaluation): Series[] {
  if (left.type === 'metricsScalar') {
    return right.type === 'metricsScalar' ? [] : withScalar(operator, evaluate(right, evaluation), left.value, true);
  }
  if (right.type === 'metricsScalar') {
    return withScalar(operator, evaluate(left, evaluation), right.value, false);
  }
  return betweenSeries(operator, evaluate(left, evaluation), evaluate(right, evaluation));
}

function countQueries(expression: MetricsExpression): number {
  switch (expression.type) {
    case 'metrics':
      return 1;
    case 'metricsOperation':
      return countQueries(expression.left) + countQueries(expression.right);
    case 'metricsScalar':
      return 0;
  }
}
