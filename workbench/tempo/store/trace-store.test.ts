import { spansOf, type SpanSketch, TEST_START_NANOS } from '../testing/spans';

import { TraceStore } from '.';

const SECOND = BigInt(1_000_000_000);

function ids(store: TraceStore, from?: number, to?: number): string[] {
  const at = (seconds: number | undefined): bigint | undefined =>
    seconds === undefined ? undefined : TEST_START_NANOS + BigInt(seconds) * SECOND;
  return [...store.traces({ startTimeUnixNano: at(from), endTimeUnixNano: at(to) })].map(({ traceId }) =>
    traceId.replace(/^0+/, '')
  );
}

describe('TraceStore', () => {
  it('joins spans of a trace that come in several pushes', () => {
    const store = new TraceStore();
    store.add(spansOf([{ trace: 'a', id: '2', parent: '1', at: 50, for: 100 }]));
    const before = store.trace('a'.padStart(32, '0'));
    store.add(spansOf([{ trace: 'a', id: '1', at: 0, for: 120 }]));
    const after = store.trace('a'.padStart(32, '0'));
    expect(before?.spans).toHaveLength(1);
    expect(after?.spans.map(({ name }) => name)).toEqual(['2', '1']);
    expect(after?.startTimeUnixNano).toBe(TEST_START_NANOS);
    expect(after?.durationNanos).toBe(150e6);
    expect(store.spanCount).toBe(2);
    expect(store.trace('b'.padStart(32, '0'))).toBeUndefined();
  });

  it('finds the traces that overlap a window, newest first', () => {
    const store = new TraceStore();
    store.add(
      spansOf([
        { trace: 'a', id: '1', at: 0, for: 5000 },
        { trace: 'b', id: '2', at: 10_000, for: 1000 },
        { trace: 'c', id: '3', at: 20_000, for: 1000 },
      ])
    );
    expect(ids(store)).toEqual(['c', 'b', 'a']);
    expect(ids(store, 4, 10)).toEqual(['b', 'a']);
    expect(ids(store, 6, 9)).toEqual([]);
    expect(ids(store, 11)).toEqual(['c', 'b']);
    expect(ids(store, undefined, 9)).toEqual(['a']);
  });

  it('lets the traces that were begun first go when memory is short', () => {
    const sketch = (trace: string): SpanSketch => ({ trace, id: '1', attributes: { text: 'x'.repeat(1000) } });
    const one = new TraceStore();
    one.add(spansOf([sketch('a')]));
    const store = new TraceStore({ maxBytes: one.bytes * 3 });
    ['a', 'b', 'c', 'd', 'e'].forEach((trace) => store.add(spansOf([sketch(trace)])));
    expect(ids(store).sort()).toEqual(['c', 'd', 'e']);
    expect(store.traceCount).toBe(3);
    expect(store.bytes).toBeLessThanOrEqual(one.bytes * 3);
    store.clear();
    expect([store.traceCount, store.spanCount, store.bytes]).toEqual([0, 0, 0]);
  });

  it('cuts long attribute values at 2048 bytes, if need be within a character', () => {
    const store = new TraceStore();
    store.add(spansOf([{ id: '1', attributes: { ascii: 'a'.repeat(3000), wide: '時'.repeat(1000), short: 'ok' } }]));
    const [span] = store.trace('1'.padStart(32, '0'))?.spans ?? [];
    const [ascii, wide, short] = span.attributes.map(({ value }) => (value.type === 'string' ? value.value : ''));
    expect(ascii).toBe('a'.repeat(2048));
    // 682 characters are 2046 bytes; the two bytes left of the next cannot be read.
    expect(wide).toBe('時'.repeat(682) + '\uFFFD'.repeat(2));
    expect(short).toBe('ok');
  });

  it('keeps spans that need no cut as they are', () => {
    const store = new TraceStore();
    const spans = spansOf([{ id: '1', attributes: { a: 'b' } }]);
    store.add(spans);
    expect(store.trace('1'.padStart(32, '0'))?.spans[0]).toBe(spans[0]);
  });
});
