/** What services can be grouped by: their namespace, or any label that they carry. */
import { type Service, type ServiceGraph } from './model';

/** Everything else that a choice of groups can be is the name of a label. */
export const GROUP_BY = {
  /** Boxes on large maps only: namespaces where they hold most calls, else services that mostly call each other */
  auto: 'auto',
  none: 'none',
  /** As `auto`, and never by namespace */
  calls: 'calls',
  namespace: 'namespace',
} as const;

/** Whether a label is named that every map, however small, is to be grouped by */
export function isGroupLabel(groupBy: string | undefined): groupBy is string {
  const { auto, none, calls } = GROUP_BY;
  return groupBy !== undefined && groupBy !== '' && ![auto, none, calls].some((choice) => choice === groupBy);
}

/** The value of a service's label, `namespace` among them; '' when it has none. */
export function groupLabelOf({ namespace = '', labels }: Service, label: string): string {
  return label === GROUP_BY.namespace ? namespace || (labels?.[label] ?? '') : (labels?.[label] ?? '');
}

export function hasGroupLabel({ services }: ServiceGraph, label: string): boolean {
  return services.some((service) => groupLabelOf(service, label) !== '');
}

/** What makes the groups: a label that no service has makes none, and thousands of services without any cannot be read. */
export function groupingOf(graph: ServiceGraph, groupBy: string | undefined): string | undefined {
  return isGroupLabel(groupBy) && !hasGroupLabel(graph, groupBy) ? undefined : groupBy;
}

/** Names of all labels that services of the graph carry, the namespace first. */
export function groupLabelsOf({ services }: ServiceGraph): string[] {
  const labels = new Set<string>();
  let hasNamespace = false;
  for (const { namespace, labels: own } of services) {
    hasNamespace ||= Boolean(namespace);
    for (const label in own) {
      labels.add(label);
    }
  }
  labels.delete(GROUP_BY.namespace);
  return [...(hasNamespace ? [GROUP_BY.namespace] : []), ...[...labels].sort()];
}
