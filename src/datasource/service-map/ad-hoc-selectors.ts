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
    const matchers = ends.map((label): LabelMatcher => ({ label, ...matcher }));
    const excludes = matcher.operator === '!=' || matcher.operator === '!~';
    const alternatives = excludes ? [matchers] : matchers.map((one) => [one]);
    const all = filtered.length > 0 ? filtered : [[]];
    filtered = all.flatMap((selector) => alternatives.map((alternative) => [...selector, ...alternative]));
  }
  return { selectors: filtered, ignored };
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
