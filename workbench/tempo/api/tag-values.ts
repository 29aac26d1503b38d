import { parseSyntax } from '../../../src/traceql';
import { validateQuery } from '../../../src/traceql/validate';
import { goFloatText } from '../../../src/traceql/checks/tempo-text';
import { KIND_KEYWORDS, STATUS_KEYWORDS } from '../../../src/traceql/operators';
import { type Field, type MatchedSpan, readFieldValues, type TraceSource, type TypedValue } from '../engine';

import { type ApiAnswer, ApiError, type ApiRequest, jsonAnswer } from './answer';
import { type TagQuery, tagQuery } from './tag-source';

interface TagValue {
  type: string;
  value: string;
}

/** `/api/v2/search/tag/{identifier}/values` */
export function handleTagValuesV2(
  identifier: string,
  { params }: ApiRequest,
  source: TraceSource,
  nowMs: number
): ApiAnswer {
  const field = parseIdentifier(identifier);
  const values = tagValues(field, tagQuery(params, source, nowMs));
  return jsonAnswer({
    // Empty texts are left out, as proto3 does.
    tagValues: values.map(({ type, value }) => (value === '' ? { type } : { type, value })),
    metrics: {},
  });
}

/** `/api/search/tag/{name}/values`: an unscoped attribute or an intrinsic, values as texts. */
export function handleTagValuesV1(name: string, { params }: ApiRequest, source: TraceSource, nowMs: number): ApiAnswer {
  const field = fieldOf(name) ?? parseIdentifier(`.${name}`);
  const values = tagValues(field, tagQuery(params, source, nowMs)).map(({ value }) => value);
  return jsonAnswer({ tagValues: [...new Set(values)].sort(), metrics: {} });
}

function fieldOf(identifier: string): Field | undefined {
  const { query } = parseSyntax(`{${identifier}}`);
  const stage = query?.expression.type === 'pipeline' ? query.expression.stages[0] : undefined;
  const condition = stage?.type === 'filter' ? stage.condition : undefined;
  return condition?.type === 'attribute' || condition?.type === 'intrinsic' ? condition : undefined;
}

function parseIdentifier(identifier: string): Field {
  const field = fieldOf(identifier);
  if (field) {
    return field;
  }
  const { verdict, message } = validateQuery(`{${identifier}}`);
  const reason = verdict === 'syntax' ? message : 'expected Attribute but got traceql.Static';
  throw new ApiError(`please provide a valid tagName: failed to parse identifier ${identifier}: ${reason}`);
}

/** Fields whose values are too many to be of use: Tempo answers none. */
const WITHOUT_VALUES: ReadonlySet<string> = new Set([
  'span:duration',
  'trace:duration',
  'trace:id',
  'span:id',
  'span:parentID',
  'link:traceID',
  'link:spanID',
  'event:timeSinceStart',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
  'span:childCount',
]);

function tagValues(field: Field, { matched, limit }: TagQuery): TagValue[] {
  if (field.type === 'intrinsic') {
    if (field.name === 'span:status') {
      return keywords(STATUS_KEYWORDS);
    }
    if (field.name === 'span:kind') {
      return keywords(KIND_KEYWORDS);
    }
    if (WITHOUT_VALUES.has(field.name)) {
      return [];
    }
  }
  return [...distinctValues(field, matched, limit).values()];
}

function keywords(values: readonly string[]): TagValue[] {
  return values.map((value) => ({ type: 'keyword', value }));
}

function distinctValues(field: Field, spans: Iterable<MatchedSpan>, limit: number): Map<string, TagValue> {
  const values = new Map<string, TagValue>();
  for (const span of spans) {
    for (const typed of readFieldValues(span, field)) {
      const value = tagValue(typed);
      values.set(`${value.type}:${value.value}`, value);
      if (values.size >= limit) {
        return values;
      }
    }
  }
  return values;
}

function tagValue(value: TypedValue): TagValue {
  switch (value.type) {
    case 'float':
      return { type: 'float', value: goFloatText(value.value) };
    case 'status':
    case 'kind':
      return { type: 'keyword', value: value.value };
    default:
      return { type: value.type, value: String(value.value) };
  }
}
