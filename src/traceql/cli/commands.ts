/** What the command does with the queries it read; pure. */
import { formatQuery } from '../format';
import { validateQuery, type Validation } from '../validate';
import type { FoundQuery } from './read-queries';

export interface CheckedLine extends Validation {
  q: string;
  file: string;
  source?: string;
}

/** Dashboard variables outside of strings: they become something that fits there, of the same length. */
const VARIABLE = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\$\{[^}]*\}|\[\[\w+\]\]|\$\w+/g;

export function checkFound(file: string, { q, endpoint, source }: FoundQuery): CheckedLine {
  const validation = source === undefined ? validateQuery(q, { endpoint }) : validateWithVariables(q);
  return { q, ...validation, file, ...(source !== undefined && { source }) };
}

/** A variable is taken for a field, and for a number where a field is wrong. */
function validateWithVariables(query: string): Validation {
  const variables = [...query.matchAll(VARIABLE)]
    .filter(([match]) => !/^["`]/.test(match))
    .map(({ 0: match, index = 0 }) => ({ from: index, to: index + match.length, isNumber: false }));
  for (;;) {
    const validation = validateQuery(variables.reduce(withVariable, query));
    const wrong = variables.find(
      ({ from, isNumber }) => validation.verdict === 'syntax' && validation.from === from && !isNumber
    );
    if (!wrong) {
      return validation;
    }
    wrong.isNumber = true;
  }
}

function withVariable(query: string, { from, to, isNumber }: { from: number; to: number; isNumber: boolean }): string {
  const standIn = isNumber ? '1'.padStart(to - from, '0') : `.${'v'.repeat(to - from - 1)}`;
  return query.slice(0, from) + standIn + query.slice(to);
}

export function formatFound({ q, ...rest }: FoundQuery): string {
  return JSON.stringify({ q: formatQuery(q), ...rest });
}
