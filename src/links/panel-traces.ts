/** From what another part of Grafana shows to the traces behind it. */
import { PROMQL_DATASOURCE_IDS, CORE_TEMPO_ID, DATASOURCE_ID } from '../constants';
import { normalizeTraceId } from '../trace/ids';
import { tracesBehind } from './promql-matchers';
import { type LinkContext, searchUrl, traceUrl } from './urls';

/** One query of a panel or of Explore; anything may be missing, other plugins made it. */
export interface ForeignQuery {
  datasource?: { uid?: string; type?: string } | null;
  hide?: boolean;
  expr?: unknown;
  query?: unknown;
}

export interface ForeignTarget {
  queries: readonly ForeignQuery[];
  from?: string | number;
  to?: string | number;
  /** Fills in the variables of a query's text */
  interpolate: (text: string) => string;
}

/** The page of the traces behind the first query that tells of some; undefined when none does. */
export function tracesBehindUrl({ queries, from, to, interpolate }: ForeignTarget): string | undefined {
  for (const query of queries) {
    const url = query.hide ? undefined : urlOf(query, { from, to }, interpolate);
    if (url !== undefined) {
      return url;
    }
  }
  return undefined;
}

function urlOf(
  { datasource, expr, query }: ForeignQuery,
  range: Pick<LinkContext, 'from' | 'to'>,
  interpolate: (text: string) => string
): string | undefined {
  const { uid, type } = datasource ?? {};
  if ((type === DATASOURCE_ID || type === CORE_TEMPO_ID) && typeof query === 'string' && query.trim() !== '') {
    const text = interpolate(query).trim();
    const traceId = normalizeTraceId(text);
    return traceId ? traceUrl(traceId, { ...range, tempo: uid }) : searchUrl(text, { ...range, tempo: uid });
  }
  const isPromql = type === undefined || PROMQL_DATASOURCE_IDS.includes(type);
  const traceql = isPromql && typeof expr === 'string' ? tracesBehind(interpolate(expr)) : undefined;
  return traceql === undefined ? undefined : searchUrl(traceql, { ...range, prometheus: uid });
}
