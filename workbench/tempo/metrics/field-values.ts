import { type KeyValue } from '../../../src/trace/model';
import { textOf } from '../../../src/traceql/checks/field';
import { type Field, readField, type TypedValue } from '../engine';
import { levelsOf } from '../engine/conditions';
import { dedicatedColumn } from '../engine/dedicated-columns';
import { readAttribute, readEventIntrinsic, readLinkIntrinsic } from '../engine/fields';
import { isArray, numberOf } from '../engine/values';

import { log2Bucket } from './log2-buckets';
import { type MatchedSpan } from './matched-spans';

const NANOS_PER_SECOND = 1e9;

/** A field as series labels name it, in Tempo's own spelling: `resource.service.name`, `status` also for `span:status`. */
export function fieldName(field: Field): string {
  return textOf(field);
}

/** A field's value as the metrics functions see it: of several events or links, the first that has the field. */
export function readValue(matched: MatchedSpan, field: Field): TypedValue | undefined {
  const [level] = levelsOf(field);
  const [event] = matched.span.events;
  const [link] = matched.span.links;
  if (level === 'event' && event) {
    return field.type === 'intrinsic'
      ? readEventIntrinsic(field.name, matched.row, event)
      : firstOf(matched.span.events, field.name);
  }
  if (level === 'link' && link) {
    return field.type === 'intrinsic' ? readLinkIntrinsic(field.name, link) : firstOf(matched.span.links, field.name);
  }
  return readField(matched, field);
}

const NIL: TypedValue = { type: 'string', value: 'nil' };

/**
 * The values that by() tells groups apart by. Arrays, and attributes with a column of their own that a span lacks, count as
 * the text "nil". So does the first field when the span has none at all, if the series has no other label.
 */
export function readGroup(
  span: MatchedSpan,
  fields: readonly Field[],
  needsLabel: boolean
): Array<TypedValue | undefined> {
  const values = fields.map((field) => {
    const value = readValue(span, field);
    return value === undefined ? (hasOwnColumn(field) ? NIL : undefined) : isArray(value) ? NIL : value;
  });
  return needsLabel && values.length > 0 && values.every((value) => value === undefined)
    ? [NIL, ...values.slice(1)]
    : values;
}

function hasOwnColumn(field: Field): boolean {
  if (field.type !== 'attribute') {
    return false;
  }
  const scopes = field.scope === 'any' ? ['span', 'resource'] : [field.scope];
  return scopes.some((scope) => dedicatedColumn(scope, field.name) !== undefined);
}

function firstOf(owners: ReadonlyArray<{ attributes: KeyValue[] }>, name: string): TypedValue | undefined {
  for (const { attributes } of owners) {
    const value = readAttribute(attributes, name);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function isSpanDuration(field: Field): boolean {
  return field.type === 'intrinsic' && field.name === 'span:duration';
}

/** Reads a field as a number, the span's duration in s; NaN when there is none. Other durations stay in ns, as in Tempo. */
export function numberReader(field: Field | undefined): (span: MatchedSpan) => number {
  if (!field) {
    return () => NaN;
  }
  if (isSpanDuration(field)) {
    return (span) => span.row.durationNanos / NANOS_PER_SECOND;
  }
  return (span) => {
    const value = readValue(span, field);
    return (value && numberOf(value)) ?? NaN;
  };
}

/** Reads the power-of-two bucket of a field: s for durations. Values below 2 and floats have none, as in Tempo. */
export function bucketReader(field: Field | undefined): (span: MatchedSpan) => number | undefined {
  if (!field) {
    return () => undefined;
  }
  if (isSpanDuration(field)) {
    return (span) => durationBucket(span.row.durationNanos);
  }
  return (span) => {
    const value = readValue(span, field);
    if (value?.type === 'duration') {
      return durationBucket(value.value);
    }
    const number = value?.type === 'int' ? Number(value.value) : 0;
    return number < 2 ? undefined : log2Bucket(number);
  };
}

function durationBucket(nanos: number): number | undefined {
  return nanos < 2 ? undefined : log2Bucket(nanos) / NANOS_PER_SECOND;
}
