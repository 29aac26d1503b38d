import { canonical, isObject } from './normalise';

const RELATIVE_TOLERANCE = 1e-9;
const SHOWN_CHARACTERS = 160;

/** Where two answers differ, one line for each place: `expected` first. Floats may differ by rounding. */
export function differences(expected: unknown, actual: unknown, at = ''): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) {
      return [`${at}: ${expected.length} items, not ${actual.length}`];
    }
    return expected.flatMap((item, i) => differences(item, actual[i], `${at}[${i}]`));
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return keys.flatMap((key) => {
      if (!(key in expected) || !(key in actual)) {
        return [`${at}.${key}: only in the ${key in expected ? 'recording' : 'answer'}`];
      }
      return differences(expected[key], actual[key], `${at}.${key}`);
    });
  }
  return sameScalar(expected, actual) ? [] : [`${at}: ${shown(expected)}, not ${shown(actual)}`];
}

function sameScalar(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  return Object.is(a, b);
}

function shown(value: unknown): string {
  return (canonical(value) ?? 'nothing').slice(0, SHOWN_CHARACTERS);
}
