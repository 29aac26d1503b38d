/** The TraceQL of a Grafana dashboard in JSON, of either schema, as the model, an export or an answer of Grafana's API. */
import { classifyQuery } from '../edit';
import { searchToTraceql, type SearchRest, type TraceqlFilter } from '../search-form';
import { isObject, type JsonObject } from './json-object';
import type { FoundQuery } from './found-query';

/** Data source types whose queries are TraceQL. */
const TEMPO_TYPES = new Set(['tempo', 'traceatlas-tempo-datasource']);
const OTHER_QUERY_TYPES = new Set(['serviceMap', 'upload', 'nativeSearch', 'search', 'clear']);
const BUILDER = 'traceqlSearch';

interface Surroundings {
  isTempo: boolean;
  title: string;
  refId: string;
}

/** Of panels, rows, library panels, variables and annotations: a query is below what names its data source. */
export function queriesOfDashboard(dashboard: JsonObject): FoundQuery[] {
  const found: FoundQuery[] = [];
  const types = new Map<string, string>();
  collectTypes(dashboard, types);
  collectQueries(dashboard, { isTempo: false, title: '', refId: '' }, types, found);
  return found;
}

/** Types of data sources that a dashboard names by a variable or by an input of its export. */
function collectTypes(value: unknown, types: Map<string, string>): void {
  if (Array.isArray(value)) {
    value.forEach((element) => collectTypes(element, types));
    return;
  }
  if (!isObject(value)) {
    return;
  }
  const { name, type, query, pluginId } = value;
  const pointsTo = typeof pluginId === 'string' ? pluginId : type === 'datasource' ? query : undefined;
  if (typeof name === 'string' && typeof pointsTo === 'string') {
    types.set(name, pointsTo);
  }
  Object.values(value).forEach((element) => collectTypes(element, types));
}

function collectQueries(
  value: unknown,
  around: Surroundings,
  types: ReadonlyMap<string, string>,
  found: FoundQuery[]
): void {
  if (Array.isArray(value)) {
    value.forEach((element) => collectQueries(element, around, types, found));
    return;
  }
  if (!isObject(value)) {
    return;
  }
  const type = dataSourceType(value, types);
  const here: Surroundings = {
    isTempo: type === undefined ? around.isTempo : TEMPO_TYPES.has(type),
    title: titleOf(value) ?? around.title,
    refId: typeof value.refId === 'string' ? value.refId : around.refId,
  };
  const q = here.isTempo ? traceqlOf(value) : undefined;
  if (q !== undefined) {
    found.push({ q, source: `${here.title} ${here.refId}`.trim() });
  }
  Object.values(value).forEach((element) => collectQueries(element, here, types, found));
}

function dataSourceType({ datasource, group, kind }: JsonObject, types: ReadonlyMap<string, string>) {
  if (typeof kind === 'string' && TEMPO_TYPES.has(kind)) {
    return kind;
  }
  if (kind === 'DataQuery' && typeof group === 'string') {
    return group;
  }
  if (typeof datasource === 'string') {
    return typeBehind(datasource, types);
  }
  if (!isObject(datasource)) {
    return undefined;
  }
  return typeof datasource.type === 'string' && datasource.type !== ''
    ? datasource.type
    : typeBehind(String(datasource.uid ?? ''), types);
}

/** `$datasource`, `${DS_TEMPO}` -> the type of the data sources that it stands for */
function typeBehind(reference: string, types: ReadonlyMap<string, string>): string | undefined {
  const [, braced, bare] = /^\$(?:\{(\w+)(?::\w+)?\}|(\w+))$/.exec(reference) ?? [];
  return types.get(braced ?? bare ?? '');
}

function titleOf({ title, name }: JsonObject): string | undefined {
  return [title, name].find((text): text is string => typeof text === 'string' && text !== '');
}

/** The text of a query, or that of the rows of its search form. */
function traceqlOf({ queryType, query, filters, searchRest }: JsonObject): string | undefined {
  if (queryType === BUILDER) {
    const rows = Array.isArray(filters) ? filters.filter(isRow) : [];
    const text = searchToTraceql({ filters: rows, searchRest: isRest(searchRest) ? searchRest : undefined });
    return text === '{}' ? undefined : text;
  }
  return typeof query === 'string' && isTraceql(query) && !OTHER_QUERY_TYPES.has(String(queryType ?? ''))
    ? query
    : undefined;
}

function isRow(value: unknown): value is TraceqlFilter {
  return (
    isObject(value) &&
    [value.tag, value.operator, value.valueType, value.scope].every(isTextOrAbsent) &&
    (isTextOrAbsent(value.value) || (Array.isArray(value.value) && value.value.every(isText)))
  );
}

function isRest(value: unknown): value is SearchRest {
  return isObject(value) && isTextOrAbsent(value.before) && isTextOrAbsent(value.after);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

/** Not an id of a trace, nor a variable that stands for a whole query. */
function isTraceql(query: string): boolean {
  const kind = classifyQuery(query);
  return kind !== 'empty' && kind !== 'traceId' && !/^\s*(?:\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+\]\])\s*$/.test(query);
}
