import { DEFAULT_DIALECT } from './dialect';
import { queryServiceGraph } from './query';
import { type PromqlRow, type RunPromQL } from './run-promql';

const RANGE = { from: 0, to: 600_000 };
const EDGE: PromqlRow = { labels: { client: 'a', server: 'b' }, value: 1 };

function answering(failing: string[]): RunPromQL {
  return async (queries) => {
    const broken = queries.find(({ refId }) => failing.includes(refId));
    if (broken) {
      throw new Error('too many samples');
    }
    return { [queries[0].refId]: queries[0].refId === 'requests' ? [EDGE] : [] };
  };
}

describe('queryServiceGraph', () => {
  it('keeps the graph when a latency query fails, and says what is missing', async () => {
    const graph = await queryServiceGraph({
      runPromQL: answering(['callQuantiles', 'failed']),
      dialect: DEFAULT_DIALECT,
      range: RANGE,
    });
    expect(graph.calls).toHaveLength(1);
    expect(graph.calls[0].stats).toEqual({ rate: 1 });
    expect(graph.notices).toEqual([
      'Error rates are missing: too many samples',
      'Latency percentiles of calls are missing: too many samples',
    ]);
  });

  it('fails with the reason when the requests cannot be had', async () => {
    const answer = queryServiceGraph({ runPromQL: answering(['requests']), dialect: DEFAULT_DIALECT, range: RANGE });
    await expect(answer).rejects.toThrow('too many samples');
  });

  it('tells what a reduction left out', async () => {
    const totals: PromqlRow[] = [
      { labels: { left_out_part: 'calls' }, value: 25_000 },
      { labels: { left_out_part: 'rate' }, value: 4 },
    ];
    const graph = await queryServiceGraph({
      runPromQL: async ([{ refId }]) => ({
        [refId]: refId === 'requests' ? [EDGE] : refId === 'leftOut' ? totals : [],
      }),
      dialect: DEFAULT_DIALECT,
      range: RANGE,
      scope: { reduction: { topCalls: 1 } },
    });
    expect(graph.notices).toEqual(['24999 of 25000 calls with 75% of the requests are not shown']);
  });

  it('gives up when it is cancelled', async () => {
    const controller = new AbortController();
    const answer = queryServiceGraph({
      runPromQL: answering([]),
      dialect: DEFAULT_DIALECT,
      range: RANGE,
      signal: controller.signal,
    });
    controller.abort();
    await expect(answer).rejects.toThrow('abort');
  });
});
