/** The TraceQL in a file: JSON lines, a JSON list, a Grafana dashboard, or one bare query. */
import type { QueryEndpoint } from '../checks/query';
import { classifyQuery } from '../edit';

export interface FoundQuery {
  q: string;
  endpoint?: QueryEndpoint;
  /** Where in a dashboard: title of the panel or variable, and the refId. */
  source?: string;
}

export class UnreadableInput extends Error {}

/** Data source types whose queries are TraceQL. */
const TEMPO_TYPES = new Set(['tempo', 'traceatlas-tempo-datasource']);
const OTHER_QUERY_TYPES = new Set(['serviceMap', 'upload', 'nativeSearch', 'search']);

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws UnreadableInput. */
export function readQueries(content: string): FoundQuery[] {
  const trimmed = content.trim();
  if (trimmed === '') {
    return [];
  }
  const whole = parseJson(trimmed);
  if (Array.isArray(whole)) {
    return whole.map((entry, index) => queryEntry(entry, `entry ${index + 1}`));
  }
  if (isObject(whole)) {
    return typeof whole.q === 'string' ? [queryEntry(whole, 'line 1')] : dashboardQueries(whole);
  }
  const lines = content.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  if (!written.some(({ line }) => isObject(parseJson(line)))) {
    return [{ q: content }];
  }
  return written.map(({ line, number }) => queryEntry(parseJson(line), `line ${number}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function queryEntry(value: unknown, place: string): FoundQuery {
  if (!isObject(value) || typeof value.q !== 'string') {
    throw new UnreadableInput(`${place}: expected a JSON object like {"q": "{ status = error }"}`);
  }
  const { q, endpoint } = value;
  return { q, ...((endpoint === 'search' || endpoint === 'metrics') && { endpoint }) };
}

function dashboardQueries(dashboard: JsonObject): FoundQuery[] {
  const found: FoundQuery[] = [];
  collect(dashboard, { isTempo: false, title: '' }, found);
  return found;
}

interface Surroundings {
  isTempo: boolean;
  title: string;
}

/** Panels, rows, library panels, variables and annotations of either dashboard schema: a query is below what names its data source. */
function collect(value: unknown, around: Surroundings, found: FoundQuery[]): void {
  if (Array.isArray(value)) {
    value.forEach((element) => collect(element, around, found));
    return;
  }
  if (!isObject(value)) {
    return;
  }
  const here = { isTempo: isTempo(value) ?? around.isTempo, title: titleOf(value) ?? around.title };
  const refId = typeof value.refId === 'string' ? ` ${value.refId}` : '';
  const isTraceql =
    here.isTempo && typeof value.query === 'string' && !OTHER_QUERY_TYPES.has(String(value.queryType ?? ''));
  if (isTraceql && typeof value.query === 'string' && isWritten(value.query)) {
    found.push({ q: value.query, source: `${here.title}${refId}`.trim() });
  }
  Object.values(value).forEach((element) => collect(element, here, found));
}

function isTempo({ datasource, group, kind }: JsonObject): boolean | undefined {
  const type = isObject(datasource)
    ? datasource.type
    : typeof group === 'string' && kind === 'DataQuery'
      ? group
      : undefined;
  return typeof type === 'string' ? TEMPO_TYPES.has(type) : undefined;
}

function titleOf({ title, name }: JsonObject): string | undefined {
  return [title, name].find((text): text is string => typeof text === 'string' && text !== '');
}

function isWritten(query: string): boolean {
  const kind = classifyQuery(query);
  return kind !== 'empty' && kind !== 'traceId' && !/^\s*\$\{?\w+\}?\s*$/.test(query);
}
