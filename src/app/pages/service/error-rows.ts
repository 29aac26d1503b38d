import { type DataFrame } from '@grafana/data';
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { spansQuery } from '../../../servicegraph/traces-of';
import { quoteString } from '../../../traceql/syntax/go-string';

export interface ErrorGroup {
  operation: string;
  /** '' when the span has none */
  message: string;
  /** '' when no exception was recorded */
  exception: string;
  /** Failed spans in the sample */
  count: number;
  /** ms since the Unix epoch */
  newest: number;
  /** TraceQL of exactly these spans */
  query: string;
}

const MESSAGE = 'statusMessage';
const EXCEPTION = 'event.exception.type';

/** Failed requests with what they say about it. */
export function errorsQuery(scope: RequestsScope): string {
  return `${spansQuery(requestsOf(scope), 'status = error')} | select(name, ${MESSAGE}, ${EXCEPTION}) with (most_recent=true)`;
}

/** Failed spans of spans tables that are alike, the most frequent first. */
export function errorGroups(frames: readonly DataFrame[], scope: RequestsScope): ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  const seen = new Set<string>();
  for (const frame of frames) {
    const read = (row: number, ...names: string[]) => {
      const field = frame.fields.find(({ name }) => names.includes(name));
      const value: unknown = field?.values[row];
      return value === null || value === undefined ? '' : String(value);
    };
    for (let row = 0; row < frame.length; row++) {
      const span = `${read(row, 'traceIdHidden')} ${read(row, 'spanID')}`;
      if (span === ' ' || seen.has(span)) {
        continue;
      }
      seen.add(span);
      const parts = {
        operation: read(row, 'name'),
        message: read(row, MESSAGE, 'span:statusMessage'),
        exception: read(row, 'exception.type', EXCEPTION),
      };
      const key = JSON.stringify(parts);
      const group = groups.get(key) ?? { ...parts, count: 0, newest: 0, query: queryOf(scope, parts) };
      groups.set(key, group);
      group.count += 1;
      group.newest = Math.max(group.newest, Number(read(row, 'time')) || 0);
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || b.newest - a.newest);
}

function queryOf(
  scope: RequestsScope,
  { operation, message, exception }: Pick<ErrorGroup, 'operation' | 'message' | 'exception'>
): string {
  return spansQuery(
    requestsOf(scope),
    'status = error',
    // The scope may name it already.
    ...(operation && operation !== scope.operation ? [`name = ${quoteString(operation)}`] : []),
    ...(message ? [`${MESSAGE} = ${quoteString(message)}`] : []),
    ...(exception ? [`${EXCEPTION} = ${quoteString(exception)}`] : [])
  );
}
