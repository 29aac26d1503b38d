import { type InstrumentationScope, type KeyValue, type Resource, type Span } from '../../../src/trace/model';

import { type NestedSet, nestedSets } from './nested-set';
import { type MatchedSpan, type StoredTrace } from './types';

/** A span with what the whole trace says of it. */
export interface Row extends MatchedSpan {
  /** ns */
  readonly durationNanos: number;
  readonly left: number;
  readonly right: number;
  readonly parent: number;
  readonly childCount: number;
}

export interface ScopeRows {
  readonly scope: InstrumentationScope;
  readonly rows: Row[];
}

export interface ResourceRows {
  readonly resource: Resource;
  readonly scopes: ScopeRows[];
}

export interface ServiceStats {
  spanCount: number;
  errorCount: number;
}

export interface TraceIndex {
  /** Equal resources and scopes are one, in the order they came first. */
  readonly resources: ResourceRows[];
  /** By position in the trace's spans. */
  readonly rows: readonly Row[];
  /** '' when there is no root, or the root's resource has no name. */
  readonly rootService: string;
  readonly rootName: string;
  readonly serviceStats: ReadonlyMap<string, ServiceStats>;
}

class TraceRow implements Row {
  readonly durationNanos: number;

  constructor(
    readonly span: Span,
    readonly trace: StoredTrace,
    readonly index: number,
    private readonly position: number,
    private readonly numbered: () => readonly NestedSet[]
  ) {
    this.durationNanos = Number(span.endTimeUnixNano - span.startTimeUnixNano);
  }

  get left(): number {
    return this.numbered()[this.position].left;
  }

  get right(): number {
    return this.numbered()[this.position].right;
  }

  get parent(): number {
    return this.numbered()[this.position].parent;
  }

  get childCount(): number {
    return this.numbered()[this.position].childCount;
  }
}

const indexes = new WeakMap<StoredTrace, TraceIndex>();

export function traceIndex(trace: StoredTrace): TraceIndex {
  let index = indexes.get(trace);
  if (!index) {
    index = buildIndex(trace);
    indexes.set(trace, index);
  }
  return index;
}

/** The text value of `service.name`; '' without one. */
export function serviceName(resource: Resource): string {
  const value = resource.attributes.find((attribute) => attribute.key === 'service.name')?.value;
  return value?.type === 'string' ? value.value : '';
}

interface Group {
  resource: Resource;
  scopes: Map<string, { scope: InstrumentationScope; spans: Array<{ span: Span; index: number }> }>;
}

function buildIndex(trace: StoredTrace): TraceIndex {
  const groups = groupSpans(trace.spans);
  const ordered = [...groups.values()].flatMap(({ scopes }) => [...scopes.values()].flatMap(({ spans }) => spans));
  let sets: readonly NestedSet[] | undefined;
  // Most queries do not ask for them.
  const numbered = (): readonly NestedSet[] => (sets ??= nestedSets(ordered.map(({ span }) => span)));
  const stats = new Map<string, ServiceStats>();
  const allRows: Row[] = new Array(trace.spans.length);
  let position = 0;
  let root: Span | undefined;
  const resources = [...groups.values()].map(({ resource, scopes }): ResourceRows => {
    const service = serviceName(resource);
    const counts = stats.get(service) ?? { spanCount: 0, errorCount: 0 };
    stats.set(service, counts);
    return {
      resource,
      scopes: [...scopes.values()].map(({ scope, spans }) => ({
        scope,
        rows: spans.map(({ span, index }): Row => {
          counts.spanCount++;
          counts.errorCount += span.status.code === 'error' ? 1 : 0;
          allRows[index] = new TraceRow(span, trace, index, position++, numbered);
          return allRows[index];
        }),
      })),
    };
  });
  // As received, before equal resources are brought together: the last span without a parent counts as the root.
  for (const span of trace.spans) {
    if (span.parentSpanId === '' && !hasChildOfLink(span)) {
      root = span;
    }
  }
  return {
    resources,
    rows: allRows,
    rootService: root ? serviceName(root.resource) : '',
    rootName: root?.name ?? '',
    serviceStats: stats,
  };
}

/** OpenTracing shims express a second parent as such a link. */
function hasChildOfLink(span: Span): boolean {
  return span.links.some(
    (link) =>
      link.traceId === span.traceId &&
      link.attributes.some(
        ({ key, value }) => key === 'opentracing.ref_type' && value.type === 'string' && value.value === 'child_of'
      )
  );
}

function groupSpans(spans: readonly Span[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  spans.forEach((span, index) => {
    const resourceKey = keyOf(span.resource, attributesKey);
    const group = groups.get(resourceKey) ?? { resource: span.resource, scopes: new Map() };
    groups.set(resourceKey, group);
    const scopeKey = keyOf(span.scope, (scope) => JSON.stringify([scope.name, scope.version, attributesKey(scope)]));
    const scope = group.scopes.get(scopeKey) ?? { scope: span.scope, spans: [] };
    group.scopes.set(scopeKey, scope);
    scope.spans.push({ span, index });
  });
  return groups;
}

const keys = new WeakMap<object, string>();

/** Resources and scopes are shared by many spans: their keys are computed once. */
function keyOf<T extends object>(owner: T, compute: (owner: T) => string): string {
  let key = keys.get(owner);
  if (key === undefined) {
    key = compute(owner);
    keys.set(owner, key);
  }
  return key;
}

function attributesKey({ attributes }: { attributes: KeyValue[] }): string {
  return attributes
    .map((attribute) => JSON.stringify(attribute, plainJson))
    .sort()
    .join();
}

function plainJson(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
