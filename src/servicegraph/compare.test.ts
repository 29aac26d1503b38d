import { compareGraphs, type ComparedGraph } from './compare';
import { callId, type RequestStats } from './model';
import { call, graphOf, service } from './service-graph.fixture';

const SECONDS = 3600;

/** Services get the numbers of the calls they receive; each is called once at most. */
function graph(calls: Record<string, RequestStats>): ComparedGraph {
  const parts = Object.entries(calls).map(([key, stats]) => ({ ends: key.split('>'), stats }));
  const names = [...new Set(parts.flatMap(({ ends }) => ends))];
  const services = names.map((name) =>
    service(name, { stats: parts.find(({ ends }) => ends[1] === name)?.stats ?? {} })
  );
  const ofParts = parts.map(({ ends: [source, target], stats }) => call(source, target, stats));
  return { graph: graphOf(services, ofParts), seconds: SECONDS };
}

const well = (rate: number, mean: number): RequestStats => ({ rate, errorRate: 0, mean, p50: mean, p95: 2 * mean });

function sizeOf(before: RequestStats, now: RequestStats) {
  return compareGraphs(graph({ 'a>b': now }), graph({ 'a>b': before })).calls[0];
}

describe('size of a change', () => {
  const calm: RequestStats = { rate: 10, errorRate: 0, mean: 0.1, p50: 0.1, p95: 0.2, p99: 0.3 };
  it.each<[string, RequestStats, RequestStats, string | undefined, number]>([
    ['nothing changed', calm, calm, undefined, 0],
    ['latency doubled', calm, { ...calm, mean: 0.2 }, 'mean', 1],
    ['latency halved', calm, { ...calm, p95: 0.1 }, 'p95', -1],
    ['latency four times', calm, { ...calm, p50: 0.4 }, 'p50', 2],
    ['half of the requests fail', calm, { ...calm, errorRate: 5 }, 'errors', 5],
    ['failures ended', { ...calm, errorRate: 5 }, calm, 'errors', -5],
    ['twice the traffic', calm, { ...calm, rate: 20 }, 'rate', 1],
  ])('%s', (_, before, now, leading, doublings) => {
    const change = sizeOf(before, now);
    expect(change.leading).toBe(leading);
    expect(leading ? change.stats[change.leading!].size : 0).toBeCloseTo(doublings, 0);
    expect(Math.sign(leading ? change.stats[change.leading!].size : 0)).toBe(Math.sign(doublings));
    expect(change.size).toBeGreaterThanOrEqual(0);
  });

  it.each<[string, RequestStats, RequestStats]>([
    [
      '5 requests, one of them failed',
      { rate: 5 / SECONDS, errorRate: 0 },
      { rate: 5 / SECONDS, errorRate: 1 / SECONDS },
    ],
    ['3 requests after 6', { rate: 6 / SECONDS }, { rate: 3 / SECONDS }],
    ['8 requests that were slower', { rate: 8 / SECONDS, p99: 0.1 }, { rate: 8 / SECONDS, p99: 0.4 }],
  ])('is 0 where chance explains it: %s', (_, before, now) => {
    expect(sizeOf(before, now)).toMatchObject({ size: 0, leading: undefined });
  });

  it('is smaller for less traffic', () => {
    const at = (rate: number) => sizeOf({ rate, mean: 0.1 }, { rate, mean: 0.3 }).size;
    expect(at(0.02)).toBeLessThan(at(1));
    expect(at(1)).toBeLessThan(at(100));
  });

  it('leaves numbers that a window lacks absent', () => {
    expect(sizeOf({ rate: 1 }, { rate: 1, errorRate: 1, mean: 3 }).stats).toMatchObject({
      errors: { before: undefined, now: 1, size: 0 },
      mean: { before: undefined, now: 3, size: 0 },
    });
  });

  it('takes a share from no failures at all as a difference, not as a ratio', () => {
    expect(Number.isFinite(sizeOf({ rate: 1, errorRate: 0 }, { rate: 1, errorRate: 1 }).size)).toBe(true);
  });
});

describe('order', () => {
  it('puts the slow service before its callers, which are slower because of it', () => {
    const before = graph({ 'user>web': well(10, 0.05), 'web>shop': well(10, 0.04), 'shop>db': well(20, 0.01) });
    const now = graph({ 'user>web': well(10, 0.85), 'web>shop': well(10, 0.84), 'shop>db': well(20, 0.41) });
    const { services, calls, servicesById } = compareGraphs(now, before);
    expect(services.map(({ id }) => id)).toEqual(['db', 'shop', 'web', 'user']);
    expect(calls[0].id).toBe(callId('shop', 'db', ''));
    expect(servicesById.get('web')?.ownShare).toBeCloseTo(0, 5);
    expect(servicesById.get('db')?.ownShare).toBe(1);
  });

  it('puts the failing service before its callers, which fail because of it', () => {
    const failing = (rate: number, errorRate: number): RequestStats => ({ rate, errorRate, mean: 0.1 });
    const before = graph({ 'user>web': failing(10, 0), 'web>shop': failing(10, 0), 'shop>pay': failing(10, 0) });
    const now = graph({ 'user>web': failing(10, 5), 'web>shop': failing(10, 5), 'shop>pay': failing(10, 5) });
    expect(compareGraphs(now, before).services[0].id).toBe('pay');
  });

  it('keeps a service first whose callee is only a little slower', () => {
    const before = graph({ 'user>web': well(10, 0.05), 'web>db': well(10, 0.01) });
    const now = graph({ 'user>web': well(10, 1), 'web>db': well(10, 0.012) });
    expect(compareGraphs(now, before).services[0]).toMatchObject({ id: 'web', leading: 'p50' });
  });

  it('does not blame a service that calls itself on itself', () => {
    const before = graph({ 'a>a': well(10, 0.1) });
    const now = graph({ 'a>a': well(10, 0.4) });
    expect(compareGraphs(now, before).services[0].ownShare).toBe(1);
  });
});

describe('what came and went', () => {
  const before = graph({ 'a>b': well(10, 0.1), 'a>old': well(10, 0.1) });
  const now = graph({ 'a>b': well(10, 0.1), 'a>new': well(10, 0.1), 'a>rare': well(2 / SECONDS, 0.1) });
  const { services, servicesById, callsById, union } = compareGraphs(now, before);

  it('is told from what is in both', () => {
    expect(services.map(({ id, presence }) => [id, presence])).toEqual(
      expect.arrayContaining([
        ['new', 'appeared'],
        ['old', 'vanished'],
        ['b', 'both'],
      ])
    );
    expect(callsById.get(callId('a', 'old', ''))).toMatchObject({
      presence: 'vanished',
      stats: { rate: { before: 10, now: undefined } },
    });
  });

  it('weighs by its requests', () => {
    expect(servicesById.get('new')?.size).toBe(4);
    expect(servicesById.get('rare')?.size).toBe(0);
  });

  it('is drawn without numbers when it is gone', () => {
    expect(union.services.find(({ id }) => id === 'old')?.stats).toEqual({});
    expect(union.calls).toHaveLength(4);
  });
});

it('compares 10,000 services with 25,000 calls at once', () => {
  const calls = Object.fromEntries(
    Array.from({ length: 25_000 }, (_, index) => [`s${index % 10_000}>s${(index * 7919 + 1) % 10_000}`, well(1, 0.1)])
  );
  const parts = Object.entries(calls);
  const big: ComparedGraph = {
    graph: graphOf(
      Array.from({ length: 10_000 }, (_, index) => service(`s${index}`, { stats: well(1, 0.1) })),
      parts.map(([key, stats]) => {
        const [source, target] = key.split('>');
        return call(source, target, stats, { id: key });
      })
    ),
    seconds: SECONDS,
  };
  expect(compareGraphs(big, big).calls.every(({ size }) => size === 0)).toBe(true);
});

describe('parts of a graph', () => {
  const busy = well(10, 0.1);

  it('tell nothing to have appeared or vanished: it may have been too quiet', () => {
    const now = graph({ 'a>b': busy, 'a>new': busy });
    const { services, calls, union } = compareGraphs(now, graph({ 'a>b': busy, 'a>old': busy }), { isPart: true });
    expect(services.map(({ id, presence, size }) => [id, presence, size])).toEqual([
      ['a', 'both', 0],
      ['b', 'both', 0],
      ['new', 'both', 0],
    ]);
    expect(calls).toHaveLength(2);
    expect(union).toEqual(now.graph);
  });
});
