import { dateTime, type RawTimeRange } from '@grafana/data';
import { shorterRange } from './shorter-range';

const NOON = Date.UTC(2026, 10, 21, 12);
const rangeOf = (minutes: number, raw?: RawTimeRange) => {
  const [from, to] = [dateTime(NOON - minutes * 60_000), dateTime(NOON)];
  return { from, to, raw: raw ?? { from, to } };
};

describe('shorterRange', () => {
  it.each([
    ['an hour until now', rangeOf(60, { from: 'now-1h', to: 'now' }), 'now-15m', 'now', true],
    ['15 minutes until now', rangeOf(15, { from: 'now-15m', to: 'now' }), 'now-5m', 'now', true],
    ['what ended a while ago', rangeOf(60, { from: 'now-2h', to: 'now-1h' }), 'now-1h-15m', 'now-1h', false],
    ['a whole day', rangeOf(1440, { from: 'now/d', to: 'now/d' }), '2026-11-21T11:45:00.000Z', undefined, false],
    ['two times', rangeOf(60), '2026-11-21T11:45:00.000Z', '2026-11-21T12:00:00.000Z', false],
    ['two times of 15 minutes', rangeOf(15), '2026-11-21T11:55:00.000Z', '2026-11-21T12:00:00.000Z', false],
  ])('of %s keeps the end', (_, range, from, to = '2026-11-21T12:00:00.000Z', endsNow) => {
    expect(shorterRange(range)).toMatchObject({ from, to, endsNow });
  });

  it('is none where the range is short already', () => {
    expect(shorterRange(rangeOf(5, { from: 'now-5m', to: 'now' }))).toBeUndefined();
  });
});
