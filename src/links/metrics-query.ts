import { promLabel } from './logs-query';
import { type TagMapping, type TraceToMetricsOptions } from './span-link-settings';
import { escapeQuoted, fillSpanVariables, type SpanVariables } from './span-variables';

/** The query that Grafana's Tempo data source has when the settings name none. */
const MEDIAN_LATENCY =
  'histogram_quantile(0.5, sum(rate(traces_spanmetrics_latency_bucket{service="${__span.tags["service.name"]}"}[5m])) by (le))';

/** `service="cart", job="a"`: the mapped attributes that the span has, as label matchers of PromQL */
export function labelMatchers(tags: TagMapping[] = [], variables: SpanVariables): string {
  return tags
    .flatMap(({ key, value: label }) => {
      const value = variables.tag(key);
      return value === undefined ? [] : [`${label || promLabel(key)}="${escapeQuoted(value)}"`];
    })
    .join(', ');
}

/** The PromQL of each query of a target; those that need what the span has not are left out. */
export function metricsQueries(
  { tags, queries, name: targetName }: TraceToMetricsOptions,
  variables: SpanVariables
): Array<{ name?: string; expr: string }> {
  const matchers = labelMatchers(tags, variables);
  return (queries?.length ? queries : [{}]).flatMap(({ name, query }) => {
    // Matchers may be empty: a selector without any is valid PromQL.
    const expr = fillSpanVariables(query || MEDIAN_LATENCY, variables, matchers, true);
    const title = name || targetName;
    return expr === undefined ? [] : [{ ...(title ? { name: title } : {}), expr }];
  });
}
