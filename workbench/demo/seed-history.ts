import { type Span } from '../../src/trace/model';
import { type SpanBatch } from '../load/generate-history';
import { type WriteRequest } from '../tempo/generator';

export interface SeedTargets {
  store: { add(spans: readonly Span[]): void };
  generator: { push(spans: readonly Span[], nowMs: number): void; collect(nowMs: number): WriteRequest };
}

export interface SeedTotals {
  traces: number;
  spans: number;
}

/**
 * Takes the history in as Tempo would have done at its time: traces into the store, spans through the generator.
 * Yields what the generator would have written at each collection, to be written with those past times.
 */
export async function* replayHistory(
  history: AsyncIterable<SpanBatch>,
  { store, generator }: SeedTargets,
  collectionIntervalMs: number,
  onTotals: (totals: SeedTotals) => void
): AsyncGenerator<WriteRequest> {
  const totals = { traces: 0, spans: 0 };
  let nextCollectionMs: number | undefined;
  for await (const { atMs, spans } of history) {
    nextCollectionMs ??= atMs + collectionIntervalMs;
    for (; nextCollectionMs <= atMs; nextCollectionMs += collectionIntervalMs) {
      yield generator.collect(nextCollectionMs);
    }
    store.add(spans);
    generator.push(spans, atMs);
    totals.spans += spans.length;
    totals.traces += spans.filter((span) => span.parentSpanId === '').length;
  }
  onTotals(totals);
}
