/** Metrics: the aggregate, what follows it, and arithmetic between such queries. */
import type {
  MetricsAggregate,
  MetricsExpression,
  MetricsFunction,
  MetricsOperation,
  MetricsQuery,
  MetricsSecondStage,
} from '../../ast';
import { isComparisonOperator, isMetricsFunction, isMetricsOperator, narrow } from '../../operators';
import { asNumber } from '../constants';
import { content, type Value } from '../values';
import { addTo, type Builders, type Context, infix, tokenName } from './builder';
import { references } from './fields';

const SECOND = 1e9;
const DEFAULT_TOP_VALUES = 10;

export const metricsBuilders: Builders = {
  aggregate: (context) => ({ kind: 'metricsStage', content: metricsAggregate(context, []) }),
  aggregateBy: (context) => ({
    kind: 'metricsStage',
    content: metricsAggregate(context, references(context.values[context.values.length - 2])),
  }),
  compare: ({ values, from, to }) => {
    const selection = content(values[2], 'stage');
    const [topN, start, end] = values
      .slice(3)
      .flatMap((value) => (value.kind === 'token' ? (value.content.integer ?? []) : []));
    if (selection.type !== 'filter') {
      throw new Error('compare() takes a filter');
    }
    return {
      kind: 'metricsStage',
      content: {
        type: 'metricsCompare',
        selection,
        topN: topN === undefined ? DEFAULT_TOP_VALUES : Number(topN),
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
        from,
        to,
      },
    };
  },
  limit: ({ values, from, to }) => ({
    kind: 'secondStages',
    content: [
      {
        type: tokenName(values[0]) === 'topk' ? 'topk' : 'bottomk',
        limit: Number(content(values[2], 'token').integer),
        from,
        to,
      },
    ],
  }),
  metricsFilter: ({ values, from, to }) => {
    const operator = narrow(tokenName(values[0]), isComparisonOperator);
    const { value } = content(values[1], 'constant');
    const number = asNumber(value) ?? NaN;
    return {
      kind: 'secondStages',
      content: [
        { type: 'metricsFilter', operator, value: value.valueType === 'duration' ? number / SECOND : number, from, to },
      ],
    };
  },
  secondStages: ({ values }) => ({ kind: 'secondStages', content: content(values[values.length - 1], 'secondStages') }),
  appendSecondStage: ({ values }) => ({
    kind: 'secondStages',
    content: addTo(content(values[0], 'secondStages'), content(values[values.length - 1], 'secondStages')),
  }),
  metricsOperation: (context) => ({
    kind: 'metrics',
    content: {
      type: 'metricsOperation',
      ...infix(context, isMetricsOperator, (value) => toMetrics(value, context.fail)),
      secondStages: [],
    },
  }),
  wrappedMetrics: ({ values, from, to }) => ({
    kind: 'metrics',
    content: metricsQuery(values[1], values[3], values.length === 6 ? values[4] : undefined, from, to),
  }),
};

function toMetrics(value: Value, fail: (message: string) => never): MetricsExpression {
  if (value.kind !== 'constant') {
    return content(value, 'metrics');
  }
  const constant = value.content.value;
  if (constant.valueType === 'duration') {
    fail('duration cannot be used as a scalar operand in metric arithmetic');
  }
  return { type: 'metricsScalar', value: asNumber(constant) ?? NaN, from: value.from, to: value.to };
}

export function metricsQuery(
  pipeline: Value,
  stage: Value,
  secondStages: Value | undefined,
  from: number,
  to: number
): MetricsQuery {
  return {
    type: 'metrics',
    pipeline: content(pipeline, 'pipeline'),
    aggregate: content(stage, 'metricsStage'),
    secondStages: secondStages ? content(secondStages, 'secondStages') : [],
    from,
    to,
  };
}

export function metricsRoot([math, secondStages]: Value[]): MetricsQuery | MetricsOperation {
  const expression = content(math, 'metrics');
  if (expression.type === 'metricsScalar') {
    throw new Error('a number alone is no query');
  }
  const added: MetricsSecondStage[] = secondStages ? content(secondStages, 'secondStages') : [];
  return { ...expression, secondStages: [...expression.secondStages, ...added], to: (secondStages ?? math).to };
}

function metricsAggregate({ values, from, to }: Context, by: MetricsAggregate['by']): MetricsAggregate {
  const name: MetricsFunction = narrow(tokenName(values[0]), isMetricsFunction);
  const [argument] = values[2].kind === 'field' ? references(values[2]) : [];
  const quantiles = name === 'quantile_over_time' ? content(values[4], 'numbers') : [];
  return { type: 'metricsAggregate', function: name, ...(argument && { field: argument }), quantiles, by, from, to };
}
