import { DEFAULT_DIALECT } from './dialect';
import { type LoadedComparison, loadComparison } from './load-comparison';
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
});
