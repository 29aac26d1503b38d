import { type Labels } from '@grafana/data';

/** The value of `legendFormat` with which the panel chooses names itself. */
const LEGEND_AUTO = '__auto';

/**
 * The name that Grafana's Prometheus backend gives a series: the format with `{{label}}` filled in, else the series
 * in PromQL notation, else (no labels at all) the expression. '' leaves the choice to the panel.
 */
export function seriesName(labels: Labels, expr: string, legendFormat = ''): string {
  if (legendFormat === LEGEND_AUTO) {
    return Object.keys(labels).length > 0 ? '' : expr;
  }
  if (legendFormat) {
    return legendFormat.replace(/\{\{\s*(.+?)\s*\}\}/g, (_match, label: string) => labels[label] ?? '');
  }
  const notation = promqlNotation(labels);
  return notation === '{}' ? expr : notation;
}

/** `name{a="1", b="2"}`, labels in order of their names. */
export function promqlNotation(labels: Labels): string {
  const { __name__: name = '', ...rest } = labels;
  const matchers = Object.keys(rest)
    .sort()
    .map((key) => `${key}=${JSON.stringify(rest[key])}`);
  return name && matchers.length === 0 ? name : `${name}{${matchers.join(', ')}}`;
}
