import { type AdHocVariableFilter } from '@grafana/data';
import { INTRINSIC_SPELLINGS } from '../../traceql/intrinsics';
import { type TempoQuery, type TraceqlFilter, type TraceqlSearchScope } from '../types';
import { filterToCondition } from '../../traceql/search-form';

const SCOPED_KEY = /^(resource|span|event|link|instrumentation)\.(.+)$/;

/** Filters of the dashboard as rows of the search builder; their keys are the TraceQL names that were offered. */
function adHocToFilter({ key, operator, value, values }: AdHocVariableFilter, index: number): TraceqlFilter {
  const all = values && values.length > 0 ? values : [value];
  return {
    id: `ad-hoc-${index}`,
    ...splitKey(key),
    // "One of" has an operator of its own in Grafana.
    operator: operator === '=|' ? '=' : operator === '!=|' ? '!=' : operator,
    value: all,
    valueType: 'unknown',
  };
}

/** The filters as conditions of TraceQL; incomplete ones are left out. */
export function adHocConditions(filters: AdHocVariableFilter[]): string[] {
  return filters.flatMap((filter, index) => filterToCondition(adHocToFilter(filter, index)) ?? []);
}

/** A query that selects what all filters select; undefined when there are none. */
export function adHocTraceql(filters: AdHocVariableFilter[]): string | undefined {
  const conditions = adHocConditions(filters);
  return conditions.length > 0 ? `{${conditions.join(' && ')}}` : undefined;
}

/** Names of columns of our tables, which Grafana offers to filter by. */
const COLUMN_TAGS: Readonly<Record<string, string>> = { traceService: 'rootServiceName', traceName: 'rootName' };

function splitKey(key: string): { tag: string; scope: TraceqlSearchScope } {
  const match = SCOPED_KEY.exec(key);
  if (match) {
    return { scope: toScope(match[1]), tag: unquote(match[2]) };
  }
  if (key.startsWith('.')) {
    return { scope: 'unscoped', tag: unquote(key.slice(1)) };
  }
  const tag = Object.hasOwn(COLUMN_TAGS, key) ? COLUMN_TAGS[key] : key;
  // Columns of attributes have bare names, as Tempo's answers have.
  return INTRINSIC_SPELLINGS.has(tag) ? { scope: 'intrinsic', tag } : { scope: 'unscoped', tag };
}

function toScope(text: string): TraceqlSearchScope {
  switch (text) {
    case 'resource':
    case 'span':
    case 'event':
    case 'link':
    case 'instrumentation':
      return text;
    default:
      return 'unscoped';
  }
}

function unquote(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

/** Builder queries with the dashboard's filters as further rows; others come back unchanged. */
export function addAdHocRows(query: TempoQuery, filters: AdHocVariableFilter[]): TempoQuery {
  return query.queryType === 'traceqlSearch' && filters.length > 0
    ? { ...query, filters: [...(query.filters ?? []), ...filters.map(adHocToFilter)] }
    : query;
}
