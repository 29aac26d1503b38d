import { DEFAULT_DIALECT } from './dialect';
import { EVERY_CALLEE, graphQueries, queryServiceGraph, type ServiceGraphRequest } from './query';
import { type PromqlQuery, type PromqlRow, type RunPromQL } from './run-promql';
import { type Reduction } from './scope';

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

describe('rounds', () => {
  const DATABASE = ['', 'shop'].map((server_service_namespace) => ({
    labels: { client: 'b', server: 'pg', server_service_namespace, connection_type: 'database' },
    value: 2,
  }));
  const CALLS = [EDGE, ...DATABASE];
  type Asking = Partial<Pick<ServiceGraphRequest, 'severalLabelSets' | 'scope'>> & { refuses?: RegExp };

  /** Which queries were sent before any was answered, and which after that */
  async function roundsOf({ refuses, ...asking }: Asking) {
    const rounds: PromqlQuery[][] = [];
    let isOpen = false;
    const runPromQL: RunPromQL = async ([query]) => {
      if (!isOpen) {
        isOpen = true;
        rounds.push([]);
        setTimeout(() => (isOpen = false));
      }
      rounds[rounds.length - 1].push(query);
      await new Promise((resolve) => setTimeout(resolve));
      if (refuses?.test(query.expr)) {
        throw new Error("too long query; got 20000 bytes; mustn't exceed `-search.maxQueryLen=16384` bytes");
      }
      return { [query.refId]: query.refId === 'requests' ? CALLS : [] };
    };
    const graph = await queryServiceGraph({ runPromQL, dialect: DEFAULT_DIALECT, range: RANGE, ...asking });
    const refIds = rounds.map((round) => round.map(({ refId }) => refId).sort());
    const exprOf = (wanted: string) =>
      rounds
        .flat()
        .filter(({ refId }) => refId === wanted)
        .at(-1)?.expr ?? '';
    return { graph, refIds, exprOf, sent: rounds.flat() };
  }

  const NUMBERS = ['callMeans', 'failed', 'requests', 'spans'];
  const QUANTILES = ['callQuantiles', 'serviceQuantiles'];
  const MERGED = 'latency_merged';

  it('finds out in a first one which callees have several label sets, and reads the buckets of only these twice', async () => {
    const { refIds, exprOf, graph } = await roundsOf({});
    expect(refIds).toEqual([NUMBERS, QUANTILES]);
    for (const refId of QUANTILES) {
      const [own, merged] = exprOf(refId).split(/ or (?=label_replace\(\(label_replace)/);
      expect(own).not.toContain('server="pg"');
      expect(merged).toContain(MERGED);
      expect(merged.match(/_bucket\{[^}]*\}/g)).toEqual(merged.match(/_bucket\{[^}]*server="pg"\}/g));
    }
    expect(graph.severalLabelSets).toEqual(['pg']);
  });

  it.each([
    ['when they are known', ['pg'], /server="pg"/],
    ['when there are none', [], undefined],
    ['when it could be any', EVERY_CALLEE, /latency_merged/],
  ] as const)('takes one %s', async (_, severalLabelSets, merging) => {
    const { refIds, exprOf } = await roundsOf({ severalLabelSets });
    expect(refIds).toEqual([[...QUANTILES, ...NUMBERS].sort()]);
    for (const refId of QUANTILES) {
      expect(exprOf(refId).includes(MERGED)).toBe(merging !== undefined);
      expect(exprOf(refId)).toMatch(merging ?? /./);
    }
  });

  it.each<[string, Reduction]>([
    ['the busiest', { topCalls: 3 }],
    ['a lowest rate', { minRate: 0.5 }],
  ])('asks for the numbers of the chosen calls by their names: %s', async (_, reduction) => {
    const { refIds, exprOf, sent } = await roundsOf({ scope: { reduction } });
    expect(refIds).toEqual([['requests'], [...QUANTILES, 'callMeans', 'failed', 'leftOut'].sort()]);
    expect(sent).toHaveLength(6);
    const ofCalls = 'client=~"a|b", server=~"b|pg"';
    expect(exprOf('failed')).toContain(`_failed_total{${ofCalls}}`);
    for (const refId of ['callMeans', 'callQuantiles']) {
      const read = exprOf(refId).match(/_seconds\w*\{[^}]*\}/g) ?? [];
      expect(read.length).toBeGreaterThan(0);
      expect(read.filter((selector) => !selector.includes(ofCalls))).toEqual([]);
    }
    for (const refId of ['serviceQuantiles', 'leftOut']) {
      const read = exprOf(refId).match(/_seconds\w*\{[^}]*\}/g) ?? [];
      expect(read.length).toBeGreaterThan(0);
      expect(read.filter((selector) => !selector.includes('server=~"a|b|pg"'))).toEqual([]);
    }
  });

  it('names nothing where the busiest are all', async () => {
    const { exprOf, sent } = await roundsOf({ scope: { reduction: { topCalls: 500 } } });
    expect(sent).toHaveLength(6);
    expect(exprOf('callMeans')).not.toContain('client=~');
  });

  it('reads everything where the names make a query too long for the server', async () => {
    const scope = { reduction: { topCalls: 3 } };
    const { graph, exprOf } = await roundsOf({ scope, refuses: /client=~"a\|b"/ });
    expect(graph.notices).toEqual([]);
    const wide = graphQueries(DEFAULT_DIALECT, RANGE, scope).find(({ refId }) => refId === 'callQuantiles');
    expect(exprOf('callQuantiles')).toBe(wide?.expr);
  });

  it('has what is around a service in one, as its names are known', async () => {
    const { refIds } = await roundsOf({ scope: { reduction: { services: ['a', 'b'], minRate: 1 } } });
    expect(refIds).toHaveLength(1);
  });
});
