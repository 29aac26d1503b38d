import { type AdHocVariableFilter } from '@grafana/data';
import { type MetricsDialect } from '../../servicegraph/dialect';
import { type LabelMatcher, type MatchOperator } from '../../servicegraph/scope';
import { escapeRegex } from '../../traceql/names';

export interface FilteredSelectors {
  /** Alternatives, as in a GraphScope */
  selectors: LabelMatcher[][];
  /** Keys of filters that the metrics know nothing of */
  ignored: string[];
}

/**
 * The filters of a dashboard as selectors of calls. They name attributes of spans; a call has two ends, and belongs to
 * the graph when either is the service that is meant, or neither the one that is excluded. Filters of attributes that are
 * no label of the metrics are left out, as they would leave nothing of the graph.
 */
export function addAdHocSelectors(
  selectors: LabelMatcher[][],
  filters: AdHocVariableFilter[],
  { labels }: Pick<MetricsDialect, 'labels'>
): FilteredSelectors {
  const ignored: string[] = [];
  let filtered = selectors;
  for (const filter of filters) {
    const ends = endLabels(filter.key, labels);
    const matcher = toMatcher(filter);
    if (!ends || !matcher) {
      ignored.push(filter.key);
      continue;
    }
    filtered = withMatchers(filtered.length > 0 ? filtered : [[]], ends, matcher);
  }
  return { selectors: filtered, ignored };
}

/** Labels of span metrics that have no meaning for a call between two services. */
const SPAN_LABELS = new Set(['span_name', 'span.name', 'span_kind', 'span.kind', 'status_code', 'status.code']);

/**
 * Selectors that people wrote for span metrics as well. A service is either end of a call; what only spans have is left
 * out, as it would leave nothing of the graph. Other labels (of a cluster, a tenant) are taken as they are.
 */
export function callSelectors(
  selectors: LabelMatcher[][],
  { labels, spanMetrics }: Pick<MetricsDialect, 'labels' | 'spanMetrics'>
): FilteredSelectors {
  const serviceLabels = new Set(['service', 'service_name', 'service.name', spanMetrics?.serviceLabel]);
  const ignored: string[] = [];
  const expanded = selectors.flatMap((selector) =>
    selector.reduce<LabelMatcher[][]>(
      (alternatives, matcher) => {
        if (SPAN_LABELS.has(matcher.label)) {
          ignored.push(matcher.label);
          return alternatives;
        }
        return serviceLabels.has(matcher.label)
          ? withMatchers(alternatives, [labels.client, labels.server], matcher)
          : alternatives.map((one) => [...one, matcher]);
      },
      [[]]
    )
  );
  const isEverything = expanded.some((matchers) => matchers.length === 0);
  return { selectors: isEverything ? [] : expanded, ignored };
}

/** Either label may match; an excluded value must be in neither. */
function withMatchers(
  alternatives: LabelMatcher[][],
  labels: string[],
  { operator, value }: Omit<LabelMatcher, 'label'>
): LabelMatcher[][] {
  const matchers = labels.map((label): LabelMatcher => ({ label, operator, value }));
  const excludes = operator === '!=' || operator === '!~';
  const added = excludes ? [matchers] : matchers.map((one) => [one]);
  return alternatives.flatMap((selector) => added.map((one) => [...selector, ...one]));
}

/** The labels of both ends that hold an attribute, or the label itself when the filter names one. */
function endLabels(key: string, labels: MetricsDialect['labels']): string[] | undefined {
  switch (key.replace(/^(resource)?\./, '')) {
    case 'service.name':
    case 'service':
      return [labels.client, labels.server];
    case 'service.namespace':
    case 'service_namespace':
      return [labels.clientNamespace, labels.serverNamespace];
    default:
      return Object.values(labels).includes(key) ? [key] : undefined;
  }
}

function toMatcher({ operator, value, values }: AdHocVariableFilter): Omit<LabelMatcher, 'label'> | undefined {
  const all = values && values.length > 0 ? values : [value];
  switch (operator) {
    case '=':
    case '!=':
    case '=|':
    case '!=|': {
      const negated = operator.startsWith('!');
      return all.length > 1
        ? { operator: negated ? '!~' : '=~', value: all.map(escapeRegex).join('|') }
        : { operator: negated ? '!=' : '=', value: all[0] };
    }
    case '=~':
    case '!~':
      return { operator: operator satisfies MatchOperator, value: all.join('|') };
    default:
      return undefined;
  }
}
