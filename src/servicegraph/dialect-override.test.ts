import { parseDialectOverride } from './dialect-override';

describe('parseDialectOverride', () => {
  it.each([undefined, null, 'otel', 7, [], {}])('reads %j as no setting', (saved) => {
    expect(parseDialectOverride(saved)).toEqual({ override: {}, ignored: [] });
  });

  it('keeps what it can read, and names the rest', () => {
    expect(
      parseDialectOverride({
        dialect: 'otel',
        unit: 'hours',
        prefix: '',
        identity: 'cluster',
        namespace: ' team ',
        more: 1,
      })
    ).toEqual({ override: { dialect: 'otel', namespace: 'team' }, ignored: ['unit', 'identity'] });
  });
});
