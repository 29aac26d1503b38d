import { expandEnvironment } from './environment';

const environment = { TEMPO_URL: 'http://tempo:3200', EMPTY: '' };

test.each([
  ['$TEMPO_URL', 'http://tempo:3200'],
  ['${TEMPO_URL}/api', 'http://tempo:3200/api'],
  ['$UNKNOWN', ''],
  ['a$EMPTY', 'a'],
  ['$${__value.raw}', '${__value.raw}'],
  ['rate(x{$$__tags}[5m])', 'rate(x{$__tags}[5m])'],
  ['costs 5$', 'costs 5$'],
])('%s becomes %s', (text, expanded) => {
  expect(expandEnvironment(text, environment)).toBe(expanded);
});

it('expands strings at any depth and leaves keys and other values alone', () => {
  expect(expandEnvironment({ $TEMPO_URL: ['$TEMPO_URL', 3, null, true] }, environment)).toEqual({
    $TEMPO_URL: ['http://tempo:3200', 3, null, true],
  });
});
