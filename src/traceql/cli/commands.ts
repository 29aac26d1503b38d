/** What the command does with the queries it read; pure. */
import { formatQuery } from '../format';
import { validateQuery, type Validation } from '../validate';
import { fillVariables } from '../variables';
import type { FoundQuery } from './read-queries';

export interface CheckedLine extends Validation {
  q: string;
  file: string;
  source?: string;
}

export function checkFound(file: string, { q, endpoint, source }: FoundQuery): CheckedLine {
  const validation = source === undefined ? validateQuery(q, { endpoint }) : fillVariables(q).validation;
  return { q, ...validation, file, ...(source !== undefined && { source }) };
}

export function formatFound({ q, ...rest }: FoundQuery): string {
  return JSON.stringify({ q: formatQuery(q), ...rest });
}
