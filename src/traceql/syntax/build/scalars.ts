/** Aggregates over spansets, and arithmetic with them and with constants. */
import type { ScalarExpression, StaticValue } from '../../ast';
import { isArithmeticOperator, isComparisonOperator, isSpanAggregate, narrow } from '../../operators';
import { computeConstant, negate } from '../constants';
import { content, type Value } from '../values';
import { type Builders, type Context, infix, literal, type Made, tokenName } from './builder';

export const scalarBuilders: Builders = {
  operator: ({ values }) => values[0],
  scalarFilter: (context) => ({
    kind: 'stage',
    content: { type: 'scalarFilter', ...infix(context, isComparisonOperator, toScalar) },
  }),
  scalarOperation: (context) => ({
    kind: 'scalar',
    content: { type: 'scalarOperation', ...infix(context, isArithmeticOperator, toScalar) },
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
};

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
