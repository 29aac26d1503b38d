import { METRICS_DIALECTS } from '../../../servicegraph/dialect';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type PromqlRow, type RunPromQL } from '../../../servicegraph/run-promql';
import { queryGraphInParts } from './query-graph-in-parts';

const RANGE = { from: 0, to: 3_600_000 };
const CALL = { client: 'web', server: 'api' };
const ANSWERS: Record<string, PromqlRow[]> = {
  requests: [{ labels: CALL, value: 2 }],
  callMeans: [{ labels: { ...CALL, side: 'server' }, value: 0.3 }],
};

/** Answers at once, but for percentiles, which are told when `tell` is called. */
function slowPercentiles() {
  const asked: string[] = [];
  let tell = () => {};
  const told = new Promise<void>((resolve) => (tell = resolve));
  const runPromQL: RunPromQL = async ([{ refId }]) => {
    asked.push(refId);
    if (refId.endsWith('Quantiles')) {
      await told;
    }
    return { [refId]: ANSWERS[refId] ?? [] };
  };
  return { asked, tell, request: { runPromQL, dialect: METRICS_DIALECTS[0], range: RANGE } };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('queryGraphInParts', () => {
  it('tells calls and rates before the percentiles are there, with no query more', async () => {
    const { asked, tell, request } = slowPercentiles();
    const early: ServiceGraph[] = [];
    const whole = queryGraphInParts(request, (graph) => early.push(graph));
    await jest.advanceTimersByTimeAsync(1500);
    expect(early.map(({ calls }) => calls.map(({ stats }) => stats.rate))).toEqual([[2]]);
    expect(early[0].notices).toEqual([]);
    tell();
    expect((await whole).calls).toHaveLength(1);
    expect(asked).toHaveLength(new Set(asked).size);
    expect(asked).toHaveLength(6);
  });

  it('tells nothing in between where all comes at once, or where percentiles are not wanted', async () => {
    const onEarly = jest.fn();
    const quick = slowPercentiles();
    quick.tell();
    await queryGraphInParts(quick.request, onEarly);
    const without = { ...slowPercentiles().request, scope: { reduction: { percentiles: false } } };
    await queryGraphInParts(without, onEarly);
    await jest.advanceTimersByTimeAsync(5000);
    expect(onEarly).not.toHaveBeenCalled();
  });

  it('tells the busiest calls before the sum of all others is there, and no sums that lack it', async () => {
    const { asked, tell, request } = slowPercentiles();
    const early: ServiceGraph[] = [];
    const runPromQL: RunPromQL = (queries, signal) =>
      queries[0].refId === 'leftOut' ? new Promise(() => undefined) : request.runPromQL(queries, signal);
    tell();
    void queryGraphInParts(
      { ...request, runPromQL, scope: { reduction: { topCalls: 1, percentiles: false } } },
      (graph) => early.push(graph)
    );
    await jest.advanceTimersByTimeAsync(1500);
    expect(early.map(({ calls }) => calls.map(({ stats }) => stats.rate))).toEqual([[2]]);
    expect(early[0].services.map(({ stats }) => stats.rate)).toEqual([undefined, undefined]);
    expect(asked).toHaveLength(new Set(asked).size);
  });

  it('fails once where there is no graph at all', async () => {
    const onEarly = jest.fn();
    const { request, tell } = slowPercentiles();
    const runPromQL: RunPromQL = (queries, signal) =>
      queries[0].refId === 'requests' ? Promise.reject(new Error('gone')) : request.runPromQL(queries, signal);
    const failed = expect(queryGraphInParts({ ...request, runPromQL }, onEarly)).rejects.toThrow('gone');
    await jest.advanceTimersByTimeAsync(1500);
    tell();
    await failed;
    expect(onEarly).not.toHaveBeenCalled();
  });
});
