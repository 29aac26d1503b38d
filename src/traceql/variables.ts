/** Queries of dashboards: `$name`, `${name:format}`, `[[name]]` outside of strings are no TraceQL until they are filled in. */
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
