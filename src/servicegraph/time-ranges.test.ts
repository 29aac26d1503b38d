import { type Comparison, comparisonFromUrl, comparisonRange, comparisonToUrl } from './time-ranges';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 21, 12);
const range = { from: NOON - HOUR, to: NOON };

describe('the window that is compared with', () => {
  it.each<[Comparison, number, number]>([
    [{ kind: 'before' }, NOON - 2 * HOUR, NOON - HOUR],
    [{ kind: 'yesterday' }, NOON - 25 * HOUR, NOON - 24 * HOUR],
    [{ kind: 'last-week' }, NOON - 169 * HOUR, NOON - 168 * HOUR],
    [{ kind: 'chosen', range: { from: 1, to: 2 } }, 1, 2],
  ])('%j', (comparison, from, to) => {
    expect(comparisonRange(comparison, range)).toEqual({ from, to });
  });
});

describe('its text in a URL', () => {
  it.each<[string, Comparison]>([
    ['before', { kind: 'before' }],
    ['yesterday', { kind: 'yesterday' }],
    ['last-week', { kind: 'last-week' }],
    ['2026-11-21T11:00:00.000Z/2026-11-21T12:00:00.000Z', { kind: 'chosen', range }],
  ])('%s', (text, comparison) => {
    expect(comparisonToUrl(comparison)).toBe(text);
    expect(comparisonFromUrl(text)).toEqual(comparison);
  });

  it('may be in milliseconds', () => {
    expect(comparisonFromUrl(`${range.from}/${range.to}`)).toEqual({ kind: 'chosen', range });
  });

  it.each([undefined, '', 'tomorrow', '2026-11-21', 'a/b', `${NOON}/${NOON - 1}`, '1/2/3'])('%p says nothing', (text) =>
    expect(comparisonFromUrl(text)).toBeUndefined()
  );
});
