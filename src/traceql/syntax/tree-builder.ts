/** Builds the typed tree, one finished rule at a time. */
import type { MetricsOperation, MetricsQuery, Pipeline } from '../ast';
import { type Builders, type Made } from './build/builder';
import { fieldBuilders } from './build/fields';
import { listBuilders } from './build/lists';
import { metricsBuilders, metricsQuery, metricsRoot } from './build/metrics';
import { pipelineBuilders, toPipeline } from './build/pipelines';
import { scalarBuilders } from './build/scalars';
import type { Token } from './lexer';
import type { Rule } from './rules';
import { content, type Value } from './values';

export function tokenValue(token: Token): Value {
  return { kind: 'token', content: token, from: token.from, to: token.to, depth: 0 };
}

export function reduceRule(rule: Rule, values: Value[], fail: (message: string) => never): Value {
  const from = values[0].from;
  const to = values[values.length - 1].to;
  const deepest = values.reduce((depth, value) => Math.max(depth, value.depth), 0);
  const depth = LISTS.has(rule.label) ? deepest : deepest + 1;
  if (rule.label === 'pass') {
    return values[0];
  }
  if (rule.label === 'group' || rule.label === 'wrap') {
    return { ...values[1], from, to };
  }
  return Object.assign(BUILDERS[rule.label]({ values, from, to, fail }), { from, to, depth });
}

/** These rules make a list longer, not the tree deeper. */
const LISTS = new Set(['stage', 'append', 'appendNumber', 'appendSecondStage']);

const BUILDERS: Builders = {
  search: ({ values, from, to }) => query(toPipeline(values[0]), from, to),
  metrics: ({ values, from, to }) => query(metricsQuery(values[0], values[2], values[3], from, to), from, to),
  metricsMath: ({ values, from, to }) => query(metricsRoot(values), from, to),
  hints: ({ values, from, to }) => ({
    kind: 'query',
    content: { ...content(values[0], 'query'), hints: content(values[1], 'hints'), from, to },
  }),
  ...pipelineBuilders,
  ...scalarBuilders,
  ...metricsBuilders,
  ...listBuilders,
  ...fieldBuilders,
};

function query(expression: Pipeline | MetricsQuery | MetricsOperation, from: number, to: number): Made {
  return { kind: 'query', content: { type: 'query', expression, hints: [], from, to } };
}
