import { type Label } from './write-request';

/** Bytes; Tempo's registry.max_label_name_length and max_label_value_length. */
const MAX_NAME_BYTES = 1024;
const MAX_VALUE_BYTES = 2048;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A finished label set with the key that identifies its series. */
export interface LabelSet {
  labels: Label[];
  key: string;
}

/**
 * Collects labels as Tempo's registry does: of several with one name the last wins, an empty value removes the name,
 * and names and values are cut to their maximum.
 */
export class LabelBuilder {
  private readonly values = new Map<string, string>();

  add(name: string, value: string): void {
    this.values.set(name, value);
  }

  /** `undefined` when a cut went through the middle of a character: such text is not UTF-8 any more, and Tempo drops it. */
  build(): LabelSet | undefined {
    const labels: Label[] = [];
    for (const [name, value] of this.values) {
      if (value === '') {
        continue;
      }
      const cutName = cutText(name, MAX_NAME_BYTES);
      const cutValue = cutText(value, MAX_VALUE_BYTES);
      if (cutName === undefined || cutValue === undefined) {
        return undefined;
      }
      labels.push({ name: cutName, value: cutValue });
    }
    sortLabels(labels);
    return { labels, key: labelsKey(labels) };
  }
}

/** `text` cut to `maxBytes` of UTF-8; `undefined` when the cut splits a character. */
function cutText(text: string, maxBytes: number): string | undefined {
  if (text.length * 3 <= maxBytes) {
    return text;
  }
  const bytes = encoder.encode(text);
  if (bytes.length <= maxBytes) {
    return text;
  }
  try {
    return decoder.decode(bytes.subarray(0, maxBytes));
  } catch {
    return undefined;
  }
}

/** Identifies a sorted label set; the separators cannot occur in UTF-8 text that Prometheus accepts as a name. */
export function labelsKey(labels: readonly Label[]): string {
  let key = '';
  for (const { name, value } of labels) {
    key += `${name}\u0000${value}\u0001`;
  }
  return key;
}

export function sortLabels(labels: Label[]): Label[] {
  return labels.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** `labels` plus `more`, where `more` wins; sorted. */
export function mergeLabels(labels: readonly Label[], more: Readonly<Record<string, string>>): Label[] {
  const kept = labels.filter(({ name }) => !(name in more));
  const added = Object.entries(more)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }));
  return sortLabels([...kept, ...added]);
}

/** Every character that Prometheus label names do not allow becomes `_` (a leading digit stays, as in Tempo). */
export function sanitizeLabelName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/gu, '_');
}

/** As {@link sanitizeLabelName}, with `__` in front of a name that is taken. */
export function sanitizeWithCollisions(name: string, taken: ReadonlySet<string>): string {
  const sanitized = sanitizeLabelName(name);
  return taken.has(sanitized) ? `__${sanitized}` : sanitized;
}
