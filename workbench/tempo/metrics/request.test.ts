import { readInstantRequest, readRangeRequest } from './request';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const NOW_SECONDS = NOW_MS / 1000;
const nanos = (seconds: number) => BigInt(Math.round(seconds * 1000)) * BigInt(1_000_000);
const range = (params: Record<string, string>) => readRangeRequest(new URLSearchParams(params), NOW_MS);

it.each([
  ['seconds', '1795255500', nanos(1795255500)],
  ['a fraction', '1795255500.25', nanos(1795255500.25)],
  ['nanoseconds', '1795255500000000007', BigInt('1795255500000000007')],
  ['RFC 3339', '2026-11-21T11:05:00.000000001+01:00', nanos(1795255500) + BigInt(1)],
])('start in %s', (_, start, expected) => {
  expect(range({ start, end: '1795255800' }).window.start).toBe(expected);
});

it('the last hour when no time is given, or what `since` says', () => {
  expect(range({}).window).toEqual({ start: nanos(NOW_SECONDS - 3600), end: nanos(NOW_SECONDS) });
  expect(range({ since: '15m' }).window.start).toBe(nanos(NOW_SECONDS - 900));
});

it.each([
  ['30', 30],
  ['0.5', 0.5],
  ['1m30s', 90],
  ['', 15],
])('step %j', (step, seconds) => {
  expect(range({ step }).step).toBe(nanos(seconds));
});

it('an end ahead is pulled back to now', () => {
  const params = { start: String(NOW_SECONDS - 60), end: String(NOW_SECONDS + 60) };
  expect(range(params).window.end).toBe(nanos(NOW_SECONDS));
  expect(readInstantRequest(new URLSearchParams({ ...params, end: `${NOW_SECONDS + 59.5}` }), NOW_MS).window.end).toBe(
    nanos(NOW_SECONDS - 0.5)
  );
});

it.each([
  [
    { since: 'long' },
    `rpc error: code = Code(400) desc = could not parse 'since' parameter: not a valid duration string: "long"`,
  ],
  [
    { start: String(NOW_SECONDS + 10), end: String(NOW_SECONDS + 20) },
    'query window falls entirely within query_end_cutoff',
  ],
  [{ since: '2d' }, 'metrics query time range exceeds the maximum allowed duration of 24h0m0s'],
  [{ step: '1ms' }, 'step of 1ms is too small, minimum step for given range is 360ms'],
])('refuses %j', (params, message) => {
  expect(() => range(params)).toThrow(message);
});

it('ignores counts that are none', () => {
  expect(range({ exemplars: 'some', maxSeries: '-1' })).toMatchObject({ exemplars: 0, maxSeries: 0 });
  expect(range({ exemplars: '5', maxSeries: '7' })).toMatchObject({ exemplars: 5, maxSeries: 7 });
});
