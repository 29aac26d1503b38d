/** Tempo computes what needs no span while it parses; its messages show the result. */
import type { StaticValue } from '../ast';
import { isArithmeticOperator } from '../operators';
import { asNumber, computeConstant, negate } from '../syntax/constants';
import type { BinaryOperator } from './types';

/** undefined when Tempo leaves the expression as it is (division by zero). */
export function foldBinary(operator: BinaryOperator, left: StaticValue, right: StaticValue): StaticValue | undefined {
  if (isArithmeticOperator(operator)) {
    try {
      return computeConstant(operator, left, right);
    } catch {
      return undefined;
    }
  }
  const value = compare(operator, left, right);
  return value === undefined ? undefined : { valueType: 'bool', value };
}

export function foldUnary(operator: '-' | '!', operand: StaticValue): StaticValue | undefined {
  if (operator === '-') {
    return negate(operand);
  }
  return operand.valueType === 'bool' ? { valueType: 'bool', value: !operand.value } : undefined;
}

/** `constant != nil`, `constant = nil` */
export function foldNilComparison(operator: BinaryOperator, operand: StaticValue): StaticValue {
  const exists = operand.valueType !== 'nil';
  return { valueType: 'bool', value: operator === '!=' && exists };
}

function compare(operator: BinaryOperator, left: StaticValue, right: StaticValue): boolean | undefined {
  switch (operator) {
    case '&&':
      return left.valueType === 'bool' && right.valueType === 'bool' && left.value && right.value;
    case '||':
      return left.valueType === 'bool' && right.valueType === 'bool' && (left.value || right.value);
    case '=~':
    case '!~':
      return left.valueType === 'string' && right.valueType === 'string'
        ? matches(left.value, right.value) === (operator === '=~')
        : undefined;
    case '=':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    default:
      return inOrder(operator, left, right);
  }
}

function equal(left: StaticValue, right: StaticValue): boolean {
  if (left.valueType === 'nil' || right.valueType === 'nil') {
    return false;
  }
  const leftNumber = asNumber(left);
  const rightNumber = asNumber(right);
  if (leftNumber === undefined || rightNumber === undefined) {
    return left.valueType === right.valueType && left.value === right.value;
  }
  return typeof left.value === 'bigint' && typeof right.value === 'bigint'
    ? left.value === right.value
    : leftNumber === rightNumber;
}

function inOrder(operator: BinaryOperator, left: StaticValue, right: StaticValue): boolean {
  const [a, b] =
    left.valueType === 'string' && right.valueType === 'string'
      ? [left.value, right.value]
      : [asNumber(left) ?? NaN, asNumber(right) ?? NaN];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** Fully anchored, as everywhere in TraceQL. */
function matches(text: string, pattern: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'su').test(text);
  } catch {
    return undefined;
  }
}
