/** YAML for people to paste: block style for objects, lists of plain values on one line. No aliases, no comments. */
export function toYaml(value: unknown, indent = 0): string {
  return lines(value)
    .map((line) => (line === '' ? line : ' '.repeat(indent) + line))
    .join('\n');
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? ['[]'] : value.every(isPlain) ? [flow(value)] : value.flatMap(item);
  }
  if (isObject(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    return entries.length === 0 ? ['{}'] : entries.flatMap(([key, member]) => entry(scalar(key), member));
  }
  return [scalar(value)];
}

function flow(values: unknown[]): string {
  return `[${values.map(scalar).join(', ')}]`;
}

function item(value: unknown): string[] {
  const [first, ...rest] = lines(value);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function entry(key: string, value: unknown): string[] {
  const below = lines(value);
  const isNested = isObject(value) || (Array.isArray(value) && !value.every(isPlain));
  return isNested && !isEmpty(value) ? [`${key}:`, ...below.map((line) => `  ${line}`)] : [`${key}: ${below[0]}`];
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((member) => member === undefined);
}

function isPlain(value: unknown): boolean {
  return !isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Words that YAML reads as something else, and texts with a meaning of their own, are quoted. */
const PLAIN_TEXT = /^[A-Za-z_/.][A-Za-z0-9_/. -]*$/;
const RESERVED = /^(true|false|yes|no|on|off|null|y|n|~|\.inf|\.nan|\.)$/i;

function scalar(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value === null || value === undefined) {
    return 'null';
  }
  const text = String(value);
  const isSafe = PLAIN_TEXT.test(text) && !RESERVED.test(text) && !/^\.\d/.test(text) && text === text.trim();
  // A JSON string is a double-quoted YAML string.
  return isSafe ? text : JSON.stringify(text);
}
