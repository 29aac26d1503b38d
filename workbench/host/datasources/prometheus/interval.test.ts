import { alignRange, calculateStep, interpolateIntervals, rateInterval, toDuration } from './interval';

const MINUTE = 60_000;
const HOUR = 3_600_000;

test.each([
  ['the recorded one: 615 s in 40 points', { rangeMs: 615_000, maxDataPoints: 40, intervalMs: 15_000 }, 15_000],
  ['never under what the panel asks', { rangeMs: HOUR, maxDataPoints: 1000, intervalMs: 15_000 }, 15_000],
  ['rounded to a step that people read', { rangeMs: 6 * HOUR, maxDataPoints: 500, intervalMs: 1000 }, 30_000],
  [
    'the query’s own smallest step',
    { rangeMs: HOUR, maxDataPoints: 1000, intervalMs: 1000, minStep: '2m' },
    2 * MINUTE,
  ],
  [
    'the scrape interval when nobody asks',
    { rangeMs: MINUTE, maxDataPoints: 1000, intervalMs: 0, scrapeInterval: '30s' },
    30_000,
  ],
  ['15 s when nothing is known', { rangeMs: MINUTE, maxDataPoints: 1000, intervalMs: 0 }, 15_000],
  ['times the factor', { rangeMs: 615_000, maxDataPoints: 40, intervalMs: 15_000, intervalFactor: 2 }, 30_000],
  ['no more than 11,000 points', { rangeMs: 30 * 24 * HOUR, maxDataPoints: 100_000, intervalMs: 1000 }, 5 * MINUTE],
  [
    'the rate interval as the step',
    { rangeMs: HOUR, maxDataPoints: 1000, intervalMs: 15_000, minStep: '$__rate_interval' },
    MINUTE,
  ],
])('the step is %s', (_why, input, step) => {
  expect(calculateStep(input)).toBe(step);
});

test.each([
  [15_000, '15s', MINUTE],
  [MINUTE, '15s', 75_000],
  [15_000, undefined, MINUTE],
  [5000, '1m', 4 * MINUTE],
])('rate interval of step %i ms with scrapes every %s is %i ms', (step, scrape, expected) => {
  expect(rateInterval(step, scrape)).toBe(expected);
});

test.each([
  ['rate(a[$__rate_interval])', 'rate(a[1m])'],
  ['rate(a[${__rate_interval}])', 'rate(a[1m])'],
  ['rate(a[$__interval])', 'rate(a[15s])'],
  ['a / $__interval_ms', 'a / 15000'],
  ['increase(a[$__range])', 'increase(a[3600s])'],
  ['a / $__range_s + $__range_ms', 'a / 3600 + 3600000'],
  ['a{x="$other"}', 'a{x="$other"}'],
])('%s becomes %s', (expr, expected) => {
  const input = { rangeMs: HOUR, maxDataPoints: 240, intervalMs: 15_000, scrapeInterval: '15s' };
  expect(interpolateIntervals(expr, 15_000, input)).toBe(expected);
});

it('takes four of the smallest steps for the rate when the query sets one', () => {
  const input = { rangeMs: HOUR, maxDataPoints: 240, intervalMs: 15_000, minStep: '1m' };
  expect(interpolateIntervals('$__rate_interval', MINUTE, input)).toBe('4m');
});

it('moves both ends down to whole steps, of the viewer’s days', () => {
  expect(alignRange(1_795_259_667_000, 1_795_260_282_000, 15_000, 0)).toEqual([1_795_259_655, 1_795_260_270]);
  const day = 86_400_000;
  expect(alignRange(day + 5 * HOUR, 2 * day, day, 2 * 3600)).toEqual([
    (day - 2 * HOUR) / 1000,
    (2 * day - 2 * HOUR) / 1000,
  ]);
});

test.each([
  [500, '500ms'],
  [15_000, '15s'],
  [75_000, '75s'],
  [MINUTE, '1m'],
  [2 * HOUR, '2h'],
])('%i ms is written %s', (ms, text) => {
  expect(toDuration(ms)).toBe(text);
});
