import { parseSyntax } from '../../traceql';
import { METRICS_FUNCTIONS } from '../../traceql/operators';

export type QueryKind = 'traceId' | 'metrics' | 'search';

const TRACE_ID = /^[0-9a-f]{1,32}$/i;
const METRICS_CALL = new RegExp(`\\|\\s*(?:${METRICS_FUNCTIONS.join('|')}|compare)\\s*\\(`);

/** What a text asks for. One that does not parse is sent where it most likely belongs, for Tempo's own message. */
export function classifyQuery(text: string): QueryKind {
  const trimmed = text.trim();
  if (TRACE_ID.test(trimmed)) {
    return 'traceId';
  }
  const { query } = parseSyntax(trimmed);
  const isMetrics = query ? query.expression.type !== 'pipeline' : METRICS_CALL.test(trimmed);
  return isMetrics ? 'metrics' : 'search';
}

/** Whether the text is answered by numbers over time instead of traces. */
export function isMetricsQuery(text: string): boolean {
  return classifyQuery(text) === 'metrics';
}
