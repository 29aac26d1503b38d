import { type AnyValue } from '../../../src/trace/model';
import { type StaticValue } from '../../../src/traceql/ast';
import { formatGoDuration } from '../../../src/traceql/syntax/duration';

import { type TypedValue } from './types';

type Integer = number | bigint;

/** An attribute's value as TraceQL sees it; `undefined` for what it cannot compare. */
export function typedValue(value: AnyValue): TypedValue | undefined {
  switch (value.type) {
    case 'string':
    case 'bool':
    case 'int':
      return value;
    case 'double':
      return { type: 'float', value: value.value };
    case 'array':
      return typedArray(value.value);
    default:
      return undefined;
  }
}

/** An array of one element is that element, as columnar storage cannot tell them apart. */
function typedArray(values: AnyValue[]): TypedValue | undefined {
  const elements: TypedValue[] = [];
  for (const value of values) {
    const element = value.type === 'array' ? undefined : typedValue(value);
    if (element === undefined || element.type !== (elements[0] ?? element).type) {
      return undefined;
    }
    elements.push(element);
  }
  return arrayOf(elements);
}

/** Elements of one type; none gives `undefined`, one the element itself. */
export function arrayOf(elements: TypedValue[]): TypedValue | undefined {
  if (elements.length < 2) {
    return elements[0];
  }
  const strings: string[] = [];
  const bools: boolean[] = [];
  const ints: Integer[] = [];
  const floats: number[] = [];
  for (const element of elements) {
    switch (element.type) {
      case 'string':
        strings.push(element.value);
        break;
      case 'bool':
        bools.push(element.value);
        break;
      case 'int':
        ints.push(element.value);
        break;
      case 'float':
        floats.push(element.value);
        break;
    }
  }
  if (strings.length > 0) {
    return { type: 'stringArray', value: strings };
  }
  if (ints.length > 0) {
    return { type: 'intArray', value: ints };
  }
  return floats.length > 0 ? { type: 'floatArray', value: floats } : { type: 'boolArray', value: bools };
}

/** The elements of an array, or the value itself as the only one. */
export function elementsOf(value: TypedValue): TypedValue[] {
  switch (value.type) {
    case 'stringArray':
      return value.value.map((element) => ({ type: 'string', value: element }));
    case 'boolArray':
      return value.value.map((element) => ({ type: 'bool', value: element }));
    case 'intArray':
      return value.value.map((element) => ({ type: 'int', value: element }));
    case 'floatArray':
      return value.value.map((element) => ({ type: 'float', value: element }));
    default:
      return [value];
  }
}

export function isArray(value: TypedValue): boolean {
  return typeof value.value === 'object';
}

/** A literal of the query; `nil` has no value. */
export function staticValue(literal: StaticValue): TypedValue | undefined {
  switch (literal.valueType) {
    case 'nil':
      return undefined;
    case 'int':
      return { type: 'int', value: shrink(literal.value) };
    case 'duration':
      return { type: 'duration', value: Number(literal.value) };
    case 'float':
      return { type: 'float', value: literal.value };
    case 'bool':
      return { type: 'bool', value: literal.value };
    case 'string':
      return { type: 'string', value: literal.value };
    case 'status':
      return { type: 'status', value: literal.value };
    case 'kind':
      return { type: 'kind', value: literal.value };
  }
}

/** A number while it is safe, as the model has integers. */
export function shrink(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The value as a number; `undefined` for texts, booleans, keywords and arrays. */
export function numberOf(value: TypedValue): number | undefined {
  switch (value.type) {
    case 'int':
      return Number(value.value);
    case 'float':
    case 'duration':
      return value.value;
    default:
      return undefined;
  }
}

export function isNumeric(value: TypedValue): boolean {
  return value.type === 'int' || value.type === 'float' || value.type === 'duration';
}

/** Numbers compare across their types; otherwise both must be of one type. `undefined` when they do not compare. */
export function compareValues(left: TypedValue, right: TypedValue): number | undefined {
  if (left.type === 'string' && right.type === 'string') {
    return compareText(left.value, right.value);
  }
  if (left.type === 'int' && right.type === 'int') {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) {
    return undefined;
  }
  return a - b;
}

export function equalValues(left: TypedValue, right: TypedValue): boolean {
  if (isNumeric(left) && isNumeric(right)) {
    return compareValues(left, right) === 0;
  }
  if (left.type !== right.type) {
    return false;
  }
  if (isArray(left)) {
    const a = elementsOf(left);
    const b = elementsOf(right);
    return a.length === b.length && a.every((element, i) => equalValues(element, b[i]));
  }
  return left.value === right.value;
}

/** By UTF-8 bytes, as Go compares strings: UTF-16 order differs for astral characters. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) {
      return rankInUtf8(a) - rankInUtf8(b);
    }
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function rankInUtf8(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** As Tempo writes a value in a search answer: durations as Go prints them, status and kind as words. */
export function toAnyValue(value: TypedValue): AnyValue {
  switch (value.type) {
    case 'string':
    case 'bool':
    case 'int':
      return value;
    case 'float':
      return { type: 'double', value: value.value };
    case 'duration':
      return { type: 'string', value: formatGoDuration(BigInt(Math.trunc(value.value))) };
    case 'status':
    case 'kind':
      return { type: 'string', value: value.value };
    default:
      return { type: 'array', value: elementsOf(value).map(toAnyValue) };
  }
}

/** Equal for equal values only: what groups are told apart by. */
export function groupKey(value: TypedValue | undefined): string {
  return value === undefined ? 'nil' : `${value.type}:${String(value.value)}`;
}
