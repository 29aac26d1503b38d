/** The rows of a search form, as Grafana's data sources save them in dashboards, as TraceQL. */
import { INTRINSIC_SPELLINGS, intrinsicInfo, type ValueType } from './intrinsics';
import { attributeText, quoteString } from './names';

export type TraceqlSearchScope = 'event' | 'instrumentation' | 'intrinsic' | 'link' | 'resource' | 'span' | 'unscoped';

/** One row of the search builder; the query is the conjunction of the rows that have a value. */
export interface TraceqlFilter {
  /** Stable name of the row: `service-name`, `span-name`, `status`, `min-duration`, …; anything for free rows. */
  id: string;
  tag?: string;
  operator?: string;
  /** Several values are alternatives. */
  value?: string | string[];
  /** Type of the value in Tempo (string, int, float, bool, duration, keyword); decides about quotes. */
  valueType?: string;
  scope?: TraceqlSearchScope;
  isCustomValue?: boolean;
}

/**
 * What a query of the search builder has around the builder's own conditions. Without a spanset filter of its own
 * (`count() > 5`) all of it is `before`, and `after` is absent.
 */
export interface SearchRest {
  before?: string;
  /** Such as ` >> { … } | rate()` */
  after?: string;
}

/** The row that says whether the durations are those of spans (default) or of traces. */
const DURATION_TYPE_ID = 'duration-type';

/** The type of a row that is one condition as text and has no tag; only ours, Grafana's own data source leaves it out. */
export const TRACEQL_ROW = 'traceql';

/** The whole query of the search builder: its rows and what stands around them. */
export function searchToTraceql({
  filters,
  searchRest,
}: {
  filters: TraceqlFilter[];
  searchRest?: SearchRest;
}): string {
  const { before = '', after } = searchRest ?? {};
  const text = filtersToTraceql(filters);
  if (after !== undefined || before === '') {
    return before + text + (after ?? '');
  }
  return text === '{}' ? before : `${text} | ${before}`;
}

/** `{ row && row }`; rows without a tag or a value say nothing and are left out. No row matches every span. */
export function filtersToTraceql(filters: TraceqlFilter[]): string {
  const ofTraces = filters.some((filter) => filter.id === DURATION_TYPE_ID && filter.value === 'trace');
  const conditions = filters
    .filter((filter) => filter.id !== DURATION_TYPE_ID)
    .map((filter) => (ofTraces && filter.tag === 'duration' ? { ...filter, tag: 'traceDuration' } : filter))
    .flatMap((filter) => filterToCondition(filter) ?? []);
  return conditions.length > 0 ? `{${conditions.join(' && ')}}` : '{}';
}

/** One condition of TraceQL, or undefined while the row is incomplete. */
export function filterToCondition(filter: TraceqlFilter): string | undefined {
  const values = (Array.isArray(filter.value) ? filter.value : [filter.value ?? '']).filter((value) => value !== '');
  if (filter.valueType === TRACEQL_ROW && !filter.tag) {
    return values[0]?.trim() ? rawCondition(values[0]) : undefined;
  }
  if (!filter.tag || values.length === 0) {
    return undefined;
  }
  const attribute = filterAttribute(filter);
  const operator = filter.operator ?? '=';
  if (operator === '=~' || operator === '!~') {
    return `${attribute}${operator}${quoteString(values.join('|'))}`;
  }
  const conditions = values.map((value) =>
    // Also of a value that is excluded: Tempo takes a comparison of different types for false, "!=" as well.
    anyOf(literals(filter, value).map((text) => `${attribute}${operator}${text}`))
  );
  // "Not a and not b", but "a or b".
  return operator === '!=' ? conditions.join(' && ') : anyOf(conditions);
}

/** `&&` and `||` bind equally, so what has them stands in parentheses; so does a comment that ends with the line. */
function rawCondition(text: string): string {
  if (text.includes('//')) {
    return `(${text}\n)`;
  }
  return /&&|\|\|/.test(text) ? `(${text})` : text;
}

function anyOf(conditions: string[]): string {
  return conditions.length > 1 ? `(${conditions.join(' || ')})` : conditions[0];
}

/** The row's tag as a TraceQL identifier: `resource.service.name`, `.key`, `name`. */
export function filterAttribute({ tag = '', scope }: TraceqlFilter): string {
  // Grafana's builder saves intrinsics with any scope.
  if (scope === 'intrinsic' || INTRINSIC_SPELLINGS.has(tag)) {
    return tag;
  }
  return attributeText(!scope || scope === 'unscoped' ? 'any' : scope, tag);
}

/**
 * The spellings a value may have: of an attribute whose type nobody knows (filters of a dashboard), "200" can be a
 * number or a text, so both are asked for.
 */
function literals(filter: TraceqlFilter, value: string): string[] {
  const isOpen = filter.valueType === 'unknown' && intrinsicType(filter.tag ?? '') === undefined;
  if (isOpen && (isNumber(value) || value === 'true' || value === 'false')) {
    return /[<>]/.test(filter.operator ?? '=') ? [value] : [value, quoteString(value)];
  }
  return [literal(filter, value)];
}

function literal({ tag = '', valueType, operator = '=' }: TraceqlFilter, value: string): string {
  switch (intrinsicType(tag) ?? valueType) {
    case 'status':
    case 'kind':
    case 'keyword':
    case 'duration':
    case 'int':
    case 'float':
    case 'bool':
      return value;
    case 'string':
      return quoteString(value);
    default:
      // Without a type, only a comparison of size tells that a number is meant.
      return /[<>]/.test(operator) && isNumber(value) ? value : quoteString(value);
  }
}

function intrinsicType(tag: string): ValueType | undefined {
  const name = INTRINSIC_SPELLINGS.get(tag);
  return name && intrinsicInfo(name)?.valueType;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
