import { type KeyValue } from '../../../src/trace/model';
import { type MatchedSpan, type TraceSource } from '../engine';
import { dedicatedColumn } from '../engine/dedicated-columns';

import { type ApiAnswer, ApiError, type ApiRequest, jsonAnswer } from './answer';
import { type TagQuery, tagQuery } from './tag-source';

const ATTRIBUTE_SCOPES = ['resource', 'span', 'event', 'link', 'instrumentation'] as const;
type AttributeScope = (typeof ATTRIBUTE_SCOPES)[number];

/** Tempo's fixed list; `nestedSet*` and `span:childCount` are not in it. */
const INTRINSICS = [
  'duration',
  'event:name',
  'event:timeSinceStart',
  'instrumentation:name',
  'instrumentation:version',
  'kind',
  'link:spanID',
  'link:traceID',
  'name',
  'rootName',
  'rootServiceName',
  'span:duration',
  'span:id',
  'span:kind',
  'span:name',
  'span:parentID',
  'span:status',
  'span:statusMessage',
  'status',
  'statusMessage',
  'trace:duration',
  'trace:id',
  'trace:rootName',
  'trace:rootService',
  'traceDuration',
];

/** `/api/search/tags`: the names of all scopes in one list; intrinsics only when asked for. */
export function handleTagsV1({ params }: ApiRequest, source: TraceSource, nowMs: number): ApiAnswer {
  const scope = scopeParam(params);
  const query = tagQuery(params, source, nowMs);
  const names = new Set(scope === 'intrinsic' ? INTRINSICS : []);
  for (const attributeScope of attributeScopes(scope)) {
    tagNames(attributeScope, query).forEach((name) => names.add(name));
  }
  return jsonAnswer({ tagNames: [...names].sort().slice(0, query.limit), metrics: {} });
}

/** `/api/v2/search/tags`: a list for each scope that has any. */
export function handleTagsV2({ params }: ApiRequest, source: TraceSource, nowMs: number): ApiAnswer {
  const scope = scopeParam(params);
  const query = tagQuery(params, source, nowMs);
  const scopes = attributeScopes(scope)
    .map((name) => ({ name: String(name), tags: tagNames(name, query).sort().slice(0, query.limit) }))
    .filter(({ tags }) => tags.length > 0);
  if (scope === 'none' || scope === 'intrinsic') {
    scopes.push({ name: 'intrinsic', tags: INTRINSICS });
  }
  return jsonAnswer({ scopes, metrics: {} });
}

type ScopeParam = AttributeScope | 'none' | 'trace' | 'intrinsic';

function scopeParam(params: URLSearchParams): ScopeParam {
  const text = params.get('scope') || 'none';
  const scope = (['none', 'trace', 'intrinsic', ...ATTRIBUTE_SCOPES] as const).find((known) => known === text);
  if (!scope) {
    throw new ApiError(`invalid scope: ${text}`);
  }
  return scope;
}

function attributeScopes(scope: ScopeParam): readonly AttributeScope[] {
  return scope === 'none' ? ATTRIBUTE_SCOPES : ATTRIBUTE_SCOPES.filter((known) => known === scope);
}

function tagNames(scope: AttributeScope, { matched, all }: TagQuery): string[] {
  const names = new Set<string>();
  collect(scope, matched, ({ key }) => names.add(key));
  if (all) {
    // Attributes with a column of their own are listed without a look at the filter.
    collect(scope, all, ({ key }) => dedicatedColumn(scope, key) && names.add(key));
  }
  return [...names];
}

function collect(scope: AttributeScope, spans: Iterable<MatchedSpan>, add: (attribute: KeyValue) => void): void {
  const seen = new Set<object>();
  for (const matched of spans) {
    for (const owner of owners(scope, matched)) {
      if (!seen.has(owner)) {
        seen.add(owner);
        owner.attributes.forEach(add);
      }
    }
  }
}

function owners(scope: AttributeScope, { span }: MatchedSpan): ReadonlyArray<{ attributes: KeyValue[] }> {
  switch (scope) {
    case 'resource':
      return [span.resource];
    case 'instrumentation':
      return [span.scope];
    case 'span':
      return [span];
    case 'event':
      return span.events;
    case 'link':
      return span.links;
  }
}
