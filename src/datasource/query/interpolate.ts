import { type ScopedVars } from '@grafana/data';
import { type TemplateSrv } from '@grafana/runtime';
import { escapeRegex } from '../../traceql/names';
import { TRACEQL_ROW } from '../../traceql/search-form';
import { type TempoQuery, type TraceqlFilter } from '../types';

type Replace = Pick<TemplateSrv, 'replace'>['replace'];

/** Fills in the variables of every field; the text of TraceQL and PromQL stays valid whatever the values hold. */
export function interpolateQuery(query: TempoQuery, scopedVars: ScopedVars, replace: Replace): TempoQuery {
  const plain = (text: string) => replace(text, scopedVars);
  const result: TempoQuery = { ...query };
  if (typeof query.query === 'string') {
    result.query = replaceInQuotedText(query.query, scopedVars, replace);
  }
  if (Array.isArray(query.filters)) {
    result.filters = query.filters.map((filter) => interpolateFilter(filter, scopedVars, replace));
  }
  if (query.searchRest) {
    const { before, after } = query.searchRest;
    const filled = (text: string | undefined) =>
      text === undefined ? undefined : replaceInQuotedText(text, scopedVars, replace);
    result.searchRest = { before: filled(before), after: filled(after) };
  }
  if (typeof query.step === 'string') {
    result.step = plain(query.step);
  }
  if (query.serviceMapQuery !== undefined) {
    result.serviceMapQuery = Array.isArray(query.serviceMapQuery)
      ? query.serviceMapQuery.map((selector) => replaceInQuotedText(selector, scopedVars, replace))
      : replaceInQuotedText(query.serviceMapQuery, scopedVars, replace);
  }
  if (query.serviceMapScope) {
    const { around, aroundNamespace } = query.serviceMapScope;
    result.serviceMapScope = {
      ...query.serviceMapScope,
      ...(typeof around === 'string' ? { around: plain(around) } : {}),
      ...(typeof aroundNamespace === 'string' ? { aroundNamespace: plain(aroundNamespace) } : {}),
    };
  }
  return result;
}

/**
 * Replaces variables in a query text. Inside a quoted string the values are escaped for it, and several values
 * become a regular expression `a|b`; outside, they are joined by `|` as they are, so that a variable may hold a
 * piece of a query.
 */
export function replaceInQuotedText(text: string, scopedVars: ScopedVars, replace: Replace): string {
  return text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => replace(part, scopedVars, index % 2 === 1 ? formatInsideQuotes : 'pipe'))
    .join('');
}

function formatInsideQuotes(value: unknown): string {
  if (!Array.isArray(value)) {
    return escapeForString(String(value));
  }
  // One value may stand beside "=" as well as beside "=~": it is not escaped as a pattern.
  return value.length === 1
    ? escapeForString(String(value[0]))
    : value.map((item) => escapeForString(escapeRegex(String(item)))).join('|');
}

function interpolateFilter(filter: TraceqlFilter, scopedVars: ScopedVars, replace: Replace): TraceqlFilter {
  if (filter.valueType === TRACEQL_ROW && typeof filter.value === 'string') {
    return { ...filter, value: replaceInQuotedText(filter.value, scopedVars, replace) };
  }
  const isRegex = filter.operator === '=~' || filter.operator === '!~';
  const values = (Array.isArray(filter.value) ? filter.value : [filter.value ?? '']).flatMap((value) =>
    replaceToList(value, scopedVars, replace).map((part, _index, parts) =>
      isRegex && parts.length > 1 ? escapeRegex(part) : part
    )
  );
  return {
    ...filter,
    tag: filter.tag === undefined ? undefined : replace(filter.tag, scopedVars),
    value: Array.isArray(filter.value) || values.length > 1 ? values : values[0],
  };
}

/** A value that is one variable with several values becomes several values. */
function replaceToList(text: string, scopedVars: ScopedVars, replace: Replace): string[] {
  let list: string[] | undefined;
  const replaced = replace(text, scopedVars, (value: unknown) => {
    list = Array.isArray(value) ? value.map(String) : undefined;
    return Array.isArray(value) ? value.join('|') : String(value);
  });
  return list && /^\$\{?\w+\}?$/.test(text.trim()) ? list : [replaced];
}

function escapeForString(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
