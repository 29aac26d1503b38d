import { type AdHocVariableFilter } from '@grafana/data';
import { type TempoQuery } from '../types';
import { addAdHocRows, adHocConditions } from './ad-hoc-filters';
import { searchToTraceql } from '../../traceql/search-form';

const PIECES =
  /"(?:[^"\\]|\\[^])*"?|`[^`]*`?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|\$\{[^}]*\}|[{}]|\|\||compare\s*\(\s*(?=\{)/g;
const TRACE_ID = /^\s*[0-9a-fA-F]{1,32}\s*$/;

/**
 * The query with the dashboard's filters in it, made without the TraceQL parser: Grafana's synchronous hooks may ask
 * before it is loaded. The parser's own addCondition also sees pipelines in parentheses that have no filter.
 */
export function addAdHocToText(query: TempoQuery, filters: AdHocVariableFilter[]): TempoQuery {
  const conditions = adHocConditions(filters);
  if (query.queryType === 'serviceMap' || conditions.length === 0) {
    return query;
  }
  if (query.queryType === 'traceqlSearch' && !query.searchRest) {
    return addAdHocRows(query, filters);
  }
  const { queryType, filters: rows = [], searchRest } = query;
  const text = queryType === 'traceqlSearch' ? searchToTraceql({ filters: rows, searchRest }) : (query.query ?? '');
  return TRACE_ID.test(text)
    ? query
    : { ...query, queryType: 'traceql', query: addConditionToText(text, conditions.join(' && ')) };
}

/** ANDs the condition into each `{ … }` of the text but for what compare() selects. */
export function addConditionToText(text: string, condition: string): string {
  let result = '';
  let end = 0;
  let open: { at: number; hasOr: boolean } | undefined;
  let isCompare = false;
  let found = false;
  for (const { 0: piece, index = 0 } of text.matchAll(PIECES)) {
    if (piece === '{') {
      open = isCompare ? undefined : { at: index + 1, hasOr: false };
      found ||= !isCompare;
    } else if (piece === '||' && open) {
      open.hasOr = true;
    } else if (piece === '}' && open) {
      result += text.slice(end, open.at) + withCondition(text.slice(open.at, index), condition, open.hasOr);
      end = index;
      open = undefined;
    }
    isCompare = piece.startsWith('compare');
  }
  if (!found) {
    return text.trim() === '' ? `{ ${condition} }` : `{ ${condition} } | ${text}`;
  }
  return result + text.slice(end);
}

function withCondition(inside: string, condition: string, hasOr: boolean): string {
  // A comment ends with its line.
  const written = inside.includes('//') ? `${inside}\n` : inside;
  if (/^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*$/.test(inside)) {
    return `${written} ${condition} `;
  }
  return hasOr ? ` (${written}) && ${condition} ` : `${written.replace(/[ \t]+$/, '')} && ${condition} `;
}
