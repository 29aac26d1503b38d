import { PageTimeRange } from './page-time-range';

function rangeOf(from: string, to: string) {
  const range = new PageTimeRange();
  range.updateFromUrl({ from, to });
  const { value } = range.state;
  return [value.from.toISOString(), value.to.toISOString()];
}

describe('times in the URL of a page', () => {
  it.each([
    ['2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z', '2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'],
    ['2020-01-01T00:00:00.000Z', '1577923200000', '2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'],
    ['2020-01-01', '2020-01-02', '2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'],
    ['2020-01-01T10:30', '2020-01-01 11:30', '2020-01-01T10:30:00.000Z', '2020-01-01T11:30:00.000Z'],
    ['2020-01-01T10:30:00.123456789Z', '2020-01-01 11:30:00', '2020-01-01T10:30:00.123Z', '2020-01-01T11:30:00.000Z'],
    ['2020-01-01T10:30:00+02:00', '2020-01-01T10:30:00-0200', '2020-01-01T08:30:00.000Z', '2020-01-01T12:30:00.000Z'],
    ['2020-01-01T10:30:00 02:00', '20200101T113000', '2020-01-01T08:30:00.000Z', '2020-01-01T11:30:00.000Z'],
  ])('%s to %s', (from, to, expectedFrom, expectedTo) => {
    expect(rangeOf(from, to)).toEqual([expectedFrom, expectedTo]);
  });

  it('leaves relative times relative', () => {
    const range = new PageTimeRange();
    range.updateFromUrl({ from: 'now-6h', to: 'now' });
    expect(range.getUrlState()).toMatchObject({ from: 'now-6h', to: 'now' });
  });

  it('keeps its range when the URL has what is no time', () => {
    const range = new PageTimeRange();
    range.updateFromUrl({ from: 'yesterday, about noon', to: '' });
    expect(range.getUrlState()).toMatchObject({ from: 'now-1h', to: 'now' });
  });
});
