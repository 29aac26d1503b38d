import { sumStats } from './group-stats';

describe('sumStats', () => {
  it.each([
    ['of nothing is no data', [], {}],
    ['of members without requests is no data', [{}, { p95: 1 }], {}],
    [
      'adds rates and failures',
      [
        { rate: 2, errorRate: 1 },
        { rate: 3, errorRate: 0 },
      ],
      { rate: 5, errorRate: 1 },
    ],
    ['keeps a rate of nought apart from no data', [{ rate: 0 }], { rate: 0 }],
    [
      'weights means by rate',
      [
        { rate: 1, errorRate: 0, mean: 4 },
        { rate: 3, errorRate: 0, mean: 0 },
      ],
      { rate: 4, errorRate: 0, mean: 1 },
    ],
    ['never makes up percentiles', [{ rate: 1, errorRate: 0, p50: 1, p95: 2, p99: 3 }], { rate: 1, errorRate: 0 }],
    ['has no failures when some are unknown', [{ rate: 1, errorRate: 1 }, { rate: 1 }], { rate: 2 }],
    ['does not ask idle members for failures', [{ rate: 1, errorRate: 1 }, { rate: 0 }], { rate: 1, errorRate: 1 }],
  ])('%s', (_, members, expected) => {
    expect(sumStats(members)).toEqual(expected);
  });
});
