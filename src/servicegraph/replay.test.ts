import { parser } from '@prometheus-io/lezer-promql';
import { METRICS_DIALECTS } from './dialect';
import { runSteps } from '../trace/steps';
import { type Service, type ServiceGraph } from './model';
import { loadReplay, type Replay, replayQueries, replaySteps } from './replay';
import { type PromqlRangeQuery, type PromqlSeries, type RunPromQLRange } from './run-promql';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 10, 21, 12);
const range = { from: NOON - 4 * MINUTE, to: NOON };
const [TEMPO] = METRICS_DIALECTS;

function series(client: string, server: string, points: Array<[minutes: number, value: number]>): PromqlSeries {
  return {
    labels: { client, server },
    times: points.map(([minutes]) => NOON + minutes * MINUTE),
    values: points.map(([, value]) => value),
  };
}

function answering(answers: Record<string, PromqlSeries[] | Error>, asked: PromqlRangeQuery[] = []): RunPromQLRange {
  return async (queries) => {
    asked.push(...queries);
    const [{ refId }] = queries;
    const answer = answers[refId] ?? [];
    if (answer instanceof Error) {
      throw answer;
    }
    return { [refId]: answer };
  };
}

describe('replaySteps', () => {
  it.each([
    [HOUR, 0, 60],
    [24 * HOUR, 0, 1800],
    [10 * MINUTE, 0, 60],
    [HOUR, 25_000, 300],
    [30 * 24 * HOUR, 100, 43_200],
  ])('%i ms with %i calls in steps of %i s', (length, calls, step) => {
    const steps = replaySteps({ from: NOON - length, to: NOON }, calls);
    expect(steps.step).toBe(step);
    expect((steps.to - steps.from) / 1000 / step + 1).toBeLessThanOrEqual(60);
    expect(steps.to % (step * 1000)).toBe(0);
    // The first window begins within the range.
    expect(steps.from - step * 1000).toBeGreaterThanOrEqual(NOON - length - step * 1000);
  });
});

describe('loadReplay', () => {
  const requests = [
    series('user', 'web', [
      [-2, 1],
      [-1, 2],
      [0, 3],
    ]),
    series('web', 'late', [[0, 5]]),
  ];

  it('asks one range query for each number', async () => {
    const asked: PromqlRangeQuery[] = [];
    await loadReplay({ runPromQLRange: answering({ requests }, asked), dialect: TEMPO, range });
    expect(asked.map(({ refId }) => refId)).toEqual([
      'requests',
      'failed',
      'callMeans',
      'serviceQuantiles',
      'callQuantiles',
    ]);
    expect(asked[0].expr).toContain('[60s]');
  });

  it('has every service and call at every point, with the numbers of that point or none', async () => {
    const replay = await loadReplay({ runPromQLRange: answering({ requests }), dialect: TEMPO, range });
    expect(replay.times).toHaveLength(4);
    expect(replay.union.calls.map(({ stats }) => stats.rate)).toEqual([2, 5]);
    const rates = replay.times.map((_, index) => replay.graphAt(index).calls.map(({ stats }) => stats.rate));
    expect(rates).toEqual([
      [undefined, undefined],
      [1, undefined],
      [2, undefined],
      [3, 5],
    ]);
    expect(replay.graphAt(0).services.map(({ name }) => name)).toEqual(['user', 'web', 'late']);
  });

  it('shows the numbers before the percentiles, which take long in a large graph, and then those of services too', async () => {
    const p95 = { latency_quantile: '0.95' };
    const runPromQLRange = answering({
      requests,
      serviceQuantiles: [{ labels: { server: 'web', ...p95 }, times: [NOON], values: [0.25] }],
    });
    const told: Array<[rate?: number, p95?: number]> = [];
    const web = (graph: ServiceGraph) => graph.services.find(({ name }) => name === 'web')?.stats;
    const numbers = (graph: ServiceGraph): [number?, number?] => [web(graph)?.rate, web(graph)?.p95];
    const onEarly = (replay: Replay) => told.push(numbers(replay.graphAt(3)));
    const replay = await loadReplay({ runPromQLRange, dialect: TEMPO, range, onEarly });
    expect(told).toEqual([
      [3, undefined],
      [3, 0.25],
    ]);
    expect(numbers(replay.graphAt(3))).toEqual([3, 0.25]);
    // Whether in one go or in steps
    expect(runSteps(replay.graphSteps(3))).toEqual(replay.graphAt(3));
  });

  it('asks for no percentiles where none are wanted', async () => {
    const asked: PromqlRangeQuery[] = [];
    const scope = { reduction: { percentiles: false } };
    await loadReplay({ runPromQLRange: answering({ requests }, asked), dialect: TEMPO, range, scope });
    expect(asked.map(({ refId }) => refId)).toEqual(['requests', 'failed', 'callMeans']);
  });

  it('keeps what is on the map in its order, also what has no calls, with the numbers of the point or none', async () => {
    const shown = (name: string): Service => ({
      id: name,
      name,
      kind: 'service',
      stats: { rate: 99 },
      reported: { rate: 99, errorRate: 0 },
    });
    const graph: ServiceGraph = { services: [shown('alone'), shown('late'), shown('web')], calls: [], notices: [] };
    const replay = await loadReplay({ runPromQLRange: answering({ requests }), dialect: TEMPO, range, graph });
    expect(replay.graphAt(1).services.map(({ name, stats }) => [name, stats.rate])).toEqual([
      ['alone', undefined],
      ['late', undefined],
      ['web', 1],
      ['user', undefined],
    ]);
    // Of the whole range, not of the point
    expect(replay.graphAt(1).services.map(({ reported }) => reported)).toEqual(Array(4).fill(undefined));
  });

  it('finds a point by its time where a series has gaps', async () => {
    const gaps = [
      series('user', 'web', [
        [-3, 7],
        [0, 9],
      ]),
    ];
    const replay = await loadReplay({ runPromQLRange: answering({ requests: gaps }), dialect: TEMPO, range });
    expect(replay.times.map((_, index) => replay.graphAt(index).calls[0].stats.rate)).toEqual([
      7,
      undefined,
      undefined,
      9,
    ]);
  });

  it('adds up all calls of each point', async () => {
    const failed = [series('user', 'web', [[0, 2]])];
    const replay = await loadReplay({ runPromQLRange: answering({ requests, failed }), dialect: TEMPO, range });
    expect(replay.totals).toEqual([
      { rate: undefined },
      { rate: 1, errorRate: 0 },
      { rate: 2, errorRate: 0 },
      { rate: 8, errorRate: 2 },
    ]);
    const refused = answering({ requests, failed: new Error('too many samples') });
    const { totals } = await loadReplay({ runPromQLRange: refused, dialect: TEMPO, range });
    expect(totals[3]).toEqual({ rate: 8 });
  });

  it('goes on without a number that cannot be had, and says so', async () => {
    const runPromQLRange = answering({ requests, callQuantiles: new Error('too many samples') });
    const replay = await loadReplay({ runPromQLRange, dialect: TEMPO, range });
    expect(replay.graphAt(3).notices).toEqual(['Latency percentiles of calls are missing: too many samples']);
  });

  it('fails with the reason when there are no requests to be had', async () => {
    const runPromQLRange = answering({ requests: new Error('refused') });
    await expect(loadReplay({ runPromQLRange, dialect: TEMPO, range })).rejects.toThrow('refused');
  });

  it('builds PromQL', () => {
    const all = METRICS_DIALECTS.map((dialect) => replayQueries(dialect, 60));
    for (const { expr } of all.flatMap(({ numbers, percentiles }) => [...numbers, ...percentiles])) {
      parser.parse(expr).iterate({ enter: ({ type }) => expect(type.isError).toBe(false) });
    }
  });
});
