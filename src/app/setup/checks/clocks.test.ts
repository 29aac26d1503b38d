import { clockDifference } from './clocks';

it.each([
  ['the same second', { serverMs: 10_000, sentMs: 10_400, receivedMs: 10_450 }, 0],
  ['slow answer', { serverMs: 10_000, sentMs: 5_000, receivedMs: 12_000 }, 0],
  ['ahead', { serverMs: 70_000, sentMs: 10_000, receivedMs: 10_100 }, 59_900],
  ['behind', { serverMs: 10_000, sentMs: 70_000, receivedMs: 70_100 }, -59_000],
  ['not told', { sentMs: 1, receivedMs: 2 }, undefined],
])('%s', (_, reading, difference) => {
  expect(clockDifference(reading, 1000)).toBe(difference);
});
