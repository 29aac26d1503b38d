/** Arithmetic between constants as Tempo does it: 64 bit integers that wrap and truncate, doubles as soon as one side is one. */
import type { ArithmeticOperator, StaticValue } from '../ast';

const ZERO = BigInt(0);

/** ns count as a plain number. */
export function asNumber(value: StaticValue): number | undefined {
  switch (value.valueType) {
    case 'int':
    case 'duration':
      return Number(value.value);
    case 'float':
      return value.value;
    default:
      return undefined;
  }
}

export function negate(value: StaticValue): StaticValue | undefined {
  switch (value.valueType) {
    case 'int':
    case 'duration':
      return { valueType: value.valueType, value: BigInt.asIntN(64, -value.value) };
    case 'float':
      return { valueType: 'float', value: -value.value };
    default:
      return undefined;
  }
}

/** Throws a RangeError in Tempo's words when an integer is divided by zero; undefined for values that are no numbers. */
export function computeConstant(
  operator: ArithmeticOperator,
  left: StaticValue,
  right: StaticValue
): StaticValue | undefined {
  if (left.valueType === 'int' && right.valueType === 'int') {
    return { valueType: 'int', value: computeInteger(operator, left.value, right.value) };
  }
  const leftNumber = asNumber(left);
  const rightNumber = asNumber(right);
  if (leftNumber === undefined || rightNumber === undefined) {
    return undefined;
  }
  return { valueType: 'float', value: computeFloat(operator, leftNumber, rightNumber) };
}

function computeInteger(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  if (right === ZERO && (operator === '/' || operator === '%')) {
    throw new RangeError(operator === '/' ? 'division by zero' : 'modulo by zero');
  }
  switch (operator) {
    case '+':
      return BigInt.asIntN(64, left + right);
    case '-':
      return BigInt.asIntN(64, left - right);
    case '*':
      return BigInt.asIntN(64, left * right);
    case '/':
      return BigInt.asIntN(64, left / right);
    case '%':
      return left % right;
    case '^':
      // Tempo has the sides of two integers the wrong way round.
      return truncateToInt64(Math.pow(Number(right), Number(left)));
  }
}

/** Go leaves a conversion out of range to the processor; x86 gives the smallest integer. */
function truncateToInt64(value: number): bigint {
  const inRange = Number.isFinite(value) && value >= -Math.pow(2, 63) && value < Math.pow(2, 63);
  return inRange ? BigInt(Math.trunc(value)) : -(BigInt(1) << BigInt(63));
}

function computeFloat(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return Math.pow(left, right);
  }
}
