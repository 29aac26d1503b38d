import { base64Decode } from '@bufbuild/protobuf/wire';
import { OtlpDecodeError, reasonOf } from './error';
import { isInt64 } from './int64';

/** An object of unknown content; the functions below read one field of it and name its path when that cannot be. */
export type JsonObject = Record<string, unknown>;

/**
 * How ids and enums are written. `otlp`: complete ids in hex, as OTLP/JSON demands; `tempo`: base64, or complete hex;
 * `any`: what files have that people keep, also short hex and enums by their bare names.
 */
export type JsonDialect = 'otlp' | 'tempo' | 'any';

// Long integers must not lose digits in JSON.parse. In valid JSON the pattern `"intValue":` can only be (the end of) a key.
const BARE_LONG_INTEGER = /(intValue|[tT]imeUnixNano)"(\s*:\s*)(-?\d{16,})(?=\s*[,}\]])/g;

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

const INTEGER = /^-?\d{1,20}$/;

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : undefined;
  }
  return typeof value === 'string' && INTEGER.test(value) ? BigInt(value) : undefined;
}

/** A 64-bit integer: protobuf JSON writes a string and reads a number as well. */
export function int64Of(value: unknown, path: string): bigint {
  const integer = integerOf(value);
  if (integer === undefined || !isInt64(integer)) {
    throw new OtlpDecodeError(`${path} is not a 64-bit integer.`);
  }
  return integer;
}

/** fixed64, unsigned. */
export function nanosOf(json: JsonObject, field: string, path: string): bigint {
  const value = json[field];
  if (value == null || value === '') {
    return BigInt(0);
  }
  const nanos = integerOf(value);
  if (nanos === undefined || nanos !== BigInt.asUintN(64, nanos)) {
    throw new OtlpDecodeError(`${path}.${field} is not a time in nanoseconds.`);
  }
  return nanos;
}

/** A count that is absent when it is 0, as in the model. */
export function dropped<F extends string>(json: JsonObject, field: F, path: string): { [K in F]?: number } {
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
export function enumOf<T extends string>(
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

export function bytesOfBase64(text: string, path: string): Uint8Array {
  try {
    return base64Decode(text);
  } catch {
    throw new OtlpDecodeError(`${path} "${text}" is not base64.`);
  }
}

export function stringOf(json: JsonObject, field: string, path: string): string {
  const value = json[field] ?? '';
  if (typeof value !== 'string') {
    throw new OtlpDecodeError(`${path}.${field} is not a string.`);
  }
  return value;
}

export function listOf(json: JsonObject, field: string, path: string): unknown[] {
  const value = json[field] ?? [];
  if (!Array.isArray(value)) {
    throw new OtlpDecodeError(`${path}.${field} is not a list.`);
  }
  return value;
}

export function mapEach<T>(
  json: JsonObject,
  field: string,
  path: string,
  map: (item: JsonObject, path: string) => T
): T[] {
  const items: T[] = [];
  for (const [item, itemPath] of objectsOf(json, field, `${path}.${field}`)) {
    items.push(map(item, itemPath));
  }
  return items;
}

/** The objects of a list, each with its path. */
export function* objectsOf(json: JsonObject, field: string, path: string): Iterable<[item: JsonObject, path: string]> {
  const items = listOf(json, field, path);
  for (let i = 0; i < items.length; i++) {
    const itemPath = `${path}[${i}]`;
    yield [objectAt(items[i], itemPath), itemPath];
  }
}

export function objectAt(value: unknown, path: string): JsonObject {
  if (!isObject(value)) {
    throw new OtlpDecodeError(`${path} is not an object.`);
  }
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
