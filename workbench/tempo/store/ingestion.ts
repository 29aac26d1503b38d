import { type KeyValue, type Span } from '../../../src/trace/model';

/** Tempo's default, bytes of UTF-8: `distributor.max_attribute_bytes`. */
const MAX_ATTRIBUTE_BYTES = 2048;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Owner {
  attributes: KeyValue[];
}

/**
 * Cuts long attribute keys and texts as Tempo does at ingestion, if need be in the middle of a character, which reads
 * U+FFFD then. Resources and scopes stay shared, and what has nothing long stays the same object.
 */
export function withBoundedAttributes(spans: readonly Span[]): Span[] {
  const resources = sharedBound<Span['resource']>();
  const scopes = sharedBound<Span['scope']>();
  return spans.map((span) => {
    const resource = resources(span.resource);
    const scope = scopes(span.scope);
    const own = bound(span);
    const events = boundAll(span.events);
    const links = boundAll(span.links);
    const unchanged =
      own === span &&
      resource === span.resource &&
      scope === span.scope &&
      events === span.events &&
      links === span.links;
    return unchanged ? span : { ...own, resource, scope, events, links };
  });
}

function sharedBound<T extends Owner>(): (owner: T) => T {
  const known = new Map<T, T>();
  return (owner) => {
    const bounded = known.get(owner) ?? bound(owner);
    known.set(owner, bounded);
    return bounded;
  };
}

function boundAll<T extends Owner>(owners: T[]): T[] {
  const bounded = owners.map(bound);
  return bounded.some((owner, i) => owner !== owners[i]) ? bounded : owners;
}

function bound<T extends Owner>(owner: T): T {
  if (owner.attributes.every(isShort)) {
    return owner;
  }
  return { ...owner, attributes: owner.attributes.map(boundAttribute) };
}

function isShort({ key, value }: KeyValue): boolean {
  return isShortText(key) && (value.type !== 'string' || isShortText(value.value));
}

function isShortText(text: string): boolean {
  // A UTF-16 unit takes three bytes at most.
  return text.length * 3 <= MAX_ATTRIBUTE_BYTES || encoder.encode(text).length <= MAX_ATTRIBUTE_BYTES;
}

function boundAttribute({ key, value }: KeyValue): KeyValue {
  return {
    key: cut(key),
    value: value.type === 'string' ? { type: 'string', value: cut(value.value) } : value,
  };
}

function cut(text: string): string {
  return isShortText(text) ? text : decodeCut(encoder.encode(text).subarray(0, MAX_ATTRIBUTE_BYTES));
}

/** Each byte of a character that was cut reads U+FFFD by itself. */
function decodeCut(bytes: Uint8Array): string {
  let whole = bytes.length;
  while (whole > 0 && isContinuation(bytes[whole - 1])) {
    whole--;
  }
  const lead = bytes[whole - 1];
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  const cutBytes = bytes.length - whole + 1;
  return cutBytes >= needed
    ? decoder.decode(bytes)
    : decoder.decode(bytes.subarray(0, whole - 1)) + '\uFFFD'.repeat(cutBytes);
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
