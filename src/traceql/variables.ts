/** Queries of dashboards: `$name`, `${name:format}`, `[[name]]` outside of strings are no TraceQL until they are filled in. */
import { formatQuery, type FormatOptions } from './format';
import { validateQuery, type Validation } from './validate';

const STRING_OR_VARIABLE = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\$\{[^}]*\}|\[\[\w+\]\]|\$\w+/g;

interface Variable {
  from: number;
  to: number;
  isNumber: boolean;
}

export interface FilledQuery {
  /** The query with something that fits in the place of each variable, of the same length: offsets stay right. */
  text: string;
  /** Of that text. */
  validation: Validation;
}

/** Validates a query with a field in the place of each variable, or a number where a field is wrong. */
export function fillVariables(query: string): FilledQuery {
  const variables = variablesOf(query);
  for (;;) {
    const text = variables.reduce(withVariable, query);
    const validation = validateQuery(text);
    const wrong = variables.find(
      ({ from, isNumber }) => validation.verdict === 'syntax' && validation.from === from && !isNumber
    );
    if (!wrong) {
      return { text, validation };
    }
    wrong.isNumber = true;
  }
}

/** As `formatQuery`, with variables kept as they are written; a text that no value could make a query comes back unchanged. */
export function formatWithVariables(query: string, options?: FormatOptions): string {
  const variables = variablesOf(query);
  if (variables.length === 0) {
    return formatQuery(query, options);
  }
  const { text: filled, validation } = fillVariables(query);
  const formatted = formatQuery(filled, options);
  // Formatting changes nothing but blanks: the n-th other character is the same before and after.
  if (validation.verdict === 'syntax' || withoutBlanks(formatted) !== withoutBlanks(filled)) {
    return query;
  }
  const places = [...formatted.matchAll(/\S/g)].map(({ index }) => index);
  return variables.reduceRight((text, { from, to }) => {
    const start = places[withoutBlanks(filled.slice(0, from)).length];
    return text.slice(0, start) + query.slice(from, to) + text.slice(start + to - from);
  }, formatted);
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

export function hasVariables(query: string): boolean {
  return variablesOf(query).length > 0;
}

function variablesOf(query: string): Variable[] {
  return [...query.matchAll(STRING_OR_VARIABLE)]
    .filter(([match]) => !/^["`]/.test(match))
    .map(({ 0: match, index = 0 }) => ({ from: index, to: index + match.length, isNumber: false }));
}

function withVariable(query: string, { from, to, isNumber }: Variable): string {
  const standIn = isNumber ? '1'.padStart(to - from, '0') : `.${'v'.repeat(to - from - 1)}`;
  return query.slice(0, from) + standIn + query.slice(to);
}
