import { compareGraphs, type GraphComparison } from '../../../servicegraph/compare';
import { callId, type RequestStats, type ServiceGraph } from '../../../servicegraph/model';
import { type ChangeOrder, explainer, impactOf } from './change-order';
import { changeRows } from './change-rows';
import { reasonText } from './order-text';

type Calls = Record<string, RequestStats>;

function graph(calls: Calls): ServiceGraph {
  const parts = Object.entries(calls).map(([key, stats]) => ({ ends: key.split('>'), stats }));
  const names = [...new Set(parts.flatMap(({ ends }) => ends))];
  return {
    services: names.map((name) => ({
      id: name,
      name,
      kind: 'service',
      stats: parts.find(({ ends }) => ends[1] === name)?.stats ?? {},
    })),
    calls: parts.map(({ ends: [source, target], stats }) => ({
      id: callId(source, target, ''),
      source,
      target,
      connectionType: '',
      stats,
    })),
    notices: [],
  };
}

function compare(before: Calls, now: Calls): GraphComparison {
  return compareGraphs({ graph: graph(now), seconds: 3600 }, { graph: graph(before), seconds: 3600 });
}

const well = (rate: number, mean: number, errorRate = 0): RequestStats => ({ rate, errorRate, mean, p95: 2 * mean });

/** The database became four times as slow; its caller far more, as it asks many times, but only by waiting for it. */
const SLOW_DATABASE = compare(
  { 'user>web': well(10, 0.05), 'web>db': well(100, 0.02), 'user>shop': well(4, 0.1) },
  { 'user>web': well(10, 0.65), 'web>db': well(100, 0.08), 'user>shop': well(4, 0.1, 0.4) }
);

function list(comparison: GraphComparison, order: ChangeOrder) {
  const explain = explainer(comparison);
  return changeRows(comparison, comparison.union, 'service', { compared: 'largest', order }).map(
    ({ change }) => `${change.id}: ${reasonText(change, { order, compared: 'largest', explain }) ?? ''}`
  );
}

describe('the order of changes', () => {
  it('has the likely cause first, and says why a larger change stands behind it', () => {
    expect(list(SLOW_DATABASE, 'cause')).toEqual([
      'db: +6.00 s waiting per second, its own',
      'shop: +0.40 req/s failed, its own',
      'web: +6.00 s waiting per second, all from db',
    ]);
  });

  it('has the largest change first when that is asked for', () => {
    expect(list(SLOW_DATABASE, 'change').map((text) => text.split(':')[0])).toEqual(['web', 'db', 'shop']);
  });

  it('has what adds most waiting, or most failures, first', () => {
    expect(list(SLOW_DATABASE, 'waiting')).toEqual([
      'db: +6.00 s waiting per second',
      'web: +6.00 s waiting per second',
      'shop: +0 s waiting per second',
    ]);
    expect(list(SLOW_DATABASE, 'failures')[0]).toBe('shop: +0.40 req/s failed');
  });

  it('has what got better behind what got worse, and what has no such number last', () => {
    const comparison = compare(
      { 'a>fast': well(10, 0.4), 'a>slow': well(10, 0.1), 'a>unknown': { rate: 10, p95: 0.1 } },
      { 'a>fast': well(10, 0.1), 'a>slow': well(10, 0.3), 'a>unknown': { rate: 10, p95: 0.4 } }
    );
    expect(list(comparison, 'waiting')).toEqual([
      'slow: +2.00 s waiting per second',
      'fast: −3.00 s waiting per second',
      'unknown: no average latency to tell the waiting',
    ]);
  });

  it('says what is certain where there were few requests', () => {
    const few = (mean: number) => ({ rate: 20 / 3600, mean });
    const [text] = list(compare({ 'a>b': few(0.1) }, { 'a>b': few(0.2) }), 'cause');
    expect(text).toMatch(/few requests: only 1\d\d ms is certain$/);
    expect(list(compare({ 'a>b': well(9, 0.1) }, { 'a>b': well(9, 0.2) }), 'cause')[0]).not.toContain('few');
  });

  it('says that traffic counts half', () => {
    expect(list(compare({ 'a>b': well(9, 0.1) }, { 'a>b': well(30, 0.1) }), 'cause')).toEqual([
      'b: traffic counts half in this order',
    ]);
  });
});

describe('where a change comes from', () => {
  it('is the callee with the most of it, of several', () => {
    const comparison = compare(
      { 'u>web': well(10, 0.1), 'web>db': well(10, 0.02), 'web>cache': well(10, 0.01) },
      { 'u>web': well(10, 1.1), 'web>db': well(10, 0.52), 'web>cache': well(10, 0.11) }
    );
    const [web] = comparison.services.filter(({ id }) => id === 'web');
    const found = explainer(comparison)(web, 'mean');
    expect(found).toEqual({ share: expect.closeTo(0.6, 5), callee: 'db', isOnlyOne: false });
    const order = { order: 'cause', compared: 'mean', explain: explainer(comparison) } as const;
    expect(reasonText(web, order)).toContain('60% from db and others');
  });

  it('of a call is what its callee calls', () => {
    const [call] = SLOW_DATABASE.calls.filter(({ now }) => now?.target === 'web');
    expect(explainer(SLOW_DATABASE)(call, 'mean')).toMatchObject({ callee: 'db', isOnlyOne: true });
  });

  it('is no question for what got better, and for traffic', () => {
    const comparison = compare({ 'a>b': well(9, 0.4) }, { 'a>b': well(40, 0.1) });
    const [change] = comparison.services.filter(({ id }) => id === 'b');
    const explain = explainer(comparison);
    expect(explain(change, 'mean')).toBeUndefined();
    expect(explain(change, 'rate')).toBeUndefined();
  });
});

describe('what a change adds for all callers', () => {
  const comparison = compare(
    { 'a>old': well(2, 0.5, 1), 'a>b': { rate: 3 } },
    { 'a>new': well(4, 0.25, 2), 'a>b': { rate: 3 } }
  );
  const of = (id: string) => impactOf(comparison.servicesById.get(id) ?? comparison.services[0]);
  it('is all of what came, and is taken off by what is gone', () => {
    expect(of('new')).toEqual({ waiting: 1, failures: 2 });
    expect(of('old')).toEqual({ waiting: -1, failures: -1 });
  });

  it('is not known without averages and failures', () => {
    expect(of('b')).toEqual({ waiting: undefined, failures: undefined });
  });
});
