import { type InterpolateFunction } from '@grafana/data';
import { escapeRegex } from '../../servicegraph/promql-text';

/** As it has to stand between quotes of an expression */
function quotable(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

/** Puts variables into a search: one value as it is, several as alternatives of a regular expression. */
export function searchText(search: string, replaceVariables: InterpolateFunction): string {
  return replaceVariables(search, undefined, (value: unknown) =>
    Array.isArray(value)
      ? value.map((one) => quotable(escapeRegex(String(one)))).join('|')
      : quotable(String(value ?? ''))
  );
}
