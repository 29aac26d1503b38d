import {
  type ArithmeticOperator,
  type BinaryExpression,
  type FieldExpression,
  type StaticValue,
} from '../../../src/traceql/ast';
import { isComparisonOperator } from '../../../src/traceql/operators';
import { computeConstant } from '../../../src/traceql/syntax/constants';

import { comparison } from './comparison';
import { isField, type Level } from './conditions';
import { type FetchedSpan, type SlotTable } from './fetch';
import { type Field, type TypedValue } from './types';
import { isNumeric, numberOf, shrink, staticValue } from './values';

/** `undefined` is nil: a missing attribute, or what cannot be computed. */
export type Evaluate = (span: FetchedSpan) => TypedValue | undefined;

/** Compiles an expression, whose constants are folded, against the slots that its fields were read into. */
export function compileExpression(expression: FieldExpression, slots: SlotTable): Evaluate {
  switch (expression.type) {
    case 'static': {
      const value = staticValue(expression);
      return () => value;
    }
    case 'attribute':
    case 'intrinsic':
      return fieldReader(expression, slots);
    case 'unary': {
      const operand = compileExpression(expression.operand, slots);
      return expression.operator === '!' ? (span) => not(operand(span)) : (span) => negated(operand(span));
    }
    case 'binary':
      return compileBinary(expression, slots);
  }
}

/** Whether the condition of a filter holds; anything but `true` does not. */
export function compileCondition(condition: FieldExpression, slots: SlotTable): (span: FetchedSpan) => boolean {
  const evaluate = compileExpression(condition, slots);
  return (span) => isTrue(evaluate(span));
}

const UNSCOPED_LEVELS: readonly Level[] = ['span', 'resource', 'event', 'link', 'instrumentation'];

function slotsOf(field: Field, slots: SlotTable): number[] {
  const levels = field.type === 'attribute' && field.scope !== 'any' ? [scopeLevel(field.scope)] : UNSCOPED_LEVELS;
  const indexes = levels.map((level) => level && slots.indexOf(level, field));
  return [...new Set(indexes.filter((index) => index !== undefined))];
}

function scopeLevel(scope: 'span' | 'resource' | 'event' | 'link' | 'instrumentation' | 'parent'): Level | undefined {
  return scope === 'parent' ? undefined : scope;
}

function fieldReader(field: Field, slots: SlotTable): Evaluate {
  const indexes = slotsOf(field, slots);
  const [first] = indexes;
  if (indexes.length === 0) {
    return () => undefined;
  }
  if (indexes.length === 1) {
    return (span) => span.slots[first] ?? undefined;
  }
  return (span) => {
    for (const index of indexes) {
      const slot = span.slots[index];
      if (slot !== undefined) {
        return slot ?? undefined;
      }
    }
    return undefined;
  };
}

function compileBinary(expression: BinaryExpression, slots: SlotTable): Evaluate {
  const { left, right, operator } = expression;
  if (isComparisonOperator(operator)) {
    const nilTest = compileNilTest(expression, slots);
    if (nilTest) {
      return (span) => bool(nilTest(span));
    }
    const compare = comparison(operator);
    const a = compileExpression(left, slots);
    const b = compileExpression(right, slots);
    return (span) => {
      const leftValue = a(span);
      const rightValue = leftValue && b(span);
      return bool(leftValue !== undefined && rightValue !== undefined && compare(leftValue, rightValue));
    };
  }
  const a = compileExpression(left, slots);
  const b = compileExpression(right, slots);
  switch (operator) {
    case '&&':
      return (span) => bool(isTrue(a(span)) && isTrue(b(span)));
    case '||':
      return (span) => bool(isTrue(a(span)) || isTrue(b(span)));
    default:
      return (span) => arithmetic(operator, a(span), b(span));
  }
}

/** `= nil` is answered when reading: the slot holds the text "nil" then. */
function compileNilTest(expression: BinaryExpression, slots: SlotTable): ((span: FetchedSpan) => boolean) | undefined {
  const { left, right, operator } = expression;
  const isNil = (side: FieldExpression): boolean => side.type === 'static' && side.valueType === 'nil';
  const field = isField(left) && isNil(right) ? left : isField(right) && isNil(left) ? right : undefined;
  if (!field) {
    return undefined;
  }
  if (operator === '!=') {
    const read = fieldReader(field, slots);
    return (span) => read(span) !== undefined;
  }
  const indexes = slotsOf(field, slots);
  return (span) => indexes.every((index) => isNilText(span.slots[index]));
}

function isNilText(slot: TypedValue | null | undefined): boolean {
  return slot?.type === 'string' && slot.value === 'nil';
}

const TRUE: TypedValue = { type: 'bool', value: true };
const FALSE: TypedValue = { type: 'bool', value: false };

function bool(value: boolean): TypedValue {
  return value ? TRUE : FALSE;
}

function isTrue(value: TypedValue | undefined): boolean {
  return value?.type === 'bool' && value.value;
}

/** Of nil there is no opposite. */
function not(value: TypedValue | undefined): TypedValue | undefined {
  return value?.type === 'bool' ? bool(!value.value) : undefined;
}

function negated(value: TypedValue | undefined): TypedValue | undefined {
  switch (value?.type) {
    case 'int':
      return { type: 'int', value: shrink(-BigInt(value.value)) };
    case 'float':
      return { type: 'float', value: -value.value };
    case 'duration':
      return { type: 'duration', value: -value.value };
    default:
      return undefined;
  }
}

function arithmetic(
  operator: ArithmeticOperator,
  left: TypedValue | undefined,
  right: TypedValue | undefined
): TypedValue | undefined {
  if (!left || !right || !isNumeric(left) || !isNumeric(right)) {
    return undefined;
  }
  if (left.type === 'int' && right.type === 'int') {
    return integerArithmetic(operator, left.value, right.value);
  }
  const a: StaticValue = { valueType: 'float', value: numberOf(left) ?? NaN };
  const b: StaticValue = { valueType: 'float', value: numberOf(right) ?? NaN };
  const result = computeConstant(operator, a, b);
  return result?.valueType === 'float' ? { type: 'float', value: result.value } : undefined;
}

function integerArithmetic(
  operator: ArithmeticOperator,
  left: number | bigint,
  right: number | bigint
): TypedValue | undefined {
  const isDivision = operator === '/' || operator === '%';
  if (isDivision && Number(right) === 0) {
    return undefined;
  }
  const result = computeConstant(
    operator,
    { valueType: 'int', value: BigInt(left) },
    { valueType: 'int', value: BigInt(right) }
  );
  return result?.valueType === 'int' ? { type: 'int', value: shrink(result.value) } : undefined;
}
