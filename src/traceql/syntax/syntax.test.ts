import fc from 'fast-check';

import { validateQuery } from '../validate';
import { formatDuration, formatGoDuration, parseDuration } from './duration';
import { decodeGoString, quoteString } from './go-string';
import { packTables } from './packed-tables';
import { buildTables } from './table-builder';
import { PACKED_TABLES } from './tables.gen';

test('the committed tables are those of the rules (npm run grammar)', () => {
  expect(PACKED_TABLES).toEqual(packTables(buildTables()));
});

describe('durations', () => {
  test.each([
    ['1s', 1e9],
    ['1.5s', 1.5e9],
    ['.5ms', 5e5],
    ['1h30m', 5400e9],
    ['1d', 86400e9],
    ['1w2d', 777600e9],
    ['1y', 31536000e9],
    ['1m30s500ms', 90.5e9],
    ['30s1m', 90e9],
    ['3µs', 3000],
    ['7ns', 7],
    ['0', 0],
  ])('%s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(BigInt(nanoseconds));
  });

  test.each(['', '1', '1x', '1.5d', '1d1w', 's', '1s2', '-1s', '300y', '1 s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([
    [0, '0s', '0s'],
    [1, '1ns', '1ns'],
    [1500, '1.5µs', '1.5us'],
    [1e9, '1s', '1s'],
    [90e9, '1m30s', '1m30s'],
    [3600e9, '1h0m0s', '1h'],
    [5400e9, '1h30m0s', '1h30m'],
    [86400e9, '24h0m0s', '1d'],
    [-1500e6, '-1.5s', '-1.5s'],
  ])('%d ns is %s in messages and %s in queries', (nanoseconds, go, short) => {
    expect(formatGoDuration(BigInt(nanoseconds))).toBe(go);
    expect(formatDuration(BigInt(nanoseconds))).toBe(short);
  });

  test('what is written reads back as the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: BigInt(0), max: BigInt(2) ** BigInt(53) }), (nanoseconds) => {
        expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds);
      }),
      { seed: 8 }
    );
  });
});

describe('strings', () => {
  test.each([
    ['"a\\tb"', 'a\tb'],
    ['"\\xc3\\xa9"', 'é'],
    ['"\\303\\251"', 'é'],
    ['"\\U0001F600"', '😀'],
    ['`a\\n"`', 'a\\n"'],
    ['"\\ud800"', undefined],
    ['"\\400"', undefined],
  ])('%s', (literal, text) => {
    expect(decodeGoString(literal)).toBe(text);
  });

  test('what is quoted reads back as the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeGoString(quoteString(text))).toBe(text);
      }),
      { seed: 9 }
    );
  });
});

/** Not among the recorded queries; each was asked of Tempo's own parser. */
test.each([
  ['{ .a = 0x1F }', 'parse error at line 1, col 8: strconv.Atoi: parsing "0x1F": invalid syntax'],
  ['{ .a = 08 }', "parse error at line 1, col 8: invalid digit '8' in octal literal"],
  ['{ .a = 0b12 }', "parse error at line 1, col 8: invalid digit '2' in binary literal"],
  ['{ .a = 1__0 }', "parse error at line 1, col 8: '_' must separate successive digits"],
  ['{ .a = 1e }', 'parse error at line 1, col 8: exponent has no digits'],
  ['{ .a = 0x.p1 }', 'parse error at line 1, col 8: hexadecimal literal has no digits'],
  ['{ .a = "\\ud800" }', 'parse error at line 1, col 8: invalid syntax'],
  ['{ .a =\n\n  foo }', 'parse error at line 3, col 3: unknown identifier: foo'],
  ['{ parent.x && .span.y }', 'parse error at line 0, col 15: syntax error: unexpected span., expecting IDENTIFIER'],
])('%s is refused in the words of Tempo', (text, message) => {
  expect(validateQuery(text).message).toBe(message);
});
