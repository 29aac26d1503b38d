/** Which series are about exactly one service, or exactly one call between two. */
import { endLabels, type MetricsDialect, type SpanMetricNames } from './dialect';
import { NAMESPACE, UNNAMED } from './ends';
import { type Service, type ServiceCall } from './model';
import { anyOf } from './promql-text';
import { type LabelMatcher } from './scope';

/** One call of the graph with both its ends. */
export interface CallEnds {
  call: Pick<ServiceCall, 'connectionType'>;
  source: Service;
  target: Service;
}

/** The labels of a service's series; `dimension` is the label of each further one that tells services apart. */
interface IdentityLabels {
  name: string;
  namespace: string;
  dimension: (dimension: string) => string;
}

/**
 * A series without a value belongs to the one service of its name that has one (see `SingleValues`); as soon as there are
 * several it belongs to none of them, but to a service of its own.
 */
function identityMatcher(label: string, value: string | undefined, isToldApart: boolean): LabelMatcher[] {
  if (isToldApart) {
    return [{ label, operator: '=', value: value ?? '' }];
  }
  return value ? [anyOf(label, ['', value])] : [];
}

function identityMatchers(service: Service, labels: IdentityLabels, identity: readonly string[]): LabelMatcher[] {
  const { name, namespace, labels: values = {}, toldApartBy = [] } = service;
  const dimensions = [...new Set([...identity, ...Object.keys(values)])];
  return [
    { label: labels.name, operator: '=', value: name === UNNAMED ? '' : name },
    ...identityMatcher(labels.namespace, namespace, toldApartBy.includes(NAMESPACE)),
    ...dimensions.flatMap((dimension) =>
      identityMatcher(labels.dimension(dimension), values[dimension], toldApartBy.includes(dimension))
    ),
  ];
}

/** The calls that a service makes (`client`) or receives (`server`). */
export function endMatchers(dialect: MetricsDialect, end: 'client' | 'server', service: Service): LabelMatcher[] {
  const { labels, identity = [] } = dialect;
  return identityMatchers(
    service,
    {
      name: labels[end],
      namespace: end === 'client' ? labels.clientNamespace : labels.serverNamespace,
      dimension: (dimension) => endLabels(dialect, dimension)[end],
    },
    identity
  );
}

export function callMatchers(dialect: MetricsDialect, { call, source, target }: CallEnds): LabelMatcher[] {
  return [
    ...endMatchers(dialect, 'client', source),
    ...endMatchers(dialect, 'server', target),
    { label: dialect.labels.connectionType, operator: '=', value: call.connectionType },
  ];
}

/** A service in span metrics, whose labels have no prefix for an end. */
export function spanMatchers(
  { serviceLabel, namespaceLabel }: SpanMetricNames,
  service: Service,
  identity: readonly string[] = []
): LabelMatcher[] {
  const labels = { name: serviceLabel, namespace: namespaceLabel, dimension: (dimension: string) => dimension };
  return identityMatchers(service, labels, identity);
}
