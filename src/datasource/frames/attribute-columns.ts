import { FieldType, type PartialDataFrame } from '@grafana/data';
import { type TypedAttribute } from '../../tempo/types';
import { attributeText } from '../../trace/attribute-text';
import { type AnyValue } from '../../trace/model';

type Cell = string | number | boolean | null;
type Column = PartialDataFrame['fields'][number];

/**
 * One column for each attribute name, sorted by name: boolean or number when every value is one, else string.
 * Rows without the attribute are null; `false`, `0` and `''` are values.
 */
export function attributeColumns(rows: TypedAttribute[][]): Column[] {
  const cells = new Map<string, Cell[]>();
  rows.forEach((attributes, row) => {
    for (const { key, value } of attributes) {
      const column = cells.get(key) ?? new Array<Cell>(rows.length).fill(null);
      column[row] = toCell(value);
      cells.set(key, column);
    }
  });
  return [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => {
      const type = columnType(values);
      return {
        name,
        type,
        values: type === FieldType.string ? values.map((value) => (value === null ? null : String(value))) : values,
        config: { displayNameFromDS: name, filterable: true },
      };
    });
}

function columnType(values: Cell[]): FieldType {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size !== 1) {
    return FieldType.string;
  }
  if (kinds.has('number')) {
    return FieldType.number;
  }
  return kinds.has('boolean') ? FieldType.boolean : FieldType.string;
}

/** Integers beyond 2^53 stay text, as a number would be another one. */
function toCell(value: AnyValue): Cell {
  switch (value.type) {
    case 'string':
    case 'bool':
    case 'double':
      return value.value;
    case 'int':
      return typeof value.value === 'bigint' ? value.value.toString() : value.value;
    case 'empty':
      return null;
    default:
      return attributeText(value);
  }
}
