import { act, renderHook, waitFor } from '@testing-library/react';
import { DEFAULT_DIALECT } from '../../../../servicegraph/dialect';
import { type PromqlRow, type RunPromQLAt } from '../../../../servicegraph/run-promql';
import { call, graphOf, service } from '../../../../servicegraph/service-graph.fixture';
import { GraphSource } from '../graph-source';
import { useComparison } from './use-comparison';

const RUNS: { at: RunPromQLAt } = { at: () => async () => ({}) };
jest.mock('../../../run-promql', () => ({ promqlRunnerAt: () => (range: never) => RUNS.at(range) }));

const NOON = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const CALL = { client: 'web', server: 'api' };
const ANSWERS: Record<string, PromqlRow[]> = {
  requests: [{ labels: CALL, value: 2 }],
  callQuantiles: [{ labels: { ...CALL, latency_side: 'server', latency_quantile: '0.95' }, value: 0.1 }],
};

function graph(p95?: number) {
  const stats = { rate: 2, errorRate: 0, ...(p95 === undefined ? {} : { p95 }) };
  return graphOf([service('web'), service('api', { stats })], [call('web', 'api', stats)]);
}

/** Tells what is asked; @param fails whether the first answer to a query is an error */
function asking(fails: (refId: string) => boolean = () => false) {
  const asked: string[] = [];
  RUNS.at =
    ({ from, to }) =>
    async ([{ refId }]) => {
      const name = `${refId} ${(NOON - from) / HOUR}-${(NOON - to) / HOUR}`;
      const isFirst = !asked.includes(name);
      asked.push(name);
      if (isFirst && fails(refId)) {
        throw new Error('out of order');
      }
      return { [refId]: ANSWERS[refId] ?? [] };
    };
  return asked;
}

function comparing() {
  const source = new GraphSource();
  const range = { from: NOON - HOUR, to: NOON };
  source.setState({ graph: graph(), dialect: DEFAULT_DIALECT, range });
  const before = { kind: 'before' as const };
  return { source, ...renderHook(() => useComparison(source, before)) };
}

it('asks for the earlier window once, and for its percentiles when those of the graph are there', async () => {
  const asked = asking();
  const { source, result } = comparing();
  await waitFor(() => expect(result.current.isLoading).toBe(false));
  expect(asked).toContain('requests 2-1');
  expect(asked).not.toContain('callQuantiles 2-1');
  act(() => source.setState({ graph: graph(0.2) }));
  await waitFor(() => expect(result.current.value?.calls[0].stats.p95).toMatchObject({ before: 0.1, now: 0.2 }));
  expect(asked).toHaveLength(new Set(asked).size);
});

it('asks again for what failed, and for a new window', async () => {
  const asked = asking((refId) => refId === 'requests');
  const { source, result } = comparing();
  await waitFor(() => expect(result.current.error).toContain('out of order'));
  act(() => result.current.retry());
  await waitFor(() => expect(result.current.value?.hasEarlier).toBe(true));
  expect(asked.filter((name) => name === 'requests 2-1')).toHaveLength(2);
  act(() => source.setState({ graph: graph(), range: { from: NOON, to: NOON + HOUR } }));
  await waitFor(() => expect(asked).toContain('requests 1-0'));
});
