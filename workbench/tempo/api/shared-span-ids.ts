import { type Span } from '../../../src/trace/model';

/**
 * Zipkin's client and server spans may share an id. As Tempo does in a trace by id, the server's span gets an id of its
 * own (the smallest that is free), becomes the client span's child, and takes the children along.
 */
export function separateSharedIds(spans: readonly Span[]): readonly Span[] {
  const clients = new Set(spans.filter(({ kind }) => kind === 'client').map(({ spanId }) => spanId));
  const shared = new Set(
    spans.filter(({ kind, spanId }) => kind === 'server' && clients.has(spanId)).map(({ spanId }) => spanId)
  );
  if (shared.size === 0) {
    return spans;
  }
  const newIds = freeIds(shared, new Set(spans.map(({ spanId }) => spanId)));
  return spans.map((span) => {
    const own = span.kind === 'server' ? newIds.get(span.spanId) : undefined;
    if (own !== undefined) {
      return { ...span, spanId: own, parentSpanId: span.spanId };
    }
    const parent = newIds.get(span.parentSpanId);
    return parent === undefined ? span : { ...span, parentSpanId: parent };
  });
}

function freeIds(ids: Iterable<string>, taken: ReadonlySet<string>): Map<string, string> {
  const free = new Map<string, string>();
  let candidate = 1;
  for (const id of ids) {
    while (taken.has(hexId(candidate))) {
      candidate++;
    }
    free.set(id, hexId(candidate++));
  }
  return free;
}

function hexId(value: number): string {
  return value.toString(16).padStart(16, '0');
}
