/** What a variable query of the Prometheus data source asks for. */
export type MetricFindRequest =
  | { kind: 'label-names'; metric?: string }
  | { kind: 'label-values'; label: string; metric?: string }
  | { kind: 'metrics'; regex: string }
  | { kind: 'query-result'; expr: string };

/** Reads `label_names()`, `label_values(label)`, `label_values(metric, label)`, `metrics(regex)`, `query_result(expr)`. */
export function parseMetricFind(query: string): MetricFindRequest | undefined {
  const call = /^\s*(label_names|label_values|metrics|query_result)\s*\(([\s\S]*)\)\s*$/.exec(query);
  if (!call) {
    return undefined;
  }
  const argument = call[2].trim();
  switch (call[1]) {
    case 'label_names':
      return { kind: 'label-names', metric: argument || undefined };
    case 'metrics':
      return { kind: 'metrics', regex: argument };
    case 'query_result':
      return { kind: 'query-result', expr: argument };
    default:
      return labelValues(argument);
  }
}

function labelValues(argument: string): MetricFindRequest {
  // the label comes last; the selector before it may hold commas
  const split = /^([\s\S]+),\s*([\w.]+|"[^"]+")\s*$/.exec(argument);
  const label = (split ? split[2] : argument).replace(/^"|"$/g, '');
  return { kind: 'label-values', label, metric: split?.[1].trim() };
}
