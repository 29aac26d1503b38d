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

function validateWithVariables(query: string): Validation {
  const asAttribute = validateQuery(withVariables(query, (length) => `.${'v'.repeat(length - 1)}`));
  if (asAttribute.verdict !== 'syntax') {
    return asAttribute;
  }
  const asNumber = validateQuery(withVariables(query, (length) => '1'.padStart(length, '0')));
  return asNumber.verdict === 'syntax' ? asAttribute : asNumber;
}

function withVariables(query: string, replacement: (length: number) => string): string {
  return query.replace(VARIABLE, (match) => (/^["`]/.test(match) ? match : replacement(match.length)));
}

export function formatFound({ q, ...rest }: FoundQuery): string {
  return JSON.stringify({ q: formatQuery(q), ...rest });
}
