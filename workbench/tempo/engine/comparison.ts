import { type ComparisonOperator } from '../../../src/traceql/ast';

import { compileRegex } from './regex';
import { type TypedValue } from './types';
import { compareValues, elementsOf, equalValues, isArray, isNumeric } from './values';

export type Comparison = (left: TypedValue, right: TypedValue) => boolean;

/** Compares two values, neither of them an array; values of types that do not fit are never equal nor unequal. */
export function scalarComparison(operator: ComparisonOperator): Comparison {
  switch (operator) {
    case '=':
      return equalValues;
    case '!=':
      return (left, right) => comparable(left, right) && !equalValues(left, right);
    case '<':
      return ordered((order) => order < 0);
    case '<=':
      return ordered((order) => order <= 0);
    case '>':
      return ordered((order) => order > 0);
    case '>=':
      return ordered((order) => order >= 0);
    case '=~':
      return regexComparison(true);
    case '!~':
      return regexComparison(false);
  }
}

function comparable(left: TypedValue, right: TypedValue): boolean {
  return left.type === right.type || (isNumeric(left) && isNumeric(right));
}

function ordered(holds: (order: number) => boolean): Comparison {
  return (left, right) => {
    const order = compareValues(left, right);
    return order !== undefined && holds(order);
  };
}

/** The expression is a literal, so that it is compiled once. */
function regexComparison(wanted: boolean): Comparison {
  let source: string | undefined;
  let matches: (text: string) => boolean = () => false;
  return (left, right) => {
    if (left.type !== 'string' || right.type !== 'string') {
      return false;
    }
    if (right.value !== source) {
      source = right.value;
      matches = compileRegex(source);
    }
    return matches(left.value) === wanted;
  };
}

/** With an array on one side: `!=` and `!~` must hold for every element, the others for any. */
export function comparison(operator: ComparisonOperator): Comparison {
  const compare = scalarComparison(operator);
  const every = operator === '!=' || operator === '!~';
  return (left, right) => {
    const leftIsArray = isArray(left);
    const rightIsArray = isArray(right);
    if (!leftIsArray && !rightIsArray) {
      return compare(left, right);
    }
    if (leftIsArray && rightIsArray) {
      return false;
    }
    const results = leftIsArray
      ? elementsOf(left).map((element) => compare(element, right))
      : elementsOf(right).map((element) => compare(left, element));
    return every ? results.every(Boolean) : results.some(Boolean);
  };
}
