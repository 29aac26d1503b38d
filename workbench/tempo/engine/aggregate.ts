import { type Aggregate } from '../../../src/traceql/ast';

import { compileExpression, type Evaluate } from './expression';
import { type FetchedSpan, type SlotTable } from './fetch';
import { type TypedValue } from './types';
import { compareValues, numberOf, shrink } from './values';

/** One value for a group of spans; `undefined` when no span of it has a value. */
export type Aggregation = (spans: readonly FetchedSpan[]) => TypedValue | undefined;

export function compileAggregate(aggregate: Aggregate, slots: SlotTable): Aggregation {
  if (aggregate.function === 'count' || !aggregate.argument) {
    return (spans) => ({ type: 'int', value: spans.length });
  }
  const argument = compileExpression(aggregate.argument, slots);
  switch (aggregate.function) {
    case 'min':
      return (spans) => extreme(valuesOf(spans, argument), -1);
    case 'max':
      return (spans) => extreme(valuesOf(spans, argument), 1);
    case 'sum':
      return (spans) => sum(valuesOf(spans, argument));
    case 'avg':
      return (spans) => average(valuesOf(spans, argument));
  }
}

function valuesOf(spans: readonly FetchedSpan[], argument: Evaluate): TypedValue[] {
  return spans.map(argument).filter((value) => value !== undefined);
}

function extreme(values: TypedValue[], sign: 1 | -1): TypedValue | undefined {
  let best: TypedValue | undefined;
  for (const value of values) {
    if (best === undefined || (compareValues(value, best) ?? 0) * sign > 0) {
      best = value;
    }
  }
  return best;
}

/** Values of another type than the first are left out. */
function sum(values: TypedValue[]): TypedValue | undefined {
  const [first] = values;
  if (first === undefined) {
    return undefined;
  }
  const alike = values.filter((value) => value.type === first.type);
  if (first.type === 'int') {
    return { type: 'int', value: shrink(alike.reduce((total, value) => total + integerOf(value), BigInt(0))) };
  }
  const total = alike.reduce((subtotal, value) => subtotal + (numberOf(value) ?? NaN), 0);
  return first.type === 'float' || first.type === 'duration' ? { type: first.type, value: total } : first;
}

function integerOf(value: TypedValue): bigint {
  return value.type === 'int' ? BigInt(value.value) : BigInt(0);
}

/** Durations stay durations (whole ns); integers become floats. */
function average(values: TypedValue[]): TypedValue | undefined {
  const total = sum(values);
  const number = total && numberOf(total);
  if (total === undefined || number === undefined) {
    return total;
  }
  return total.type === 'duration'
    ? { type: 'duration', value: Math.trunc(number / values.length) }
    : { type: 'float', value: number / values.length };
}
