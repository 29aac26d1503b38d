import { type Span } from '../../src/trace/model';
import { generateHistory } from '../load/generate-history';
import { MetricsGenerator, readGeneratorConfig } from '../tempo/generator';
import { TraceStore } from '../tempo/store';
import { replayHistory, type SeedTotals } from './seed-history';

jest.setTimeout(60_000);

const TO = Date.UTC(2026, 10, 21, 12);
const FROM = TO - 5 * 60_000;
const INTERVAL = 15_000;

test('past traces are in the store, and their series have past times and growing counts', async () => {
  const store = new TraceStore();
  const generator = new MetricsGenerator(readGeneratorConfig());
  const history = generateHistory({ from: FROM, to: TO, seed: 1, ratePerSecond: 2 });
  let totals: SeedTotals | undefined;
  const times = new Set<number>();
  const counts: number[] = [];
  for await (const { timeseries } of replayHistory(history, { store, generator }, INTERVAL, (all) => (totals = all))) {
    for (const { labels, samples } of timeseries) {
      const value = (name: string) => labels.find((label) => label.name === name)?.value;
      samples.forEach((sample) => times.add(sample.timestampMs));
      if (value('__name__') === 'traces_service_graph_request_total' && value('server') === 'auth-service') {
        counts.push(samples[samples.length - 1].value);
      }
    }
  }
  const sorted = [...times].sort((a, b) => a - b);
  expect(sorted[0]).toBeGreaterThan(FROM - 60_000);
  expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(TO);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[counts.length - 1]).toBeGreaterThan(100);
  expect(totals?.spans).toBe(store.spanCount);
  expect(totals?.traces).toBe(store.traceCount);
});

test('collects at every interval of the batches, even when no spans came', async () => {
  const span = { parentSpanId: '' } as Span;
  async function* history() {
    yield { atMs: 1000, spans: [span] };
    yield { atMs: 61_000, spans: [span] };
  }
  const collected: number[] = [];
  const pushed: number[] = [];
  const generator = {
    push: (_spans: readonly Span[], nowMs: number) => pushed.push(nowMs),
    collect: (nowMs: number) => {
      collected.push(nowMs);
      return { timeseries: [] };
    },
  };
  const replay = replayHistory(history(), { store: { add: () => undefined }, generator }, INTERVAL, () => undefined);
  while (!(await replay.next()).done) {
    expect(pushed).toEqual([1000]);
  }
  expect(collected).toEqual([16_000, 31_000, 46_000, 61_000]);
  expect(pushed).toEqual([1000, 61_000]);
});
