/** What the command does with the queries it read; pure. */
import { validateQuery, type Validation } from '../validate';
import { formatQuery } from '../format';
import { fillVariables, formatWithVariables } from '../variables';
import type { FoundQuery } from './found-query';

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
  return JSON.stringify({ q: formatText(q), ...rest });
}

/** Variables of dashboards stay as they are; what cannot be parsed stays as it is. */
export function formatText(q: string): string {
  return validateQuery(q).verdict === 'syntax' ? formatWithVariables(q) : formatQuery(q);
}
