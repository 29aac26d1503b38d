/** The text of PromQL: string literals, names, selectors. Every value is escaped here and nowhere else. */
import { type LabelMatcher } from './scope';

/** @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals */
export function quote(value: string): string {
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}

/** Makes a regular expression that matches exactly `value`, for RE2 as PromQL has it. */
export function escapeRegex(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A matcher for any of the names. */
export function anyOf(label: string, names: readonly string[]): LabelMatcher {
  return names.length === 1
    ? { label, operator: '=', value: names[0] }
    : { label, operator: '=~', value: names.map(escapeRegex).join('|') };
}

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

export function labelName(label: string): string {
  return LEGACY_LABEL.test(label) ? label : quote(label);
}

/** Labels as they stand behind `by` and `on`, each once. */
export function labelList(labels: readonly string[]): string {
  return [...new Set(labels)].map(labelName).join(', ');
}

/** `metric{matchers}`; names outside the legacy character set go into the braces, as Prometheus 3 wants them. */
export function selector(metric: string, matchers: readonly LabelMatcher[] = []): string {
  const legacy = LEGACY_NAME.test(metric);
  const parts = matchers.map(({ label, operator, value }) => `${labelName(label)}${operator}${quote(value)}`);
  const inner = [...(legacy ? [] : [quote(metric)]), ...parts].join(', ');
  return (legacy ? metric : '') + (inner === '' ? '' : `{${inner}}`);
}

export function sumBy(labels: readonly string[], expression: string): string {
  return `sum by (${labelList(labels)}) (${expression})`;
}

/** Every series of the expression with one more label. */
export function withLabel(label: string, value: string, expression: string): string {
  return `label_replace(${expression}, ${quote(label)}, ${quote(value)}, "", "")`;
}

/** The value of one label put into another. */
export function copyLabel(from: string, to: string, expression: string): string {
  return `label_replace(${expression}, ${quote(to)}, "$1", ${quote(from)}, "(.*)")`;
}

/** Set operation on the labels, for an expression of any precedence. */
export function matching(
  operator: 'and' | 'or' | 'unless',
  left: string,
  labels: readonly string[],
  right: string
): string {
  return `(${left}) ${operator} on (${labelList(labels)}) (${right})`;
}
