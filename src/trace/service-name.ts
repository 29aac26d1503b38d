import { attributeText } from './attribute-text';
import { type Resource, type Span } from './model';

/** What Grafana's Tempo data source writes when a resource has no service.name. */
export const NO_SERVICE_NAME = 'OTLPResourceNoServiceName';

const names = new WeakMap<Resource, string>();

/** The resource's service.name; '' when it has none. */
export function serviceNameOf(span: Span): string {
  let name = names.get(span.resource);
  if (name === undefined) {
    const attribute = span.resource.attributes.find(({ key }) => key === 'service.name');
    name = attribute ? attributeText(attribute.value) : '';
    names.set(span.resource, name);
  }
  return name;
}
