import { type AnyValue } from './model';

/** JSON-like form of a value: 64-bit integers beyond 2^53 and bytes (base64) become strings. */
export function anyValueToJson(value: AnyValue): unknown {
  switch (value.type) {
    case 'int':
      return typeof value.value === 'bigint' ? value.value.toString() : value.value;
    case 'double':
      return Number.isFinite(value.value) ? value.value : String(value.value);
    case 'array':
      return value.value.map(anyValueToJson);
    case 'kvlist':
      return Object.fromEntries(value.value.map((pair) => [pair.key, anyValueToJson(pair.value)]));
    case 'bytes':
      return base64(value.value);
    case 'empty':
      return null;
    default:
      return value.value;
  }
}

/** A value as people read it: text without quotes, lists and maps as JSON, '' for an empty value. */
export function attributeText(value: AnyValue): string {
  const json = anyValueToJson(value);
  if (json === null) {
    return '';
  }
  return typeof json === 'object' ? JSON.stringify(json) : String(json);
}

/** A value whose type JSON has, back from a frame; lists and maps come as JSON text and stay text. */
export function anyValueFromJson(json: unknown): AnyValue {
  switch (typeof json) {
    case 'string':
      return { type: 'string', value: json };
    case 'boolean':
      return { type: 'bool', value: json };
    case 'bigint':
      return { type: 'int', value: json };
    case 'number':
      return Number.isSafeInteger(json) ? { type: 'int', value: json } : { type: 'double', value: json };
    case 'object':
      if (json === null) {
        return { type: 'empty' };
      }
      if (Array.isArray(json)) {
        return { type: 'array', value: json.map(anyValueFromJson) };
      }
      return {
        type: 'kvlist',
        value: Object.entries(json).map(([key, value]) => ({ key, value: anyValueFromJson(value) })),
      };
    default:
      return { type: 'empty' };
  }
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
