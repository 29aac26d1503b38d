/** Types of field expressions: the first thing that Tempo would refuse, left to right, inside out. */
import type { BinaryExpression, FieldExpression, StaticValue, UnaryExpression } from '../ast';
import { intrinsicInfo } from '../intrinsics';
import { foldBinary, foldNilComparison, foldUnary } from './fold';
import { goRegexpError } from './go-regexp';
import { typeProblem, unsupportedProblem, type Problem } from './problem';
import { fieldText, intrinsicText } from './tempo-text';
import { canMeet, hasOperator, isNumeric, resultType, type ImpliedType } from './types';

export interface CheckedField {
  type: ImpliedType;
  /** Whether it says anything about the span; other expressions are constants. */
  referencesSpan: boolean;
  /** Its value, when Tempo knows it without a span. */
  constant?: StaticValue;
  problem?: Problem;
}

/** Trees are not changed after they are made, so each part is checked once. */
const checked = new WeakMap<FieldExpression, CheckedField>();

export function checkField(expression: FieldExpression): CheckedField {
  let result = checked.get(expression);
  if (!result) {
    result = check(expression);
    checked.set(expression, result);
  }
  return result;
}

/** As Tempo writes it in its messages. */
export function textOf(expression: FieldExpression): string {
  return fieldText(expression, constantOf);
}

function constantOf(expression: FieldExpression): StaticValue | undefined {
  return checkField(expression).constant;
}

function check(expression: FieldExpression): CheckedField {
  switch (expression.type) {
    case 'static':
      return { type: expression.valueType, referencesSpan: false, constant: expression };
    case 'attribute':
      return {
        type: 'attribute',
        referencesSpan: true,
        problem: expression.scope === 'parent' ? unsupportedProblem('parent', expression) : undefined,
      };
    case 'intrinsic': {
      const info = intrinsicInfo(expression.name);
      return {
        type: info?.valueType ?? 'attribute',
        referencesSpan: true,
        problem: info?.unsupported
          ? unsupportedProblem(`intrinsic (${intrinsicText(expression)})`, expression)
          : undefined,
      };
    }
    case 'unary':
      return checkUnary(expression);
    case 'binary':
      return isNil(expression.left) || isNil(expression.right)
        ? checkNilComparison(expression)
        : checkBinary(expression);
  }
}

function isNil(expression: FieldExpression): boolean {
  return expression.type === 'static' && expression.valueType === 'nil';
}

function checkUnary(expression: UnaryExpression): CheckedField {
  const operand = checkField(expression.operand);
  const result: CheckedField = { type: operand.type, referencesSpan: operand.referencesSpan, problem: operand.problem };
  if (result.problem) {
    return result;
  }
  const fits =
    operand.type === 'attribute' || (expression.operator === '-' ? isNumeric(operand.type) : operand.type === 'bool');
  if (!fits) {
    return {
      ...result,
      problem: typeProblem(`illegal operation for the given type: ${unfinishedText(expression, result)}`, expression),
    };
  }
  return { ...result, constant: operand.constant && foldUnary(expression.operator, operand.constant) };
}

function checkNilComparison(expression: BinaryExpression): CheckedField {
  const operand = isNil(expression.left) ? expression.right : expression.left;
  if (isNil(operand)) {
    return { type: 'bool', referencesSpan: false, constant: { valueType: 'bool', value: false } };
  }
  const inner = checkField(operand);
  return {
    type: 'bool',
    referencesSpan: inner.referencesSpan,
    constant: inner.constant && foldNilComparison(expression.operator, inner.constant),
    problem: inner.problem ?? (expression.operator === '=' ? neverNil(operand) : undefined),
  };
}

function neverNil(operand: FieldExpression): Problem | undefined {
  if (operand.type === 'intrinsic') {
    return typeProblem(`${textOf(operand)}=nil is not valid because intrinsics cannot be nil`, operand);
  }
  const isServiceName = operand.type === 'attribute' && operand.scope === 'resource' && operand.name === 'service.name';
  return isServiceName
    ? typeProblem('resource.service.name=nil is not valid because resource.service.name cannot be nil', operand)
    : undefined;
}

function checkBinary(expression: BinaryExpression): CheckedField {
  const { operator } = expression;
  const left = checkField(expression.left);
  const right = checkField(expression.right);
  const result: CheckedField = {
    type: resultType(operator, left.type, right.type),
    referencesSpan: left.referencesSpan || right.referencesSpan,
    problem: left.problem ?? right.problem,
  };
  if (result.problem) {
    return result;
  }
  if (!canMeet(left.type, right.type)) {
    const message = `binary operations must operate on the same type: ${unfinishedText(expression, result)}`;
    return { ...result, problem: typeProblem(message, expression) };
  }
  if (!hasOperator(left.type, operator) || !hasOperator(right.type, operator)) {
    const message = `illegal operation for the given types: ${unfinishedText(expression, result)}`;
    return { ...result, problem: typeProblem(message, expression) };
  }
  const problem = operator === '=~' || operator === '!~' ? checkPattern(expression.right, right) : undefined;
  if (problem) {
    return { ...result, problem };
  }
  return {
    ...result,
    constant: left.constant && right.constant && foldBinary(operator, left.constant, right.constant),
  };
}

function checkPattern(expression: FieldExpression, { constant }: CheckedField): Problem | undefined {
  if (constant?.valueType !== 'string') {
    return typeProblem(`invalid type for =~ or !~: ${textOf(expression)}`, expression);
  }
  return goRegexpError(constant.value) === undefined
    ? undefined
    : typeProblem(`invalid regex: ${textOf(expression)}`, expression);
}

/** The text of an expression whose check is not finished; what is known is that it is no constant. */
function unfinishedText(expression: FieldExpression, unfinished: CheckedField): string {
  checked.set(expression, unfinished);
  return textOf(expression);
}
