/** TraceQL text as the rows of the search builder, and what the rows cannot show as text beside them. */
import {
  classifyQuery,
  type ComparedValue,
  type Comparison,
  type Condition,
  equalQueries,
  fillVariables,
  parseSyntax,
  type QueryParts,
  splitQuery,
} from '../../traceql';
import { filterToCondition, searchToTraceql, TRACEQL_ROW } from '../../traceql/search-form';
import {
  type SearchRest,
  type TempoQuery,
  type TempoQueryType,
  type TraceqlFilter,
  type TraceqlSearchScope,
} from '../types';

export interface BuilderQuery {
  filters: TraceqlFilter[];
  searchRest?: SearchRest;
}

const KEYWORD_VALUES = new Set(['status', 'kind', 'nil', 'variable']);

/** undefined when the text does not parse. The rows written as text again give a query of the same tree. */
export function readBuilderQuery(text: string, staticFilters: readonly TraceqlFilter[]): BuilderQuery | undefined {
  const parts = splitQuery(text);
  if (!parts) {
    return undefined;
  }
  const searchRest = restOf(parts);
  const rows = placeRows(mergeExcluded((parts.conditions ?? []).map(toRow)), staticFilters);
  return { filters: rows, ...(searchRest && { searchRest }) };
}

/** Whether both say the same, whatever their layout and comments; texts that do not parse are compared as they are. */
function isSameQuery(a: string, b: string): boolean {
  const left = parseSyntax(fillVariables(a).text).query;
  const right = parseSyntax(fillVariables(b).text).query;
  return left && right ? equalQueries(left, right) : a.trim() === b.trim();
}

/** What the TraceQL editor shows of a builder query: the text it was made of, as long as the rows still say the same. */
export function builderToText(builder: BuilderQuery, savedText: string): string {
  const text = searchToTraceql(builder);
  const isEmpty = text === '{}';
  const isKept = savedText.trim() !== '' && (isEmpty || isSameQuery(text, savedText));
  return isKept ? savedText : writtenText(builder);
}

/** The text that is saved beside the rows, for whoever reads the query as TraceQL. */
export function writtenText(builder: BuilderQuery): string {
  const text = searchToTraceql(builder);
  return text === '{}' ? '' : text;
}

type TypedQuery = BuilderQuery & { queryType: TempoQueryType; query: string };

/** How a query changes with its type, so that nothing of it is lost; undefined when its text cannot be read as rows. */
export function typeChange(
  current: TypedQuery,
  queryType: TempoQueryType,
  staticFilters: readonly TraceqlFilter[]
): Partial<TempoQuery> | undefined {
  const { filters, searchRest, query } = current;
  const builder = { filters, searchRest };
  if (queryType === 'traceql' && current.queryType === 'traceqlSearch') {
    return { queryType, query: builderToText(builder, query) };
  }
  if (queryType !== 'traceqlSearch' || current.queryType !== 'traceql') {
    return { queryType };
  }
  if (query.trim() === '' || isSameQuery(searchToTraceql(builder), query)) {
    return { queryType };
  }
  if (classifyQuery(query) === 'traceId') {
    // The id waits in the text while the builder is empty.
    return { queryType, filters: [], searchRest: undefined };
  }
  const read = readBuilderQuery(query, staticFilters);
  return read && { queryType, filters: read.filters, searchRest: read.searchRest };
}

function restOf({ before, conditions, after }: QueryParts): SearchRest | undefined {
  if (!conditions) {
    return { before };
  }
  return before.trim() === '' && after.trim() === '' ? undefined : { before, after };
}

/** A row, or the condition as text where a row would not say the same. */
function toRow({ text, comparison }: Condition): TraceqlFilter {
  const row = comparison && comparisonRow(comparison);
  return row && isSameCondition(filterToCondition(row) ?? '', text)
    ? row
    : { id: '', valueType: TRACEQL_ROW, value: text };
}

function isSameCondition(a: string, b: string): boolean {
  return isSameQuery(`{${a}}`, `{${b}}`);
}

function comparisonRow({ field, operator, values }: Comparison): TraceqlFilter | undefined {
  const [{ type }] = values;
  const texts = values.map(({ text }) => text);
  const named =
    field.type === 'intrinsic'
      ? { tag: field.text, scope: 'intrinsic' as const }
      : { tag: field.name, scope: toScope(field.scope) };
  return (
    named.scope && { id: '', tag: named.tag, scope: named.scope, operator, value: texts, valueType: rowType(type) }
  );
}

function toScope(scope: string): TraceqlSearchScope | undefined {
  switch (scope) {
    case 'any':
      return 'unscoped';
    case 'resource':
    case 'span':
    case 'event':
    case 'link':
    case 'instrumentation':
      return scope;
    default:
      return undefined;
  }
}

function rowType(type: ComparedValue['type']): string {
  return KEYWORD_VALUES.has(type) ? 'keyword' : type;
}

/** `a != 1 && a != 2` is one row with two values. */
function mergeExcluded(rows: TraceqlFilter[]): TraceqlFilter[] {
  return rows.reduce<TraceqlFilter[]>((merged, row) => {
    const last = merged[merged.length - 1];
    const isMore =
      last?.operator === '!=' &&
      row.operator === '!=' &&
      last.tag === row.tag &&
      last.scope === row.scope &&
      last.valueType === row.valueType;
    return isMore ? [...merged.slice(0, -1), { ...last, value: [...listOf(last), ...listOf(row)] }] : [...merged, row];
  }, []);
}

function listOf({ value }: TraceqlFilter): string[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Gives each row its place in the builder: a row of the settings, status, durations, else a free one. */
function placeRows(rows: TraceqlFilter[], staticFilters: readonly TraceqlFilter[]): TraceqlFilter[] {
  const ofTraces =
    !rows.some(({ tag, scope }) => tag === 'duration' && scope === 'intrinsic') &&
    rows.some((row) => row.tag === 'traceDuration' && row.scope === 'intrinsic' && durationPlace(row) !== undefined);
  const taken = new Set<string>();
  const take = (id: string | undefined) => (id === undefined || taken.has(id) ? undefined : (taken.add(id), id));
  const placed = rows.map((row, index): TraceqlFilter => {
    const fixed = staticFilters.find((one) => !taken.has(one.id) && isSameTag(one, row));
    if (fixed && take(fixed.id)) {
      return { ...row, id: fixed.id, tag: fixed.tag, scope: fixed.scope };
    }
    if (row.tag === 'status' && row.operator === '=' && listOf(row).length === 1 && take('status')) {
      return { ...row, id: 'status', value: listOf(row)[0] };
    }
    const place = row.tag === (ofTraces ? 'traceDuration' : 'duration') ? take(durationPlace(row)) : undefined;
    return place
      ? { id: place, tag: 'duration', operator: row.operator, valueType: 'duration', value: listOf(row)[0] }
      : { ...row, id: `tag-${index}` };
  });
  return ofTraces ? [...placed, { id: 'duration-type', value: 'trace' }] : placed;
}

function durationPlace(row: TraceqlFilter): string | undefined {
  const [value, ...others] = listOf(row);
  if (row.scope !== 'intrinsic' || others.length > 0 || (row.valueType !== 'duration' && !value?.startsWith('$'))) {
    return undefined;
  }
  switch (row.operator) {
    case '>':
    case '>=':
      return 'min-duration';
    case '<':
    case '<=':
      return 'max-duration';
    default:
      return undefined;
  }
}

/** The settings may have an intrinsic under any scope. */
function isSameTag(fixed: TraceqlFilter, row: TraceqlFilter): boolean {
  if (!row.tag || fixed.tag !== row.tag) {
    return false;
  }
  return row.scope === 'intrinsic' || (fixed.scope ?? 'unscoped') === row.scope;
}
