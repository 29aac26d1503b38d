/** Which types Tempo lets stand beside each other, and which operators each type has. */
import type { ArithmeticOperator, ComparisonOperator, LogicalOperator } from '../ast';
import type { ValueType } from '../intrinsics';
import { isArithmeticOperator } from '../operators';

/** 'attribute': any type, known only when the query runs. */
export type ImpliedType = ValueType | 'attribute' | 'spanset';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | LogicalOperator;

const NUMERIC: ReadonlySet<ImpliedType> = new Set(['int', 'float', 'duration']);
const EQUALITY: readonly BinaryOperator[] = ['=', '!='];
const ORDER: readonly BinaryOperator[] = [...EQUALITY, '<', '<=', '>', '>='];

const OPERATORS: Readonly<Record<Exclude<ImpliedType, 'attribute'>, ReadonlySet<BinaryOperator>>> = {
  int: new Set([...ORDER, '+', '-', '*', '/', '%', '^']),
  float: new Set([...ORDER, '+', '-', '*', '/', '%', '^']),
  duration: new Set([...ORDER, '+', '-', '*', '/', '%', '^']),
  string: new Set([...ORDER, '=~', '!~']),
  bool: new Set([...EQUALITY, '&&', '||']),
  status: new Set(EQUALITY),
  kind: new Set(EQUALITY),
  nil: new Set(EQUALITY),
  spanset: new Set(),
};

export function isNumeric(type: ImpliedType): boolean {
  return NUMERIC.has(type);
}

export function canMeet(left: ImpliedType, right: ImpliedType): boolean {
  const open = (type: ImpliedType) => type === 'attribute' || type === 'nil';
  return left === right || open(left) || open(right) || (isNumeric(left) && isNumeric(right));
}

export function hasOperator(type: ImpliedType, operator: BinaryOperator): boolean {
  return type === 'attribute' || OPERATORS[type].has(operator);
}

/** The operators that Tempo accepts beside a value of the type, in the order of the language's reference. */
export function operatorsOf(type: ImpliedType): BinaryOperator[] {
  const all: BinaryOperator[] = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~', '&&', '||', '+', '-', '*', '/', '%', '^'];
  return all.filter((operator) => hasOperator(type, operator));
}

export function resultType(operator: BinaryOperator, left: ImpliedType, right: ImpliedType): ImpliedType {
  if (!isArithmeticOperator(operator)) {
    return 'bool';
  }
  return left === 'attribute' ? right : left;
}
