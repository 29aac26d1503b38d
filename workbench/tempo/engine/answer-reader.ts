import { levelsOf, type Level } from './conditions';
import { dedicatedColumn } from './dedicated-columns';
import { type FetchedSpan } from './fetch';
import { readAtLevel } from './fields';
import { type CompiledPipeline } from './pipeline';
import { type Row } from './trace-index';
import { type Field, type TypedValue } from './types';

/** What a search answer repeats of a span: the values that the query looked at or selected. */
export interface AnsweredSpan {
  /** Only when the query looked at it. */
  name?: string;
  attributes: Array<{ key: string; value: TypedValue }>;
}

interface AnsweredField {
  level: Level;
  field: Field;
  key: string;
  /** Absent for fields that are selected only. */
  slot?: number;
  selected: boolean;
}

/** Fields that an answer has anyway, or never repeats. */
const NOT_REPEATED: ReadonlySet<string> = new Set([
  'span:duration',
  'span:id',
  'trace:id',
  'trace:duration',
  'trace:rootName',
  'trace:rootService',
]);

export function answerReader(compiled: CompiledPipeline): (span: FetchedSpan) => AnsweredSpan {
  const fields = answeredFields(compiled);
  return (span) => {
    const answer: AnsweredSpan = { attributes: [] };
    for (const field of fields) {
      const value = readAnswered(span, field);
      if (value === undefined) {
        continue;
      }
      if (field.key === 'name' && field.field.type === 'intrinsic') {
        answer.name = value.type === 'string' ? value.value : undefined;
      } else {
        answer.attributes.push({ key: field.key, value });
      }
    }
    return answer;
  };
}

function answeredFields({ conditions, selected, slots }: CompiledPipeline): AnsweredField[] {
  const fields = new Map<string, AnsweredField>();
  const add = (field: Field, isSelected: boolean): void => {
    if (field.type === 'intrinsic' && NOT_REPEATED.has(field.name)) {
      return;
    }
    for (const level of levelsOf(field)) {
      const key = answerKey(field);
      const id = `${field.type} ${level} ${key}`;
      const known = fields.get(id);
      const slot = slots.indexOf(level, field);
      fields.set(id, { level, field, key, slot, selected: isSelected || (known?.selected ?? false) });
    }
  };
  conditions.forEach((field) => add(field, false));
  selected.forEach((field) => add(field, true));
  return [...fields.values()];
}

/** Unscoped where TraceQL has an unscoped spelling. */
function answerKey(field: Field): string {
  if (field.type === 'attribute') {
    return field.name;
  }
  return UNSCOPED[field.name] ?? field.name;
}

const UNSCOPED: Partial<Record<string, string>> = {
  'span:name': 'name',
  'span:kind': 'kind',
  'span:status': 'status',
  'span:statusMessage': 'statusMessage',
};

function readAnswered(
  { row, lastSlots }: FetchedSpan,
  { level, field, slot, selected }: AnsweredField
): TypedValue | undefined {
  return (
    (selected ? readSelected(row, level, field) : undefined) ??
    (slot === undefined ? undefined : (lastSlots[slot] ?? undefined))
  );
}

function readSelected(row: Row, level: Level, field: Field): TypedValue | undefined {
  const value = readAtLevel(row, level, field);
  const isColumn = field.type === 'attribute' && dedicatedColumn(level, field.name) !== undefined;
  return value ?? (isColumn ? { type: 'string', value: 'nil' } : undefined);
}
