import { type KeyValue, type SpanEvent, type SpanLink } from '../../../src/trace/model';
import { type IntrinsicName } from '../../../src/traceql/ast';

import { levelsOf, type Level } from './conditions';
import { type Row, traceIndex, type TraceIndex } from './trace-index';
import { type Field, type MatchedSpan, type StoredTrace, type TypedValue } from './types';
import { elementsOf, typedValue } from './values';

/** What Tempo writes for the root service of a trace whose root it has not seen. */
export const NO_ROOT = '<root span not yet received>';

/** A trace's id as Tempo shows it: without leading zeros. */
export function shownTraceId(traceId: string): string {
  return traceId.replace(/^0+/, '');
}

export function findAttribute(attributes: readonly KeyValue[], name: string): KeyValue | undefined {
  for (const attribute of attributes) {
    if (attribute.key === name) {
      return attribute;
    }
  }
  return undefined;
}

export function readTraceIntrinsic(name: IntrinsicName, trace: StoredTrace, index: TraceIndex): TypedValue | undefined {
  switch (name) {
    case 'trace:id':
      return { type: 'string', value: shownTraceId(trace.traceId) };
    case 'trace:duration':
      return { type: 'duration', value: trace.durationNanos };
    case 'trace:rootName':
      return { type: 'string', value: index.rootName };
    case 'trace:rootService':
      return { type: 'string', value: index.rootService };
    default:
      return undefined;
  }
}

export function readSpanIntrinsic(name: IntrinsicName, row: Row): TypedValue | undefined {
  const { span } = row;
  switch (name) {
    case 'span:duration':
      return { type: 'duration', value: row.durationNanos };
    case 'span:name':
      return { type: 'string', value: span.name };
    case 'span:kind':
      return { type: 'kind', value: span.kind };
    case 'span:status':
      return { type: 'status', value: span.status.code };
    case 'span:statusMessage':
      return { type: 'string', value: span.status.message };
    case 'span:id':
      return { type: 'string', value: span.spanId };
    case 'span:parentID':
      return { type: 'string', value: span.parentSpanId === '' ? '0000000000000000' : span.parentSpanId };
    case 'span:childCount':
      return { type: 'int', value: row.childCount };
    case 'nestedSetLeft':
      return { type: 'int', value: row.left };
    case 'nestedSetRight':
      return { type: 'int', value: row.right };
    case 'nestedSetParent':
      return { type: 'int', value: row.parent };
    default:
      return undefined;
  }
}

export function readScopeIntrinsic(
  name: IntrinsicName,
  scope: { name: string; version: string }
): TypedValue | undefined {
  switch (name) {
    case 'instrumentation:name':
      return { type: 'string', value: scope.name };
    case 'instrumentation:version':
      return { type: 'string', value: scope.version };
    default:
      return undefined;
  }
}

/** Without an event: as a span that has none reads. */
export function readEventIntrinsic(name: IntrinsicName, row: Row, event?: SpanEvent): TypedValue | undefined {
  if (!event) {
    return missingIntrinsic(name);
  }
  switch (name) {
    case 'event:name':
      return { type: 'string', value: event.name };
    case 'event:timeSinceStart':
      return { type: 'duration', value: Number(event.timeUnixNano - row.span.startTimeUnixNano) };
    default:
      return undefined;
  }
}

/** Without a link: as a span that has none reads. */
export function readLinkIntrinsic(name: IntrinsicName, link?: SpanLink): TypedValue | undefined {
  if (!link) {
    return missingIntrinsic(name);
  }
  switch (name) {
    case 'link:traceID':
      return { type: 'string', value: shownTraceId(link.traceId) };
    case 'link:spanID':
      return { type: 'string', value: link.spanId };
    default:
      return undefined;
  }
}

/** What intrinsics of events and links read as on a span that has none, when no condition is put to them. */
export function missingIntrinsic(name: IntrinsicName): TypedValue | undefined {
  switch (name) {
    case 'event:name':
    case 'link:traceID':
      return { type: 'string', value: '' };
    case 'event:timeSinceStart':
      return { type: 'duration', value: 0 };
    case 'link:spanID':
      return { type: 'string', value: '0000000000000000' };
    default:
      return undefined;
  }
}

export function readAttribute(attributes: readonly KeyValue[], name: string): TypedValue | undefined {
  const attribute = findAttribute(attributes, name);
  return attribute && typedValue(attribute.value);
}

/**
 * A field of a span, without any condition; `undefined` when it has none. Of several events or links the last that has
 * the field is read, as in Tempo's search answers.
 */
export function readField(matched: MatchedSpan, field: Field): TypedValue | undefined {
  const row = rowOf(matched);
  for (const level of levelsOf(field)) {
    const value = readAtLevel(row, level, field);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

/** A field at one level of a span; of several events or links, the last that has it. */
export function readAtLevel(row: Row, level: Level, field: Field): TypedValue | undefined {
  const { span, trace } = row;
  const attribute = field.type === 'attribute' ? field.name : undefined;
  const intrinsic = field.type === 'intrinsic' ? field.name : 'parent';
  switch (level) {
    case 'trace':
      return readTraceIntrinsic(intrinsic, trace, traceIndex(trace));
    case 'resource':
      if (attribute === 'service.name') {
        return readAttribute(span.resource.attributes, attribute) ?? { type: 'string', value: '' };
      }
      return attribute === undefined ? undefined : readAttribute(span.resource.attributes, attribute);
    case 'instrumentation':
      return attribute === undefined
        ? readScopeIntrinsic(intrinsic, span.scope)
        : readAttribute(span.scope.attributes, attribute);
    case 'span':
      return attribute === undefined ? readSpanIntrinsic(intrinsic, row) : readAttribute(span.attributes, attribute);
    case 'event':
      return attribute === undefined
        ? readEventIntrinsic(intrinsic, row, span.events[span.events.length - 1])
        : readLast(span.events, ({ attributes }) => readAttribute(attributes, attribute));
    case 'link':
      return attribute === undefined
        ? readLinkIntrinsic(intrinsic, span.links[span.links.length - 1])
        : readLast(span.links, ({ attributes }) => readAttribute(attributes, attribute));
  }
}

function readLast<Child>(
  children: readonly Child[],
  read: (child: Child) => TypedValue | undefined
): TypedValue | undefined {
  for (let i = children.length - 1; i >= 0; i--) {
    const value = read(children[i]);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function rowOf({ trace, index }: MatchedSpan): Row {
  return traceIndex(trace).rows[index];
}

/** Every value of a field at all its levels, of all events and links, arrays as their elements: what completion offers. */
export function readFieldValues(matched: MatchedSpan, field: Field): TypedValue[] {
  const row = rowOf(matched);
  return levelsOf(field).flatMap((level) => valuesAtLevel(row, level, field));
}

function valuesAtLevel(row: Row, level: Level, field: Field): TypedValue[] {
  if (level === 'event' || level === 'link') {
    return childValues(row, level, field).flatMap(elementsOf);
  }
  const value = readAtLevel(row, level, field);
  return value === undefined ? [] : elementsOf(value);
}

function childValues({ span }: Row, level: 'event' | 'link', field: Field): TypedValue[] {
  if (field.type === 'attribute') {
    const owners: ReadonlyArray<{ attributes: KeyValue[] }> = level === 'event' ? span.events : span.links;
    return owners.map(({ attributes }) => readAttribute(attributes, field.name)).filter((value) => value !== undefined);
  }
  return field.name === 'event:name' ? span.events.map(({ name }) => ({ type: 'string', value: name })) : [];
}
