import { parseQuery, validateQuery } from '../../../src/traceql';
import { type MetricsExpression, type Pipeline, type Query, type SpansetFilter } from '../../../src/traceql/ast';

import { ApiError } from './answer';

/** The tree of a query that Tempo accepts; throws Tempo's refusal otherwise. */
export function parsedQuery(text: string): Query {
  const { verdict, message } = validateQuery(text);
  const { query } = parseQuery(text);
  if (verdict !== 'valid' || !query) {
    throw new ApiError(`invalid TraceQL query: ${message ?? 'unknown error'}`);
  }
  return query;
}

/** What a search evaluates: of a metrics query the part before the metrics function. */
export function searchPipeline({ expression }: Query): Pipeline {
  switch (expression.type) {
    case 'pipeline':
      return expression;
    case 'metrics':
      return expression.pipeline;
    case 'metricsOperation':
      return firstPipeline(expression);
  }
}

function firstPipeline(expression: MetricsExpression): Pipeline {
  switch (expression.type) {
    case 'metrics':
      return expression.pipeline;
    case 'metricsOperation':
      return firstPipeline(expression.left);
    case 'metricsScalar':
      // Tempo takes metrics arithmetic for a fault of its own here.
      throw new ApiError('metrics math is not a search', 500);
  }
}

/**
 * The filter that the tag endpoints apply: conditions that are not finished yet are left out, and whatever else is not a
 * single `{ … }` filters nothing, so that completion works while someone types.
 */
export function lenientFilter(text: string): Pipeline | undefined {
  const complete = singleFilter(text);
  if (complete) {
    return asPipeline(complete);
  }
  const conditions = finishedConditions(text);
  const repaired = conditions.length > 0 ? singleFilter(`{ ${conditions.join(' && ')} }`) : undefined;
  return repaired && asPipeline(repaired);
}

function singleFilter(text: string): SpansetFilter | undefined {
  if (validateQuery(text).verdict !== 'valid') {
    return undefined;
  }
  const { query } = parseQuery(text);
  const first = query && searchPipeline(query).stages[0];
  return first?.type === 'filter' && first.condition ? first : undefined;
}

function asPipeline(filter: SpansetFilter): Pipeline {
  return { type: 'pipeline', stages: [filter], from: filter.from, to: filter.to };
}

function finishedConditions(text: string): string[] {
  const braces = /^\s*\{([^{}]*)\}?\s*$/.exec(text);
  if (!braces || braces[1].includes('||')) {
    return [];
  }
  return splitOutsideQuotes(braces[1]).filter((condition) => singleFilter(`{ ${condition} }`) !== undefined);
}

function splitOutsideQuotes(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^&"`]|&(?!&))+/g);
  return parts ?? [];
}
