/** Builds the typed tree, one finished rule at a time. */
import type {
  Attribute,
  AttributeScope,
  FieldExpression,
  Intrinsic,
  IntrinsicName,
  MetricsAggregate,
  MetricsExpression,
  MetricsFunction,
  MetricsOperation,
  MetricsQuery,
  MetricsSecondStage,
  Pipeline,
  ScalarExpression,
  SpansetExpression,
  Static,
  StaticValue,
} from '../ast';
import { INTRINSIC_SPELLINGS } from '../intrinsics';
import {
  isArithmeticOperator,
  isComparisonOperator,
  isFieldOperator,
  isKindKeyword,
  isMetricsFunction,
  isMetricsOperator,
  isSpanAggregate,
  isSpansetOperator,
  isStatusKeyword,
  narrow,
} from '../operators';
import { asNumber, computeConstant, negate } from './constants';
import type { Token } from './lexer';
import type { Rule } from './rules';
import { content, type ContentOf, type Value, type ValueKind } from './values';

/** Of a rule that is being finished. */
interface Context {
  values: Value[];
  from: number;
  to: number;
  fail: (message: string) => never;
}

type Build = (context: Context) => Made;
type Made = { [Kind in ValueKind]: { kind: Kind; content: ContentOf<Kind> } }[ValueKind];

const MIN_INT = -(BigInt(1) << BigInt(63));
const MAX_INT = (BigInt(1) << BigInt(63)) - BigInt(1);
const SECOND = 1e9;
const DEFAULT_TOP_VALUES = 10;

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

const BUILDERS: Readonly<Record<string, Build>> = {
  search: ({ values, from, to }) => query(toPipeline(values[0]), from, to),
  metrics: ({ values, from, to }) => query(metricsQuery(values[0], values[2], values[3], from, to), from, to),
  metricsMath: ({ values, from, to }) => query(metricsRoot(values), from, to),
  hints: ({ values, from, to }) => ({
    kind: 'query',
    content: { ...content(values[0], 'query'), hints: content(values[1], 'hints'), from, to },
  }),

  pipeline: ({ values, from, to }) => ({
    kind: 'pipeline',
    content: { type: 'pipeline', stages: [content(values[0], 'stage')], from, to },
  }),
  stage: ({ values, from, to }) => ({
    kind: 'pipeline',
    content: addStage(content(values[0], 'pipeline'), values[2], from, to),
  }),
  spansetOperation: ({ values, from, to }) => ({
    kind: 'stage',
    content: {
      type: 'spansetOperation',
      operator: narrow(tokenName(values[1]), isSpansetOperator),
      left: toSpansets(values[0]),
      right: toSpansets(values[2]),
      from,
      to,
    },
  }),
  filter: ({ values, from, to }) => ({
    kind: 'stage',
    content:
      values.length === 2
        ? { type: 'filter', from, to }
        : { type: 'filter', condition: content(values[1], 'field'), from, to },
  }),
  groupBy: ({ values, from, to }) => ({
    kind: 'stage',
    content: { type: 'groupBy', expression: content(values[2], 'field'), from, to },
  }),
  coalesce: ({ from, to }) => ({ kind: 'stage', content: { type: 'coalesce', from, to } }),
  select: ({ values, from, to }) => ({
    kind: 'stage',
    content: { type: 'select', fields: references(values[2]), from, to },
  }),

  operator: ({ values }) => values[0],
  scalarFilter: ({ values, from, to }) => ({
    kind: 'stage',
    content: {
      type: 'scalarFilter',
      operator: narrow(tokenName(values[1]), isComparisonOperator),
      left: toScalar(values[0]),
      right: toScalar(values[2]),
      from,
      to,
    },
  }),
  scalarOperation: ({ values, from, to }) => ({
    kind: 'scalar',
    content: {
      type: 'scalarOperation',
      operator: narrow(tokenName(values[1]), isArithmeticOperator),
      left: toScalar(values[0]),
      right: toScalar(values[2]),
      from,
      to,
    },
  }),
  spanAggregate: ({ values, from, to }) => {
    const name = narrow(tokenName(values[0]), isSpanAggregate);
    const node = values.length === 3 ? undefined : content(values[2], 'field');
    return {
      kind: 'scalar',
      content: { type: 'aggregate', function: name, ...(node && { argument: node }), from, to },
    };
  },
  constant: ({ values, from, to }) => {
    const value = literal(content(values[0], 'token'));
    return { kind: 'constant', content: { node: { type: 'static', ...value, from, to }, value } };
  },
  constantNegation: ({ values, from, to, fail }) => {
    const operand = content(values[1], 'constant').value;
    const value = negate(operand) ?? fail('expected a numeric');
    return { kind: 'constant', content: { node: { type: 'static', ...value, from, to }, value } };
  },
  constantOperation,

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
  metricsOperation: ({ values, from, to, fail }) => ({
    kind: 'metrics',
    content: {
      type: 'metricsOperation',
      operator: narrow(tokenName(values[1]), isMetricsOperator),
      left: toMetrics(values[0], fail),
      right: toMetrics(values[2], fail),
      secondStages: [],
      from,
      to,
    },
  }),
  wrappedMetrics: ({ values, from, to }) => ({
    kind: 'metrics',
    content: metricsQuery(values[1], values[3], values.length === 6 ? values[4] : undefined, from, to),
  }),

  hint: ({ values, from, to }) => {
    const value = content(values[2], 'field');
    if (value.type !== 'static') {
      throw new Error('a hint takes a constant');
    }
    return { kind: 'hints', content: [{ name: content(values[0], 'token').text ?? '', value, from, to }] };
  },
  hintList: ({ values }) => ({ kind: 'hints', content: content(values[2], 'hints') }),
  list: ({ values }) =>
    values[0].kind === 'hints'
      ? { kind: 'hints', content: values[0].content }
      : { kind: 'fields', content: [content(values[0], 'field')] },
  append: ({ values }) =>
    values[0].kind === 'hints'
      ? { kind: 'hints', content: addTo(values[0].content, content(values[2], 'hints')) }
      : { kind: 'fields', content: addTo(content(values[0], 'fields'), [content(values[2], 'field')]) },
  number: ({ values }) => ({ kind: 'numbers', content: [tokenNumber(values[0])] }),
  appendNumber: ({ values }) => ({
    kind: 'numbers',
    content: addTo(content(values[0], 'numbers'), [tokenNumber(values[2])]),
  }),

  binary: ({ values, from, to }) =>
    field({
      type: 'binary',
      operator: narrow(tokenName(values[1]), isFieldOperator),
      left: content(values[0], 'field'),
      right: content(values[2], 'field'),
      from,
      to,
    }),
  nilRight: ({ values, from, to }) => nilComparison(values[1], content(values[0], 'field'), nil(values[2]), from, to),
  nilLeft: ({ values, from, to }) => nilComparison(values[1], nil(values[0]), content(values[2], 'field'), from, to),
  nilBoth: ({ values, from, to }) => nilComparison(values[1], nil(values[0]), nil(values[2]), from, to),
  unary: ({ values, from, to }) =>
    field({
      type: 'unary',
      operator: tokenName(values[0]) === '-' ? '-' : '!',
      operand: content(values[1], 'field'),
      from,
      to,
    }),
  static: ({ values, from, to }) => field({ type: 'static', ...literal(content(values[0], 'token')), from, to }),
  namedConstant: ({ values, from, to, fail }) => {
    const name = content(values[0], 'token').text ?? '';
    const value = name === 'minInt' ? MIN_INT : name === 'maxInt' ? MAX_INT : fail(`unknown identifier: ${name}`);
    return field({ type: 'static', valueType: 'int', value, from, to });
  },
  intrinsic: ({ values, from, to }) => field(intrinsic(tokenName(values[0]), from, to)),
  scopedIntrinsic: ({ values, from, to }) =>
    field(intrinsic(`${tokenName(values[0])}${tokenName(values[1])}`, from, to)),
  attribute: ({ values, from, to }) => field(attribute(values, from, to)),
};

function query(expression: Pipeline | MetricsQuery | MetricsOperation, from: number, to: number): Made {
  return { kind: 'query', content: { type: 'query', expression, hints: [], from, to } };
}

function field(node: FieldExpression): Made {
  return { kind: 'field', content: node };
}

function tokenName(value: Value): string {
  return content(value, 'token').name;
}

function tokenNumber(value: Value): number {
  return asNumber(literal(content(value, 'token'))) ?? NaN;
}

function literal(token: Token): StaticValue {
  const { name } = token;
  switch (name) {
    case 'STRING':
      return { valueType: 'string', value: token.text ?? '' };
    case 'INTEGER':
      return { valueType: 'int', value: token.integer ?? BigInt(0) };
    case 'DURATION':
      return { valueType: 'duration', value: token.integer ?? BigInt(0) };
    case 'FLOAT':
      return { valueType: 'float', value: token.float ?? 0 };
    case 'true':
    case 'false':
      return { valueType: 'bool', value: name === 'true' };
    default:
      return isStatusKeyword(name)
        ? { valueType: 'status', value: name }
        : { valueType: 'kind', value: narrow(name, isKindKeyword) };
  }
}

function toPipeline(value: Value): Pipeline {
  return value.kind === 'pipeline'
    ? value.content
    : { type: 'pipeline', stages: [content(value, 'stage')], from: value.from, to: value.to };
}

/** The list is only ever reachable from the value that is being replaced: long queries need no copy an element. */
function addTo<Element>(list: Element[], added: Element[]): Element[] {
  list.push(...added);
  return list;
}

function addStage(pipeline: Pipeline, value: Value, from: number, to: number): Pipeline {
  if (value.kind === 'scalar' && value.content.type === 'aggregate') {
    return { ...pipeline, aggregate: value.content, from, to };
  }
  return { ...pipeline, stages: addTo(pipeline.stages, [content(value, 'stage')]), from, to };
}

function toSpansets(value: Value): SpansetExpression {
  if (value.kind === 'pipeline') {
    return value.content;
  }
  const stage = content(value, 'stage');
  if (stage.type === 'filter' || stage.type === 'spansetOperation') {
    return stage;
  }
  throw new Error(`${stage.type} is no operand of a spanset operator`);
}

function toScalar(value: Value): ScalarExpression {
  switch (value.kind) {
    case 'pipeline':
      return value.content;
    case 'constant':
      return value.content.node;
    default:
      return content(value, 'scalar');
  }
}

function constantOperation({ values, from, to, fail }: Context): Made {
  const left = content(values[0], 'constant');
  const right = content(values[2], 'constant');
  if (left.value.valueType === 'duration' || right.value.valueType === 'duration') {
    fail('duration cannot be used in scalar arithmetic');
  }
  const operator = narrow(tokenName(values[1]), isArithmeticOperator);
  const value = foldOrFail(() => computeConstant(operator, left.value, right.value), fail);
  return {
    kind: 'constant',
    content: { node: { type: 'scalarOperation', operator, left: left.node, right: right.node, from, to }, value },
  };
}

function foldOrFail(fold: () => StaticValue | undefined, fail: (message: string) => never): StaticValue {
  try {
    return fold() ?? fail('not a number');
  } catch (error) {
    return error instanceof RangeError ? fail(error.message) : rethrow(error);
  }
}

function rethrow(error: unknown): never {
  throw error;
}

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

function metricsQuery(
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

function metricsRoot([math, secondStages]: Value[]): MetricsQuery | MetricsOperation {
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

function references(value: Value): Array<Attribute | Intrinsic> {
  const fields = value.kind === 'fields' ? value.content : [content(value, 'field')];
  return fields.flatMap((node) => (node.type === 'attribute' || node.type === 'intrinsic' ? [node] : []));
}

function nil(value: Value): Static {
  return { type: 'static', valueType: 'nil', from: value.from, to: value.to };
}

function nilComparison(operator: Value, left: FieldExpression, right: FieldExpression, from: number, to: number): Made {
  return field({ type: 'binary', operator: tokenName(operator) === '=' ? '=' : '!=', left, right, from, to });
}

function intrinsic(text: string, from: number, to: number): Intrinsic {
  const name: IntrinsicName | undefined = INTRINSIC_SPELLINGS.get(text);
  if (!name) {
    throw new Error(`${text} is no intrinsic`);
  }
  return { type: 'intrinsic', name, text, from, to };
}

function attribute(values: Value[], from: number, to: number): Attribute {
  const scopes = values.flatMap((value) =>
    value.kind === 'token' && value.content.name.endsWith('.') ? [value.content.name.slice(0, -1)] : []
  );
  const name = content(values[scopes.length], 'token').text ?? '';
  const [scope, innerScope] = scopes.map((text): AttributeScope => ATTRIBUTE_SCOPES[text]);
  return { type: 'attribute', scope, ...(innerScope && { parentScope: innerScope }), name, from, to };
}

const ATTRIBUTE_SCOPES: Readonly<Record<string, AttributeScope>> = {
  '': 'any',
  span: 'span',
  resource: 'resource',
  event: 'event',
  link: 'link',
  instrumentation: 'instrumentation',
  parent: 'parent',
};
