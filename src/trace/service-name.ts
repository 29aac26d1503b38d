import { attributeText } from './attribute-text';
import { type Resource, type Span } from './model';

/** What Grafana's Tempo data source writes when a resource has no service.name. */
export const NO_SERVICE_NAME = 'OTLPResourceNoServiceName';

const names = new WeakMap<Resource, string>();

/** The resource's service.name; '' when it has none. */
export function serviceNameOf(span: Span): string {
  let name = names.get(span.resource);
  if (name === undefined) {
    name = resourceText(span.resource, 'service.name') ?? '';
    names.set(span.resource, name);
  }
  return name;
}

/** The resource's service.namespace. */
export function serviceNamespaceOf(span: Span): string | undefined {
  return resourceText(span.resource, 'service.namespace');
}

function resourceText(resource: Resource, name: string): string | undefined {
  const attribute = resource.attributes.find(({ key }) => key === name);
  return attribute && attributeText(attribute.value);
}
