import { type TypedValue } from '../engine';
import { compareText, isArray, toAnyValue } from '../engine/values';
import { type AnyValue } from '../../../src/trace/model';

/** `undefined` is nil: written as the text `nil`. */
export interface SeriesLabel {
  name: string;
  value: TypedValue | undefined;
}

export interface Exemplar {
  labels: SeriesLabel[];
  /** NaN until the sample of its interval gives the value. */
  value: number;
  /** ns since the Unix epoch */
  time: bigint;
}

export interface Series {
  labels: SeriesLabel[];
  /** One for each interval of the axis; NaN is no sample. */
  values: Float64Array;
  exemplars: Exemplar[];
}

export const NAME_LABEL = '__name__';
export const BUCKET_LABEL = '__bucket';
export const QUANTILE_LABEL = 'p';
export const META_TYPE_LABEL = '__meta_type';

export function textLabel(name: string, value: string): SeriesLabel {
  return { name, value: { type: 'string', value } };
}

export function numberLabel(name: string, value: number): SeriesLabel {
  return { name, value: { type: 'float', value } };
}

/** The same for two series that metrics arithmetic brings together: all labels but the name. */
export function seriesKey(labels: readonly SeriesLabel[]): string {
  return labels
    .filter(({ name }) => name !== NAME_LABEL)
    .map(({ name, value }) => `${name}\u0000${value ? `${value.type}:${String(value.value)}` : 'nil'}`)
    .join('\u0001');
}

/** A label's value as Tempo writes it; arrays become nil. */
export function labelValue({ value }: SeriesLabel): AnyValue {
  return value && !isArray(value) ? toAnyValue(value) : { type: 'string', value: 'nil' };
}

/** Tempo's order of series: fewer labels first, then by name and by value as text, label by label. */
export function compareSeries(a: Series, b: Series): number {
  if (a.labels.length !== b.labels.length) {
    return a.labels.length - b.labels.length;
  }
  for (let i = 0; i < a.labels.length; i++) {
    const order =
      compareText(a.labels[i].name, b.labels[i].name) || compareText(sortText(a.labels[i]), sortText(b.labels[i]));
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** Protobuf's text form: the type comes first, and characters beyond ASCII are octal. */
function sortText(label: SeriesLabel): string {
  const value = labelValue(label);
  switch (value.type) {
    case 'string':
      return `string_value:"${escaped(value.value)}" `;
    case 'bool':
    case 'int':
    case 'double':
      return `${value.type}_value:${String(value.value)} `;
    default:
      return '';
  }
}

const encoder = new TextEncoder();
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]|["\\]/gu, (character) => ESCAPES[character] ?? octal(character));
}

function octal(character: string): string {
  return Array.from(encoder.encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
