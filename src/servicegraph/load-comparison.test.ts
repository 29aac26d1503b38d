import { DEFAULT_DIALECT } from './dialect';
import { isComparable, type LoadedComparison, loadComparison } from './load-comparison';
import { type RequestStats, type ServiceGraph } from './model';
import { type ServiceGraphRequest } from './query';
import { graphOf, service } from './service-graph.fixture';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 21, 12);
const range = { from: NOON - HOUR, to: NOON };

function graph(stats: RequestStats): ServiceGraph {
  return graphOf([service('api', { stats })]);
}

function comparing(now: ServiceGraph, early: ServiceGraph, whole: ServiceGraph) {
  const asked: ServiceGraphRequest[] = [];
  const told: LoadedComparison[] = [];
  const done = loadComparison({
    runPromQLAt: () => async () => ({}),
    dialect: DEFAULT_DIALECT,
    range,
    comparison: { kind: 'before' },
    now,
    query: async (request, onEarly) => {
      asked.push(request);
      onEarly(early);
      return whole;
    },
    onEarly: (comparison) => told.push(comparison),
  });
  return { asked, told, done };
}

const stat = ({ services: [api] }: LoadedComparison, key: 'mean' | 'p95') => api.stats[key];

describe('loadComparison', () => {
  it('tells what changed before the percentiles of the earlier window are there', async () => {
    const now = graph({ rate: 100, errorRate: 0, mean: 0.4, p95: 1 });
    const early = graph({ rate: 100, errorRate: 0, mean: 0.1 });
    const whole = graph({ rate: 100, errorRate: 0, mean: 0.1, p95: 0.2 });
    const { asked, told, done } = comparing(now, early, whole);
    const last = await done;
    expect(asked.map((request) => request.range)).toEqual([{ from: NOON - 2 * HOUR, to: NOON - HOUR }]);
    expect(told).toHaveLength(1);
    expect(stat(told[0], 'mean')).toMatchObject({ before: 0.1, now: 0.4 });
    expect(stat(told[0], 'p95')).toMatchObject({ before: undefined, now: 1, size: 0 });
    expect(stat(last, 'p95')).toMatchObject({ before: 0.2, now: 1 });
  });

  it.each([
    ['no percentiles where the graph on screen has none', { rate: 1, mean: 0.1 }, false],
    ['percentiles where it has some', { rate: 1, mean: 0.1, p99: 1 }, undefined],
  ])('asks for %s', async (_, stats, percentiles) => {
    const { asked, done } = comparing(graph(stats), graph({}), graph({}));
    await done;
    expect(asked[0].scope?.reduction?.percentiles).toBe(percentiles);
  });

  it('asks for the series themselves of a window before they were recorded', async () => {
    const asked: ServiceGraphRequest[] = [];
    await loadComparison({
      runPromQLAt: () => async () => ({}),
      dialect: { ...DEFAULT_DIALECT, recorded: { interval: 60, only: false, spans: false } },
      range,
      comparison: { kind: 'before' },
      query: async (request) => {
        asked.push(request);
        return graph({});
      },
    });
    const isRecorded = (from: number) =>
      asked.find((request) => request.range.from === from)?.dialect.recorded !== undefined;
    expect([isRecorded(range.from), isRecorded(range.from - HOUR)]).toEqual([true, false]);
  });

  it('calls nothing gone whose samples are not there yet', async () => {
    const second = 1000;
    const comparison = await loadComparison({
      runPromQLAt: () => async () => ({
        samples: [
          { labels: { sample_part: 'window' }, value: 1 },
          { labels: { sample_part: 'recent' }, value: 20 },
        ],
      }),
      dialect: DEFAULT_DIALECT,
      range: { from: NOON - 20 * second, to: NOON },
      comparison: { kind: 'before' },
      now: graphOf([]),
      query: async () => graph({ rate: 100, errorRate: 0 }),
    });
    expect(comparison.hasEarlier).toBe(true);
    expect(isComparable(comparison)).toBe(false);
    expect(comparison.fewSamples).toMatchObject({ window: 'now', interval: 15, seconds: 60 });
  });
});
