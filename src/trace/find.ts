import { attributeText } from './attribute-text';
import { type KeyValue, SPAN_KINDS, STATUS_CODES } from './model';
import { serviceNameOf } from './service-name';
import { type SpanNode, type TraceTree } from './tree';

/**
 * The spans that contain the text, in the order of the rows: in name, service, kind, span id, status message, event names,
 * or in an attribute's `key=value` (also of the resource). Case does not matter. Nothing matches an empty text.
 * `status=error` and `kind=server` mean the span's own status and kind, not attributes of that name.
 */
export function findSpans(tree: TraceTree, text: string): SpanNode[] {
  const needle = text.trim().toLowerCase();
  if (needle === '') {
    return [];
  }
  const status = STATUS_CODES.find((code) => needle === `status=${code}`);
  if (status) {
    return tree.nodes.filter(({ span }) => span.status.code === status);
  }
  const kind = SPAN_KINDS.find((name) => needle === `kind=${name}`);
  if (kind) {
    return tree.nodes.filter(({ span }) => span.kind === kind);
  }
  const resources = new Map<object, boolean>();
  const inResource = ({ span: { resource } }: SpanNode) => {
    let found = resources.get(resource);
    if (found === undefined) {
      found = inAttributes(resource.attributes, needle);
      resources.set(resource, found);
    }
    return found;
  };
  return tree.nodes.filter((node) => inSpan(node, needle) || inResource(node));
}

function inSpan({ span }: SpanNode, needle: string): boolean {
  return (
    contains(span.name, needle) ||
    contains(serviceNameOf(span), needle) ||
    span.spanId.startsWith(needle) ||
    span.kind === needle ||
    span.status.code === needle ||
    contains(span.status.message, needle) ||
    inAttributes(span.attributes, needle) ||
    span.events.some((event) => contains(event.name, needle) || inAttributes(event.attributes, needle))
  );
}

function inAttributes(attributes: readonly KeyValue[], needle: string): boolean {
  return attributes.some(({ key, value }) => contains(`${key}=${attributeText(value)}`, needle));
}

function contains(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle);
}
