import { createRandom } from './random';

const take = (seed: number, name: string, count = 5) => {
  const random = createRandom(seed, name);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed and name give the same numbers, others do not', () => {
  expect(take(1, 'a')).toEqual(take(1, 'a'));
  expect(take(1, 'a')).not.toEqual(take(2, 'a'));
  expect(take(1, 'a')).not.toEqual(take(1, 'b'));
});

test('numbers are spread evenly over [0, 1)', () => {
  const numbers = take(7, 'spread', 10_000);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.filter((number) => number < 0.25).length / numbers.length).toBeCloseTo(0.25, 1);
});

test('log-normal values lie around the median, with a longer tail above', () => {
  const random = createRandom(3, 'latency');
  const values = Array.from({ length: 5001 }, () => random.logNormal(100, 0.5)).sort((a, b) => a - b);
  expect(values[2500]).toBeGreaterThan(90);
  expect(values[2500]).toBeLessThan(110);
  expect(values[4750] - values[2500]).toBeGreaterThan(values[2500] - values[250]);
});

test('integers include both ends', () => {
  const random = createRandom(1, 'dice');
  expect(new Set(Array.from({ length: 200 }, () => random.integer(1, 3)))).toEqual(new Set([1, 2, 3]));
});
