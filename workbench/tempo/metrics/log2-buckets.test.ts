import { log2Bucket, log2Quantile } from './log2-buckets';

describe('log2Bucket', () => {
  it.each([
    [2, 2],
    [3, 4],
    [4, 4],
    [5, 8],
    [268435456, 268435456],
    [268435457, 536870912],
    [2 ** 49 + 1, 2 ** 50],
  ])('rounds %d up to %d', (value, bucket) => {
    expect(log2Bucket(value)).toBe(bucket);
  });
});

describe('log2Quantile', () => {
  const buckets = [
    { max: 1, count: 4 },
    { max: 2, count: 4 },
    { max: 4, count: 2 },
  ];

  it.each([
    [0, 2 ** -0.75],
    [0.4, 1],
    [0.5, 2 ** 0.25],
    [0.8, 2],
    [0.9, 2 ** 1.5],
    [1, 4],
  ])('p = %d is %d', (p, value) => {
    expect(log2Quantile(p, buckets)).toBeCloseTo(value, 12);
  });

  it('is 0 of nothing', () => {
    expect(log2Quantile(0.5, [])).toBe(0);
  });
});
