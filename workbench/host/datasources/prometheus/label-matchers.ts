import { type AdHocVariableFilter } from '@grafana/data';
import { parser } from '@prometheus-io/lezer-promql';
import { escapeRegex } from '../../../../src/servicegraph/promql-text';

/** Adds `key op "value"` to every selector of an expression. Text that is no PromQL stays as it is. */
export function addLabelMatchers(expr: string, filters: AdHocVariableFilter[]): string {
  const matchers = filters.filter(({ key, value }) => key && value !== undefined).map(toMatcher);
  if (matchers.length === 0) {
    return expr;
  }
  const inserts = selectorInserts(expr, matchers.join(', '));
  return inserts.reduceRight((text, { at, insert }) => text.slice(0, at) + insert + text.slice(at), expr);
}

function selectorInserts(expr: string, matchers: string): Array<{ at: number; insert: string }> {
  const inserts: Array<{ at: number; insert: string }> = [];
  parser.parse(expr).iterate({
    enter: ({ type, node }) => {
      if (type.name !== 'VectorSelector') {
        return;
      }
      const list = node.getChild('LabelMatchers');
      if (!list) {
        inserts.push({ at: node.to, insert: `{${matchers}}` });
      } else {
        const isEmpty = expr.slice(list.from + 1, list.to - 1).trim() === '';
        inserts.push({ at: list.to - 1, insert: isEmpty ? matchers : `, ${matchers}` });
      }
    },
  });
  return inserts.sort((a, b) => a.at - b.at);
}

function toMatcher({ key, operator, value, values }: AdHocVariableFilter): string {
  if (operator === '=|' || operator === '!=|') {
    const any = (values ?? [value]).map(escapeRegex).join('|');
    return `${key}${operator === '=|' ? '=~' : '!~'}${JSON.stringify(any)}`;
  }
  return `${key}${operator}${JSON.stringify(value)}`;
}
