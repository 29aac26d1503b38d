import { type InstrumentationScope, type Resource, type Span } from '../../trace/model';

export interface ScopeGroup {
  scope: InstrumentationScope;
  spans: Span[];
}

export interface ResourceGroup {
  resource: Resource;
  scopes: ScopeGroup[];
}

/** Spans by resource, then by scope (both by identity), in the order in which they first appear. */
export function groupByResource(spans: readonly Span[]): ResourceGroup[] {
  const groups = new Map<Resource, Map<InstrumentationScope, Span[]>>();
  for (const span of spans) {
    let scopes = groups.get(span.resource);
    if (!scopes) {
      groups.set(span.resource, (scopes = new Map()));
    }
    const group = scopes.get(span.scope);
    if (group) {
      group.push(span);
    } else {
      scopes.set(span.scope, [span]);
    }
  }
  return Array.from(groups, ([resource, scopes]) => ({
    resource,
    scopes: Array.from(scopes, ([scope, scopeSpans]) => ({ scope, spans: scopeSpans })),
  }));
}
