import { type AnyValue, type KeyValue } from '../../trace/model';
import { OtlpDecodeError } from './error';
import { safeInt } from './int64';
import { bytesOfBase64, int64Of, type JsonObject, listOf, mapEach, objectAt, stringOf } from './json-fields';
import { MAX_VALUE_DEPTH } from './max-value-depth';

/**
 * An AnyValue in protobuf JSON, as search answers and metrics labels have it too.
 * @throws OtlpDecodeError
 */
export function decodeAnyValueJson(json: unknown, path: string): AnyValue {
  return anyValue(json, path, 0);
}

export function keyValues(json: JsonObject, path: string): KeyValue[] {
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
