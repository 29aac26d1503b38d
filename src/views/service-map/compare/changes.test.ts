import { compareGraphs } from '../../../servicegraph/compare';
import { callId, type RequestStats, type Service, type ServiceGraph } from '../../../servicegraph/model';
import { changedGraph, changePaint } from './change-paint';
import { changeRows } from './change-rows';
import { beforeToNow, changeText } from './change-text';

const CALM: RequestStats = { rate: 10, errorRate: 0, mean: 0.1, p95: 0.2 };

function graph(stats: Record<string, RequestStats>): ServiceGraph {
  const services = ['web', ...Object.keys(stats)].map((name): Service => ({
    id: name,
    name,
    kind: 'service',
    stats: stats[name] ?? {},
  }));
  return {
    services,
    calls: Object.entries(stats).map(([name, own]) => ({
      id: callId('web', name, ''),
      source: 'web',
      target: name,
      connectionType: '',
      stats: own,
    })),
    notices: [],
  };
}

const now = graph({
  slow: { ...CALM, mean: 0.4, p95: 0.9 },
  fast: { ...CALM, mean: 0.05, p95: 0.1 },
  busy: { ...CALM, rate: 20 },
  calm: CALM,
  fresh: CALM,
});
const before = graph({ slow: CALM, fast: CALM, busy: CALM, calm: CALM, old: { ...CALM, rate: 3 } });
const comparison = compareGraphs({ graph: now, seconds: 3600 }, { graph: before, seconds: 3600 });
const { union } = comparison;
const serviceOf = (id: string) => union.services.find((service) => service.id === id) ?? union.services[0];

describe('a change as text', () => {
  it.each<['rate' | 'errors' | 'p95', number | undefined, number | undefined, string | undefined]>([
    ['p95', 0.1, 0.18, '▲ +80%'],
    ['p95', 0.2, 0.09, '▼ −55%'],
    ['rate', 1, 12, '▲ 12×'],
    ['rate', 10, 10.32, '▲ +3.2%'],
    ['errors', 0, 0.075, '▲ +7.5 pp'],
    ['errors', 0.5, 0.25, '▼ −25 pp'],
    ['errors', 0.0001, 0.0002, '▲ +<0.1 pp'],
    ['p95', 0.1, 0.1, '='],
    ['p95', undefined, 0.1, undefined],
    ['rate', 0, 5, undefined],
  ])('%s from %d to %d: %s', (stat, from, to, text) => {
    expect(changeText(stat, { before: from, now: to, size: 0 })).toBe(text);
  });

  it('has units, and says where a window has no number', () => {
    expect(beforeToNow('p95', { before: 0.12, now: 1.5, size: 3 })).toBe('120 ms → 1.50 s');
    expect(beforeToNow('errors', { before: 0, now: 0.25, size: 2 })).toBe('0% → 25%');
    expect(beforeToNow('rate', { now: 2, size: 0 })).toBe('no data → 2.00 req/s');
  });
});

describe('the colours of a comparison', () => {
  it.each<[string, string, string | undefined]>([
    ['slow', 'worse', '▲ +350%'],
    ['fast', 'better', '▼ −50%'],
    ['busy', 'traffic', '▲ +100%'],
    ['calm', 'ok', undefined],
    ['fresh', 'added', 'new'],
    ['old', 'removed', 'gone'],
  ])('%s is %s, told as %s', (name, tone, badge) => {
    const paint = changePaint(comparison, 'largest');
    expect(paint.ofService(serviceOf(name))).toBe(tone);
    expect(paint.badgeOf({}, name)).toBe(badge);
  });

  it('are those of the number that was chosen', () => {
    const paint = changePaint(comparison, 'rate');
    expect(paint.ofService(serviceOf('slow'))).toBe('ok');
    expect(paint.ofService(serviceOf('busy'))).toBe('worse');
    expect(paint.textOf?.('busy')).toBe('10.0 → 20.0 req/s');
    expect(paint.legend().map(({ text }) => text)).toContain('▲ more requests');
  });

  it('say nothing of what has no number in either window', () => {
    expect(changePaint(comparison, 'p99').ofService(serviceOf('slow'))).toBe('unknown');
    expect(changePaint(comparison, 'p99').ringOf(serviceOf('slow'))).toBeUndefined();
  });

  it('of a group are those of its loudest member', () => {
    const paint = changePaint(comparison, 'largest');
    expect(paint.ofServices?.(union.services)).toBe('worse');
    expect(paint.ofServices?.([serviceOf('calm'), serviceOf('fast')])).toBe('better');
    expect(paint.ofCalls?.(union.calls.filter(({ target }) => target === 'calm'))).toBe('ok');
  });

  it('explain every tone that is used', () => {
    const paint = changePaint(comparison, 'largest');
    const explained = new Set(paint.legend().map(({ tone }) => tone));
    for (const service of union.services.filter(({ id }) => id !== 'web')) {
      expect(explained).toContain(paint.ofService(service));
    }
  });
});

describe('the compared graph', () => {
  const drawn = changedGraph(comparison, 'largest');
  const details = (id: string) => drawn.services.find((service) => service.id === id)?.details;

  it('has what is gone, with what it was', () => {
    expect(details('old')).toEqual([{ label: 'Was', text: '3.00 req/s · 0% · 200 ms' }]);
  });

  it('says what it was before', () => {
    expect(details('slow')).toContainEqual({ label: 'p95 before', text: '200 ms ▲ +350%' });
    expect(details('calm')).toEqual([]);
  });
});

describe('the list of changes', () => {
  const names = (kind: 'service' | 'call', shown: ServiceGraph, compared: 'largest' | 'rate' = 'largest') =>
    changeRows(comparison, shown, kind, { compared }).map(({ change }) => change.id);

  it('has what changed, the largest first', () => {
    // What came or went counts 4 at most.
    expect(names('service', union)).toEqual(['fresh', 'old', 'slow', 'fast', 'busy']);
    expect(names('call', union)).toContain(callId('web', 'old', ''));
    expect(names('service', union)).not.toContain('calm');
  });

  it('is sorted by the number that was chosen', () => {
    expect(names('service', union, 'rate')).toEqual(['fresh', 'old', 'busy']);
  });

  it('has only what is on the map', () => {
    expect(names('service', { ...union, services: [serviceOf('fast'), serviceOf('slow')] })).toEqual(['slow', 'fast']);
  });
});
