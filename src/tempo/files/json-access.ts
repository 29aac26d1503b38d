/** Reading of JSON that anybody may have written: each function says in words what was expected where. */
import { TraceFileError } from './error';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, path: string): JsonObject {
  if (!isObject(value)) {
    throw new TraceFileError(`${path} is ${nameOf(value)}, expected an object.`);
  }
  return value;
}

/** [] when absent */
export function listAt(json: JsonObject, field: string, path: string): unknown[] {
  const value = json[field] ?? [];
  if (!Array.isArray(value)) {
    throw new TraceFileError(`${path}.${field} is ${nameOf(value)}, expected a list.`);
  }
  return value;
}

/** '' when absent */
export function textAt(json: JsonObject, field: string, path: string): string {
  const value = json[field] ?? '';
  if (typeof value !== 'string') {
    throw new TraceFileError(`${path}.${field} is ${nameOf(value)}, expected a text.`);
  }
  return value;
}

const MAX_MICROS = BigInt('9223372036854775');
const NANOS_PER_MICRO = BigInt(1000);

/** µs (also as text, and with fractions) -> ns; undefined when absent */
export function microsAt(json: JsonObject, field: string, path: string): bigint | undefined {
  const value = json[field];
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  const micros = typeof value === 'string' ? Number(value) : value;
  if (typeof micros !== 'number' || !Number.isFinite(micros) || micros < 0 || micros > Number(MAX_MICROS)) {
    throw new TraceFileError(`${path}.${field} is ${nameOf(value)}, expected a number of microseconds.`);
  }
  const whole = Math.floor(micros);
  return BigInt(whole) * NANOS_PER_MICRO + BigInt(Math.round((micros - whole) * 1000));
}

const HEX = /^[0-9a-f]+$/i;

/**
 * An id as the model has it: lower-case hex, padded with zeros to `digits`; '' when absent or all zeros. Zipkin's and
 * Jaeger's ids of 64 bits are padded, too.
 */
export function hexIdAt(json: JsonObject, field: string, digits: number, path: string): string {
  const text = textAt(json, field, path);
  if (text === '' || /^0+$/.test(text)) {
    return '';
  }
  if (!HEX.test(text) || text.length > digits) {
    throw new TraceFileError(
      `${path}.${field} "${short(text)}" is no id: expected up to ${digits} hexadecimal digits.`
    );
  }
  return text.toLowerCase().padStart(digits, '0');
}

/** The same, but it must be there. */
export function ownIdAt(json: JsonObject, field: string, digits: number, path: string): string {
  const id = hexIdAt(json, field, digits, path);
  if (id === '') {
    throw new TraceFileError(`${path}.${field} is missing.`);
  }
  return id;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return value === null || value === undefined
    ? 'missing'
    : typeof value === 'object'
      ? 'an object'
      : short(JSON.stringify(value));
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
