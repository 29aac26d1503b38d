import { bucketVerdict } from './bucket-verdict';
import { bucketsOf } from './prometheus/buckets';

const buckets = (...counts: Array<[le: number, count: number]>) => counts.map(([le, count]) => ({ le, count }));

it.each([
  ['spread out', buckets([0.1, 40], [0.2, 40], [Infinity, 2]), { kind: 'fine' }],
  ['all in the first', buckets([0.1, 90], [0.2, 10], [Infinity, 0]), { kind: 'coarse', share: 0.9, from: 0, to: 0.1 }],
  ['all in one', buckets([0.1, 1], [0.2, 99], [Infinity, 0]), { kind: 'coarse', share: 0.99, from: 0.1, to: 0.2 }],
  [
    'above the last',
    buckets([0.1, 50], [0.2, 40], [Infinity, 10]),
    { kind: 'coarse', share: 0.1, from: 0.2, to: Infinity },
  ],
  ['too few', buckets([0.1, 5], [Infinity, 0]), { kind: 'empty' }],
  ['none', [], { kind: 'empty' }],
])('%s', (_, list, verdict) => {
  expect(bucketVerdict(list)).toEqual(verdict);
});

it('takes Prometheus’ cumulative buckets apart, in any order, without what is no number', () => {
  const rows: Array<{ labels: Record<string, string>; value: number }> = [
    { labels: { le: '+Inf' }, value: 10 },
    { labels: { le: '0.1' }, value: 4 },
    { labels: { le: '0.2' }, value: 9 },
    { labels: { le: 'x' }, value: 3 },
    { labels: {}, value: 3 },
    { labels: { le: '0.3' }, value: NaN },
  ];
  expect(bucketsOf(rows)).toEqual(buckets([0.1, 4], [0.2, 5], [Infinity, 1]));
});
