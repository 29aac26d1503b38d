import { base64Decode } from '@bufbuild/protobuf/wire';
import {
  type AnyValue,
  type InstrumentationScope,
  type KeyValue,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { runSteps, type Steps } from '../../trace/steps';
import { OtlpDecodeError, reasonOf } from './error';
import { hexOf, isZeroId, parentIdOf, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { isInt64, safeInt } from './int64';
import { type TraceByIdAnswer } from './protobuf-decode';

type JsonObject = Record<string, unknown>;

/**
 * OTLP/JSON's ExportTraceServiceRequest, and files in its shape: `{resourceSpans}`, `{batches}` (as Tempo's v1 answers),
 * a bare list of ResourceSpans, and `instrumentationLibrarySpans` of before opentelemetry-proto 0.15. Ids must be complete.
 * @throws OtlpDecodeError
 */
export function decodeExportRequestJson(text: string): Span[] {
  return runSteps(resourceSpansSteps(parseJson(text), 'otlp'));
}

/**
 * How ids and enums are written. `otlp`: complete ids in hex, as OTLP/JSON demands; `tempo`: base64, or complete hex;
 * `any`: what files have that people keep, also short hex and enums by their bare names.
 */
export type JsonDialect = 'otlp' | 'tempo' | 'any';

/**
 * The same of a value that JSON.parse gave, interruptible after each span.
 * @throws OtlpDecodeError
 */
export function resourceSpansSteps(json: unknown, dialect: JsonDialect): Steps<Span[]> {
  const message = Array.isArray(json) ? { resourceSpans: json } : objectAt(json, '$');
  return new JsonDecoder(dialect).resourceSpans(message);
}

/**
 * Tempo's trace by id as JSON: `{trace: {resourceSpans}}` of v2 or `{batches}` of v1; ids in base64 (hex is taken too).
 * @throws OtlpDecodeError
 */
export function decodeTempoTraceJson(text: string): TraceByIdAnswer {
  return runSteps(decodeTempoTraceJsonSteps(text));
}

/**
 * The same, interruptible after each span once the text is parsed.
 * @throws OtlpDecodeError
 */
export function* decodeTempoTraceJsonSteps(text: string): Steps<TraceByIdAnswer> {
  const json = objectAt(parseJson(text), '$');
  if (!('trace' in json) && !('batches' in json) && !('resourceSpans' in json) && Object.keys(json).length > 0) {
    throw new OtlpDecodeError('This JSON is no trace: it has neither "trace" nor "batches".');
  }
  const trace = 'trace' in json ? objectAt(json.trace ?? {}, 'trace') : json;
  return {
    spans: yield* new JsonDecoder('tempo').resourceSpans(trace),
    partial: json.status === 'PARTIAL' || json.status === 1,
    message: typeof json.message === 'string' ? json.message : '',
  };
}

/**
 * An AnyValue in protobuf JSON, as search answers and metrics labels have it too.
 * @throws OtlpDecodeError
 */
export function decodeAnyValueJson(json: unknown, path: string): AnyValue {
  return anyValue(json, path, 0);
}

// Long integers must not lose digits in JSON.parse. In valid JSON the pattern `"intValue":` can only be (the end of) a key.
const BARE_LONG_INTEGER = /(intValue|[tT]imeUnixNano)"(\s*:\s*)(-?\d{16,})(?=\s*[,}\]])/g;
const MAX_VALUE_DEPTH = 64;

/**
 * JSON.parse that keeps the digits of 64-bit integers written as bare numbers.
 * @throws OtlpDecodeError
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(BARE_LONG_INTEGER, '$1"$2"$3"'));
  } catch (error) {
    throw new OtlpDecodeError(`This is not JSON, or it is cut off: ${reasonOf(error)}`);
  }
}

class JsonDecoder {
  private readonly spans: Span[] = [];

  constructor(private readonly dialect: JsonDialect) {}

  *resourceSpans(message: JsonObject): Steps<Span[]> {
    const field = 'batches' in message ? 'batches' : 'resourceSpans';
    for (const [group, path] of objectsOf(message, field, field)) {
      const resource: Resource = { attributes: keyValues(objectAt(group.resource ?? {}, `${path}.resource`), path) };
      for (const scopes of ['scopeSpans', 'instrumentationLibrarySpans']) {
        for (const [scopeSpans, scopePath] of objectsOf(group, scopes, `${path}.${scopes}`)) {
          yield* this.scopeSpans(scopeSpans, scopePath, resource);
        }
      }
    }
    return this.spans;
  }

  private *scopeSpans(group: JsonObject, path: string, resource: Resource): Steps<void> {
    const scopeJson = objectAt(group.scope ?? group.instrumentationLibrary ?? {}, `${path}.scope`);
    const scope: InstrumentationScope = {
      name: stringOf(scopeJson, 'name', path),
      version: stringOf(scopeJson, 'version', path),
      attributes: keyValues(scopeJson, path),
    };
    for (const [json, spanPath] of objectsOf(group, 'spans', `${path}.spans`)) {
      this.spans.push(this.span(json, spanPath, resource, scope));
      yield;
    }
  }

  private span(json: JsonObject, path: string, resource: Resource, scope: InstrumentationScope): Span {
    const status = objectAt(json.status ?? {}, `${path}.status`);
    return {
      traceId: this.ownId(json, 'traceId', TRACE_ID_BYTES, path),
      spanId: this.ownId(json, 'spanId', SPAN_ID_BYTES, path),
      parentSpanId: this.parentId(json, path),
      traceState: stringOf(json, 'traceState', path),
      name: stringOf(json, 'name', path),
      kind: enumOf(json.kind, SPAN_KINDS, 'SPAN_KIND_', `${path}.kind`, this.dialect),
      startTimeUnixNano: nanosOf(json, 'startTimeUnixNano', path),
      endTimeUnixNano: nanosOf(json, 'endTimeUnixNano', path),
      attributes: keyValues(json, path),
      events: mapEach(json, 'events', path, eventOf),
      links: mapEach(json, 'links', path, (link, linkPath) => this.link(link, linkPath)),
      status: {
        code: enumOf(status.code, STATUS_CODES, 'STATUS_CODE_', `${path}.status.code`, this.dialect),
        message: stringOf(status, 'message', path),
      },
      ...dropped(json, 'droppedAttributesCount', path),
      ...dropped(json, 'droppedEventsCount', path),
      ...dropped(json, 'droppedLinksCount', path),
      ...dropped(json, 'flags', path),
      resource,
      scope,
    };
  }

  private link(json: JsonObject, path: string): SpanLink {
    return {
      traceId: this.id(json, 'traceId', TRACE_ID_BYTES, path).padStart(2 * TRACE_ID_BYTES, '0'),
      spanId: this.id(json, 'spanId', SPAN_ID_BYTES, path).padStart(2 * SPAN_ID_BYTES, '0'),
      traceState: stringOf(json, 'traceState', path),
      attributes: keyValues(json, path),
      ...dropped(json, 'droppedAttributesCount', path),
      ...dropped(json, 'flags', path),
    };
  }

  private ownId(json: JsonObject, field: string, bytes: number, path: string): string {
    const id = this.id(json, field, bytes, path);
    if (isZeroId(id)) {
      throw new OtlpDecodeError(`${path}.${field} is ${id === '' ? 'missing' : 'all zeros'}.`);
    }
    return this.sized(id, bytes, `${path}.${field}`);
  }

  private parentId(json: JsonObject, path: string): string {
    const id = this.id(json, 'parentSpanId', SPAN_ID_BYTES, path);
    return id === '' ? '' : parentIdOf(this.sized(id, SPAN_ID_BYTES, `${path}.parentSpanId`));
  }

  private sized(id: string, bytes: number, path: string): string {
    if (this.dialect === 'otlp' && id.length !== 2 * bytes) {
      throw new OtlpDecodeError(`${path} "${id}" has ${id.length} hex digits, expected ${2 * bytes}.`);
    }
    return id.padStart(2 * bytes, '0');
  }

  /** Lower-case hex, at most of `bytes` bytes; '' when absent. */
  private id(json: JsonObject, field: string, bytes: number, path: string): string {
    const text = stringOf(json, field, path);
    if (text === '') {
      return '';
    }
    const hex = isHexId(text, bytes, this.dialect) ? text.toLowerCase() : this.base64Id(text, `${path}.${field}`);
    if (hex.length > 2 * bytes) {
      throw new OtlpDecodeError(`${path}.${field} "${text}" is longer than ${bytes} bytes.`);
    }
    return hex;
  }

  private base64Id(text: string, path: string): string {
    if (this.dialect === 'otlp') {
      throw new OtlpDecodeError(`${path} "${text}" is not hexadecimal.`);
    }
    return hexOf(bytesOfBase64(text, path));
  }
}

const HEX_DIGITS = /^[0-9a-f]+$/i;

/** Base64 of a complete id is never as long as its hex form, and ends with `=`. */
function isHexId(text: string, bytes: number, dialect: JsonDialect): boolean {
  return HEX_DIGITS.test(text) && (dialect !== 'tempo' || text.length === 2 * bytes);
}

function eventOf(json: JsonObject, path: string): SpanEvent {
  return {
    timeUnixNano: nanosOf(json, 'timeUnixNano', path),
    name: stringOf(json, 'name', path),
    attributes: keyValues(json, path),
    ...dropped(json, 'droppedAttributesCount', path),
  };
}

function keyValues(json: JsonObject, path: string): KeyValue[] {
  return pairsOf(json, 'attributes', path, 0);
}

function pairsOf(json: JsonObject, field: string, path: string, depth: number): KeyValue[] {
  return mapEach(json, field, path, (pair, pairPath) => ({
    key: stringOf(pair, 'key', pairPath),
    value: anyValue(pair.value ?? {}, pairPath, depth),
  }));
}

function anyValue(json: unknown, path: string, depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) {
    throw new OtlpDecodeError(`${path}: the value is nested more than ${MAX_VALUE_DEPTH} levels deep.`);
  }
  const message = objectAt(json, `${path}.value`);
  for (const field of Object.keys(message)) {
    const value = message[field];
    if (value == null) {
      continue;
    }
    switch (field) {
      case 'stringValue':
        return { type: 'string', value: stringOf(message, field, path) };
      case 'boolValue':
        return { type: 'bool', value: boolOf(value, path) };
      case 'intValue':
        return { type: 'int', value: safeInt(int64Of(value, `${path}.intValue`)) };
      case 'doubleValue':
        return { type: 'double', value: doubleOf(value, path) };
      case 'bytesValue':
        return { type: 'bytes', value: bytesOfBase64(stringOf(message, field, path), path) };
      case 'arrayValue':
        return { type: 'array', value: arrayOf(objectAt(value, path), path, depth + 1) };
      case 'kvlistValue':
        return { type: 'kvlist', value: pairsOf(objectAt(value, path), 'values', path, depth + 1) };
    }
  }
  return { type: 'empty' };
}

function arrayOf(json: JsonObject, path: string, depth: number): AnyValue[] {
  return listOf(json, 'values', path).map((item) => anyValue(item ?? {}, path, depth));
}

function boolOf(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') {
    throw new OtlpDecodeError(`${path}.boolValue is not true or false.`);
  }
  return value;
}

function doubleOf(value: unknown, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN')) {
    throw new OtlpDecodeError(`${path}.doubleValue is not a number.`);
  }
  return number;
}

const INTEGER = /^-?\d{1,20}$/;

/** A 64-bit integer: protobuf JSON writes a string and reads a number as well. */
function int64Of(value: unknown, path: string): bigint {
  const isInteger =
    typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && INTEGER.test(value);
  const integer = isInteger ? BigInt(value as string | number) : undefined;
  if (integer === undefined || !isInt64(integer)) {
    throw new OtlpDecodeError(`${path} is not a 64-bit integer.`);
  }
  return integer;
}

/** fixed64, unsigned. */
function nanosOf(json: JsonObject, field: string, path: string): bigint {
  const value = json[field];
  if (value == null || value === '') {
    return BigInt(0);
  }
  const isInteger =
    typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && INTEGER.test(value);
  const nanos = isInteger ? BigInt(value as string | number) : undefined;
  if (nanos === undefined || nanos !== BigInt.asUintN(64, nanos)) {
    throw new OtlpDecodeError(`${path}.${field} is not a time in nanoseconds.`);
  }
  return nanos;
}

function dropped<F extends string>(json: JsonObject, field: F, path: string): { [K in F]?: number } {
  const value = json[field] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new OtlpDecodeError(`${path}.${field} is not a count.`);
  }
  const count: { [K in F]?: number } = {};
  if (value > 0) {
    count[field] = value;
  }
  return count;
}

/** A named or numbered enum; a number that is not known (yet) counts as the default, as in proto3. */
function enumOf<T extends string>(
  value: unknown,
  names: readonly T[],
  prefix: string,
  path: string,
  dialect: JsonDialect
): T {
  if (value == null || (value === '' && dialect === 'any')) {
    return names[0];
  }
  if (typeof value === 'number' && Number.isInteger(value)) {
    return names[value] ?? names[0];
  }
  const text = typeof value === 'string' && dialect === 'any' ? value.toUpperCase().replace(prefix, '') : undefined;
  const name = names.find((known) => prefix + known.toUpperCase() === value || known.toUpperCase() === text);
  if (name === undefined) {
    throw new OtlpDecodeError(`${path}: ${JSON.stringify(value)} is not one of the ${prefix}… names.`);
  }
  return name;
}

function bytesOfBase64(text: string, path: string): Uint8Array {
  try {
    return base64Decode(text);
  } catch {
    throw new OtlpDecodeError(`${path} "${text}" is not base64.`);
  }
}

function stringOf(json: JsonObject, field: string, path: string): string {
  const value = json[field] ?? '';
  if (typeof value !== 'string') {
    throw new OtlpDecodeError(`${path}.${field} is not a string.`);
  }
  return value;
}

function listOf(json: JsonObject, field: string, path: string): unknown[] {
  const value = json[field] ?? [];
  if (!Array.isArray(value)) {
    throw new OtlpDecodeError(`${path}.${field} is not a list.`);
  }
  return value;
}

function mapEach<T>(json: JsonObject, field: string, path: string, map: (item: JsonObject, path: string) => T): T[] {
  const items: T[] = [];
  for (const [item, itemPath] of objectsOf(json, field, `${path}.${field}`)) {
    items.push(map(item, itemPath));
  }
  return items;
}

/** The objects of a list, each with its path. */
function* objectsOf(json: JsonObject, field: string, path: string): Iterable<[item: JsonObject, path: string]> {
  const items = listOf(json, field, path);
  for (let i = 0; i < items.length; i++) {
    const itemPath = `${path}[${i}]`;
    yield [objectAt(items[i], itemPath), itemPath];
  }
}

function objectAt(value: unknown, path: string): JsonObject {
  if (!isObject(value)) {
    throw new OtlpDecodeError(`${path} is not an object.`);
  }
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
