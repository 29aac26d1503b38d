import { type AnyValue, type KeyValue } from '../../../src/trace/model';

/** An attribute value as a label value, in the form Tempo's generator gives it; '' for bytes and empty values. */
export function attributeText(value: AnyValue): string {
  switch (value.type) {
    case 'string':
      return value.value;
    case 'bool':
    case 'int':
      return String(value.value);
    case 'double':
      return decimalText(value.value);
    case 'array':
      return `[${value.value.map(attributeText).join('')}]`;
    case 'kvlist':
      return `{${value.value.map(({ key, value: inner }) => `${key}:${attributeText(inner)}`).join('')}}`;
    case 'bytes':
    case 'empty':
      return '';
  }
}

/** Text of the first attribute called `key` in the first list that has one. */
export function findAttribute(key: string, ...lists: ReadonlyArray<readonly KeyValue[]>): string | undefined {
  for (const attributes of lists) {
    for (const attribute of attributes) {
      if (attribute.key === key) {
        return attributeText(attribute.value);
      }
    }
  }
  return undefined;
}

/** The shortest decimal text of a number, never with an exponent; as Go's `FormatFloat(value, 'f', -1, 64)`. */
export function decimalText(value: number): string {
  if (value === Infinity || value === -Infinity) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) {
    return text;
  }
  const [, sign, whole, fraction = '', exponentText] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponentText);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return point >= digits.length
    ? `${sign}${digits}${'0'.repeat(point - digits.length)}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
