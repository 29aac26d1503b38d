/** A comparison counted from two searches, for a Tempo that does not answer compare(). */
import { type DataFrame, type Field } from '@grafana/data';
import { type StaticValue } from '../../traceql/ast';
import { type AttributeCounts, type SpanCounts, staticOf, valueKey } from './counts';

/** Columns of a spans table that are no attributes. */
const OWN_COLUMNS: ReadonlySet<string> = new Set([
  'traceIdHidden',
  'traceService',
  'traceName',
  'spanID',
  'time',
  'duration',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
]);

/** `{ … } | select(…)`: `attributes` as TraceQL writes them */
export function sampleQuery(query: string, attributes: readonly string[]): string {
  return attributes.length === 0 ? query : `${query} | select(${attributes.join(', ')})`;
}

/**
 * Counts the spans of two span tables, each span once; those of the selection are no part of the baseline.
 * @param attributes what was selected: the tables' columns are named without the scope
 */
export function countsOfSpanTables(
  selected: readonly DataFrame[],
  all: readonly DataFrame[],
  attributes: readonly string[]
): SpanCounts {
  const columnNames = new Map(attributes.map((attribute) => [columnOf(attribute), attribute]));
  const spans = { selection: spanRows(selected), baseline: spanRows(all) };
  for (const id of spans.selection.keys()) {
    spans.baseline.delete(id);
  }
  const counted = new Map<string, Map<string, { value: StaticValue; selection: number; baseline: number }>>();
  for (const side of ['selection', 'baseline'] as const) {
    for (const { frame, row } of spans[side].values()) {
      for (const field of frame.fields) {
        const attribute = columnNames.get(field.name) ?? field.name;
        const value = OWN_COLUMNS.has(field.name) ? undefined : cellValue(attribute, field.values[row]);
        if (value) {
          const values =
            counted.get(attribute) ?? new Map<string, { value: StaticValue; selection: number; baseline: number }>();
          counted.set(attribute, values);
          const entry = values.get(valueKey(value)) ?? { value, selection: 0, baseline: 0 };
          values.set(valueKey(value), entry);
          entry[side] += 1;
        }
      }
    }
  }
  return {
    selection: spans.selection.size,
    baseline: spans.baseline.size,
    attributes: [...counted].map(([attribute, values]): AttributeCounts => {
      const list = [...values.values()];
      return {
        attribute,
        selectionTotal: list.reduce((sum, { selection }) => sum + selection, 0),
        baselineTotal: list.reduce((sum, { baseline }) => sum + baseline, 0),
        values: list,
      };
    }),
  };
}

/** `service.name` of `resource.service.name`; intrinsics as they are. */
function columnOf(attribute: string): string {
  return attribute.replace(/^(?:resource|span|event|link|instrumentation)?\./, '').replace(/^"(.*)"$/, '$1');
}

function spanRows(frames: readonly DataFrame[]): Map<string, { frame: DataFrame; row: number }> {
  const rows = new Map<string, { frame: DataFrame; row: number }>();
  for (const frame of frames) {
    const field = (name: string): Field | undefined => frame.fields.find((each) => each.name === name);
    const [traceIds, spanIds] = [field('traceIdHidden'), field('spanID')];
    for (let row = 0; spanIds && row < frame.length; row++) {
      rows.set(`${String(traceIds?.values[row])} ${String(spanIds.values[row])}`, { frame, row });
    }
  }
  return rows;
}

function cellValue(attribute: string, cell: unknown): StaticValue | undefined {
  if (typeof cell === 'string') {
    return cell === '' ? undefined : staticOf(attribute, `"${cell}"`);
  }
  return typeof cell === 'number' || typeof cell === 'boolean' ? staticOf(attribute, String(cell)) : undefined;
}
