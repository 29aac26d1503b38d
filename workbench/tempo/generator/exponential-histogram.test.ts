import { bucketIndex, encodeBuckets, ExponentialHistogram, schemaOfFactor } from './exponential-histogram';

it.each([
  [1.1, 3],
  [1.2, 2],
  [2, 0],
  [4, -1],
  [1.00001, 8],
])('factor %d is schema %d', (factor, schema) => {
  expect(schemaOfFactor(factor)).toBe(schema);
});

it.each([
  [1, 3, 0],
  [1.0000001, 3, 1],
  [2 ** 0.125, 3, 1],
  [2, 3, 8],
  [0.5, 3, -8],
  [0.3, 0, -1],
  [0.25, 0, -2],
  [5, -1, 2],
  [4, -1, 1],
])('%d at schema %d lies in bucket %d', (value, schema, index) => {
  expect(bucketIndex(value, schema)).toBe(index);
});

it('writes small gaps as empty buckets and large ones as a new span', () => {
  const buckets = new Map([
    [-3, 2],
    [-2, 5],
    [1, 1],
    [10, 4],
  ]);
  expect(encodeBuckets(buckets)).toEqual({
    spans: [
      { offset: -3, length: 5 },
      { offset: 8, length: 1 },
    ],
    deltas: [2, 3, -5, 0, 1, 3],
  });
});

it('merges buckets when there are too many, and loses no observation', () => {
  const histogram = new ExponentialHistogram(1.1, 4);
  for (let i = 1; i <= 16; i++) {
    histogram.observe(i / 4);
  }
  histogram.observe(0);
  expect(histogram.tooManyBuckets).toBe(true);
  histogram.widenBuckets();
  const { schema, positiveDeltas, zeroCount, count } = histogram.snapshot(0);
  let current = 0;
  const counts = positiveDeltas.map((delta) => (current += delta));
  expect({ schema, counts, zeroCount, count }).toEqual({ schema: -1, counts: [1, 3, 12], zeroCount: 1, count: 17 });
  expect(histogram.coarsened).toBe(true);
});
