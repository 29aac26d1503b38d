/** How often attribute values occur among the spans of a selection and among the other spans (the baseline). */
import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { type StaticValue } from '../../traceql/ast';

export interface ValueCounts {
  value: StaticValue;
  /** spans; absent when Tempo cut the attribute's list of values before this one */
  selection?: number;
  baseline?: number;
}

export interface AttributeCounts {
  /** As TraceQL writes it: `resource.service.version`, `name` */
  attribute: string;
  /** spans that have the attribute */
  selectionTotal: number;
  baselineTotal: number;
  values: ValueCounts[];
}

export interface SpanCounts {
  /** spans */
  selection: number;
  baseline: number;
  attributes: AttributeCounts[];
}

const META_TYPE = '__meta_type';
const META_ERROR = '__meta_error';
type Side = 'selection' | 'baseline';

/** Every span has each of these, so their totals are the number of spans. */
const OF_EVERY_SPAN: readonly string[] = ['name', 'kind', 'status'];

interface CollectedValue {
  value: StaticValue;
  counts: Partial<Record<Side, number>>;
}

interface Collected {
  totals: Record<Side, number>;
  values: Map<string, CollectedValue>;
  isCut: boolean;
}

/**
 * Reads the series of TraceQL's compare(), as the data sources for Tempo frame them: label `__meta_type` says what is
 * counted, the other label is the attribute, text values are in quotes. The samples of a series are added up.
 */
export function countsOfCompareFrames(frames: readonly DataFrame[]): SpanCounts {
  const attributes = new Map<string, Collected>();
  for (const frame of frames) {
    for (const field of frame.fields) {
      if (field.type === FieldType.number && field.labels) {
        collect(attributes, field.labels, sumOf(field));
      }
    }
  }
  const counted = [...attributes].map(([attribute, collected]) => attributeCounts(attribute, collected));
  return { ...spansOf(counted), attributes: counted };
}

function collect(attributes: Map<string, Collected>, labels: Record<string, string>, count: number): void {
  const type = unquote(labels[META_TYPE] ?? '');
  const name = Object.keys(labels).find((label) => label !== META_TYPE && label !== META_ERROR);
  const side = type.startsWith('selection') ? 'selection' : type.startsWith('baseline') ? 'baseline' : undefined;
  if (name === undefined || side === undefined) {
    return;
  }
  const attribute = attributes.get(name) ?? { totals: { selection: 0, baseline: 0 }, values: new Map(), isCut: false };
  attributes.set(name, attribute);
  if (META_ERROR in labels) {
    attribute.isCut = true;
  } else if (type === `${side}_total`) {
    attribute.totals[side] += count;
  } else {
    const value = staticOf(name, labels[name]);
    if (value) {
      addValue(attribute, value, side, count);
    }
  }
}

function addValue({ values }: Collected, value: StaticValue, side: Side, count: number): void {
  const key = valueKey(value);
  const entry = values.get(key) ?? { value, counts: {} };
  entry.counts[side] = (entry.counts[side] ?? 0) + count;
  values.set(key, entry);
}

/** A value that a complete list does not have was on no span; of a cut list nobody knows. */
function attributeCounts(attribute: string, { totals, values, isCut }: Collected): AttributeCounts {
  const absent = isCut ? undefined : 0;
  return {
    attribute,
    selectionTotal: totals.selection,
    baselineTotal: totals.baseline,
    values: [...values.values()].map(({ value, counts }) => ({
      value,
      selection: counts.selection ?? absent,
      baseline: counts.baseline ?? absent,
    })),
  };
}

function spansOf(attributes: readonly AttributeCounts[]): Pick<SpanCounts, 'selection' | 'baseline'> {
  const reliable = attributes.filter(({ attribute }) => OF_EVERY_SPAN.includes(attribute));
  const all = reliable.length > 0 ? reliable : attributes;
  return {
    selection: Math.max(0, ...all.map(({ selectionTotal }) => selectionTotal)),
    baseline: Math.max(0, ...all.map(({ baselineTotal }) => baselineTotal)),
  };
}

function sumOf({ values }: Field): number {
  let sum = 0;
  for (const value of values) {
    sum += typeof value === 'number' && Number.isFinite(value) ? value : 0;
  }
  return sum;
}

export function valueKey(value: StaticValue): string {
  return value.valueType === 'nil' ? 'nil' : `${value.valueType} ${String(value.value)}`;
}

const STATUS = ['ok', 'error', 'unset'] as const;
const KINDS = ['unspecified', 'internal', 'client', 'server', 'producer', 'consumer'] as const;

/** The value that a label's text stands for; undefined for "no such attribute". */
export function staticOf(attribute: string, label: string): StaticValue | undefined {
  const text = unquote(label);
  if (text === 'nil') {
    return undefined;
  }
  const status = STATUS.find((word) => word === text);
  if (status && /^(?:span:)?status$/.test(attribute)) {
    return { valueType: 'status', value: status };
  }
  const kind = KINDS.find((word) => word === text);
  if (kind && /^(?:span:)?kind$/.test(attribute)) {
    return { valueType: 'kind', value: kind };
  }
  return text === label ? unquotedStatic(text) : { valueType: 'string', value: text };
}

function unquotedStatic(text: string): StaticValue {
  if (/^-?\d+$/.test(text)) {
    return { valueType: 'int', value: BigInt(text) };
  }
  if (text === 'true' || text === 'false') {
    return { valueType: 'bool', value: text === 'true' };
  }
  const number = Number(text);
  return text !== '' && Number.isFinite(number)
    ? { valueType: 'float', value: number }
    : { valueType: 'string', value: text };
}

function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
