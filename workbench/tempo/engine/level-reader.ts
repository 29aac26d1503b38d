import { type KeyValue } from '../../../src/trace/model';
import { type IntrinsicName } from '../../../src/traceql/ast';

import { scalarComparison } from './comparison';
import { type Condition, type Level } from './conditions';
import { dedicatedColumn } from './dedicated-columns';
import { missingIntrinsic } from './fields';
import { type TypedValue } from './types';
import { arrayOf, elementsOf, isArray, staticValue, typedValue } from './values';

/**
 * A value as it was read: `null` says that the attribute is there but no value of it passed the conditions, which hides
 * an attribute of the same name further up; `undefined` that it is not there.
 */
export type Slot = TypedValue | null | undefined;

type Test = (value: TypedValue) => boolean;

/** What an owner of attributes (a span, a resource, an event, …) has to offer. */
export interface Source {
  attributes: readonly KeyValue[];
  intrinsic(name: IntrinsicName): TypedValue | undefined;
}

interface ColumnRead {
  slot: number;
  read: (source: Source) => TypedValue | undefined;
  tests: Test[];
  /** Any value will do, also none. */
  all: boolean;
  /** `= nil` was asked. */
  missing: boolean;
  /** What a missing value reads as without a condition. */
  fallback?: TypedValue;
}

const NIL_TEXT: TypedValue = { type: 'string', value: 'nil' };

/** Reads all that a query wants of one level. Conditions on one field are alternatives: the engine looks again. */
export class LevelReader {
  private readonly columns: ColumnRead[] = [];
  private readonly genericSlots = new Map<string, number>();
  private readonly genericTests: Partial<Record<TypedValue['type'], Test[]>> = {};
  private genericAll = false;
  private readonly missingSlots = new Map<string, number>();

  constructor(
    private readonly level: Level,
    conditions: Condition[],
    private readonly slotOf: (level: Level, condition: Condition) => number
  ) {
    conditions.forEach((condition) => this.add(condition));
  }

  get isEmpty(): boolean {
    return this.columns.length === 0 && this.genericSlots.size === 0 && this.missingSlots.size === 0;
  }

  /** Fills `slots`; false when a condition did not hold, which matters only when all must. */
  read(source: Source, slots: Slot[]): boolean {
    let complete = true;
    for (const column of this.columns) {
      const value = readColumn(column, source);
      complete = complete && value !== undefined;
      if (value !== undefined && slots[column.slot] === undefined) {
        slots[column.slot] = value;
      }
    }
    return this.readGeneric(source, slots) && complete;
  }

  private readGeneric(source: Source, slots: Slot[]): boolean {
    if (this.genericSlots.size === 0 && this.missingSlots.size === 0) {
      return true;
    }
    let found = 0;
    for (const { key, value } of source.attributes) {
      const slot = this.genericSlots.get(key);
      if (slot !== undefined) {
        const typed = typedValue(value);
        const kept = typed === undefined ? undefined : this.keep(typed);
        found += kept === undefined ? 0 : 1;
        slots[slot] = slots[slot] === undefined ? (kept ?? null) : slots[slot];
      }
    }
    let missing = 0;
    for (const [name, slot] of this.missingSlots) {
      if (!source.attributes.some(({ key }) => key === name)) {
        missing++;
        slots[slot] = NIL_TEXT;
      }
    }
    return found >= this.genericSlots.size && missing >= this.missingSlots.size;
  }

  private keep(value: TypedValue): TypedValue | undefined {
    if (this.genericAll) {
      return value;
    }
    return keepElements(value, (element) => passesAny(this.genericTests[element.type] ?? [], element));
  }

  private add(condition: Condition): void {
    const { field, operator } = condition;
    const slot = this.slotOf(this.level, condition);
    const column = this.columnFor(condition, slot);
    if (column) {
      this.addToColumn(column, condition);
    } else if (field.type === 'attribute' && operator === 'missing') {
      this.missingSlots.set(field.name, slot);
    } else if (field.type === 'attribute') {
      this.genericSlots.set(field.name, slot);
      this.addGenericTest(condition);
    }
  }

  private addGenericTest(condition: Condition): void {
    const operand = condition.operand && staticValue(condition.operand);
    if (
      !operand ||
      condition.operator === 'read' ||
      condition.operator === 'exists' ||
      condition.operator === 'missing'
    ) {
      this.genericAll = true;
      return;
    }
    const compare = scalarComparison(condition.operator);
    const tests = (this.genericTests[operand.type] ??= []);
    tests.push((value) => compare(value, operand));
  }

  /** The column that keeps the field, if it has one and the operand's type fits. */
  private columnFor({ field, operand }: Condition, slot: number): ColumnRead | undefined {
    if (field.type === 'intrinsic') {
      return this.column(slot, (source) => source.intrinsic(field.name), missingIntrinsic(field.name));
    }
    const { name } = field;
    if (this.level === 'resource' && name === 'service.name') {
      const fits = operand === undefined || operand.valueType === 'string';
      return fits ? this.column(slot, (source) => textAttribute(source, name)) : undefined;
    }
    const type = dedicatedColumn(this.level, name);
    if (type === undefined || (operand !== undefined && operand.valueType !== type)) {
      return undefined;
    }
    return this.column(slot, (source) => attributeOfType(source, name, type), NIL_TEXT);
  }

  private column(slot: number, read: ColumnRead['read'], fallback?: TypedValue): ColumnRead {
    let column = this.columns.find((candidate) => candidate.slot === slot);
    if (!column) {
      column = { slot, read, tests: [], all: false, missing: false, fallback };
      this.columns.push(column);
    }
    return column;
  }

  private addToColumn(column: ColumnRead, { operator, operand: literal }: Condition): void {
    const operand = literal && staticValue(literal);
    if (operator === 'read') {
      column.all = true;
    } else if (operator === 'missing') {
      column.missing = true;
    } else if (operator === 'exists') {
      column.tests.push(() => true);
    } else if (operand) {
      const compare = scalarComparison(operator);
      column.tests.push((value) => compare(value, operand));
    }
  }
}

function readColumn(column: ColumnRead, source: Source): TypedValue | undefined {
  const value = column.read(source);
  if (value === undefined) {
    return column.missing ? NIL_TEXT : column.all ? column.fallback : undefined;
  }
  return column.all ? value : keepElements(value, (element) => passesAny(column.tests, element));
}

function passesAny(tests: readonly Test[], value: TypedValue): boolean {
  for (const test of tests) {
    if (test(value)) {
      return true;
    }
  }
  return false;
}

function keepElements(value: TypedValue, passes: Test): TypedValue | undefined {
  if (!isArray(value)) {
    return passes(value) ? value : undefined;
  }
  return arrayOf(elementsOf(value).filter(passes));
}

function textAttribute(source: Source, name: string): TypedValue {
  return attributeOfType(source, name, 'string') ?? { type: 'string', value: '' };
}

function attributeOfType(source: Source, name: string, type: 'string' | 'int'): TypedValue | undefined {
  for (const { key, value } of source.attributes) {
    if (key === name) {
      const typed = typedValue(value);
      return typed && elementsOf(typed)[0].type === type ? typed : undefined;
    }
  }
  return undefined;
}
