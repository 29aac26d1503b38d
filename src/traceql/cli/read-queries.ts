/** The TraceQL in a file: JSON lines, a JSON list, a Grafana dashboard, or one bare query. */
import type { FoundQuery } from './found-query';
import { queriesOfDashboard } from './dashboard-queries';
import { isObject, type JsonObject } from './json-object';

export class UnreadableInput extends Error {}

/** How JSON starts and TraceQL never does. */
const STARTS_LIKE_JSON = /^\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*[{[\]])/;

/** Throws UnreadableInput. */
export function readQueries(content: string): FoundQuery[] {
  const text = content.replace(/^\uFEFF/, '');
  const trimmed = text.trim();
  if (trimmed === '') {
    return [];
  }
  const whole = parseJson(trimmed);
  if (Array.isArray(whole)) {
    return whole.map((entry, index) => queryEntry(entry, `entry ${index + 1}`));
  }
  if (isFilled(whole)) {
    return typeof whole.q === 'string' ? [queryEntry(whole, 'line 1')] : queriesOfDashboard(whole);
  }
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  if (written.some(({ line }) => isFilled(parseJson(line)))) {
    return written.map(({ line, number }) => queryEntry(parseJson(line), `line ${number}`));
  }
  if (STARTS_LIKE_JSON.test(text)) {
    throw new UnreadableInput(`this looks like JSON, but is none: ${jsonFault(trimmed)}`);
  }
  return [{ q: text }];
}

/** `{ }` is JSON, too, but what is meant is the query for every span. */
function isFilled(value: unknown): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function queryEntry(value: unknown, place: string): FoundQuery {
  if (!isObject(value) || typeof value.q !== 'string') {
    throw new UnreadableInput(`${place}: expected a JSON object like {"q": "{ status = error }"}`);
  }
  const { q, endpoint } = value;
  return { q, ...((endpoint === 'search' || endpoint === 'metrics') && { endpoint }) };
}
