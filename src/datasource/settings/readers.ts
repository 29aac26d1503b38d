/**
 * Checks of values from outside (saved queries, provisioning files), as small as they can be: they are part of what
 * Grafana loads before anything is on screen.
 */

/** Gives the value back as `T`, or throws an Unreadable that says what was expected. */
export type Reader<T> = (value: unknown) => T;

class Unreadable extends Error {}

type Fields = Record<string, Reader<unknown>>;
/** Every field may be absent; fields that are not named are kept as they are. */
export type ReadRecord<F extends Fields> = { [K in keyof F]?: ReturnType<F[K]> };

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : refuse('text', value));

export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : refuse('true or false', value));

/** Grafana's own settings page saves numbers as text. */
const number: Reader<number> = (value) => (typeof value === 'string' && value.trim() ? Number(value) : value) as number;

export const positiveInteger: Reader<number> = (value) => {
  const read = number(value);
  return Number.isInteger(read) && read > 0 ? read : refuse('a whole number above 0', value);
};

export const positiveNumber: Reader<number> = (value) => {
  const read = number(value);
  return Number.isFinite(read) && read > 0 ? read : refuse('a number above 0', value);
};

export function oneOf<const T extends string>(...allowed: T[]): Reader<T> {
  return (value) => allowed.find((one) => one === value) ?? refuse(`one of ${allowed.join(', ')}`, value);
}

export function listOf<T>(reader: Reader<T>): Reader<T[]> {
  return (value) =>
    Array.isArray(value) ? value.map((item, index) => within(String(index), reader, item)) : refuse('a list', value);
}

export function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value) => {
    try {
      return first(value);
    } catch {
      return second(value);
    }
  };
}

export function record<F extends Fields>(fields: F): Reader<ReadRecord<F>> {
  return (value) => {
    if (!isRecord(value)) {
      return refuse('an object', value);
    }
    const read: Record<string, unknown> = { ...value };
    for (const [name, reader] of Object.entries(fields)) {
      // Provisioning files write "not set" in all these ways.
      if (value[name] === undefined || value[name] === null) {
        delete read[name];
      } else {
        read[name] = within(name, reader, value[name]);
      }
    }
    return read as ReadRecord<F>;
  };
}

/** The value, or undefined when it is not set or cannot be read; then `report` gets a sentence without its subject. */
export function readOr<T>(reader: Reader<T>, value: unknown, report: (problem: string) => void): T | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  try {
    return reader(value);
  } catch (error) {
    if (!(error instanceof Unreadable)) {
      throw error;
    }
    report(error.message);
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function within<T>(name: string, reader: Reader<T>, value: unknown): T {
  try {
    return reader(value);
  } catch (error) {
    throw error instanceof Unreadable ? new Unreadable(`${name}: ${error.message}`) : error;
  }
}

function refuse(expected: string, value: unknown): never {
  throw new Unreadable(`expected ${expected}, found ${JSON.stringify(value)?.slice(0, 60) ?? String(value)}`);
}
