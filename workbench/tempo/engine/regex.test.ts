import { compileRegex } from './regex';

describe('compileRegex', () => {
  it.each<[string, string, boolean]>([
    ['abc', 'abc', true],
    ['abc', 'xabc', false],
    ['a.*', 'abc', true],
    ['.*c', 'abc', true],
    ['.*b.*', 'abc', true],
    ['a|b.*', 'bcd', true],
    ['a|b', 'ab', false],
    ['a.*', 'a\nb', true],
    ['a.c', 'abc', true],
    ['a.c', 'a\nc', true],
    ['(?i)ABC', 'abc', true],
    ['[a-c]+', 'abcabc', true],
    ['[a-c]+', 'abcd', false],
    ['a(b|c)d', 'acd', true],
    ['x|y(z|w)', 'yw', true],
    ['', '', true],
    ['', 'a', false],
    ['a\\.b', 'a.b', true],
    ['a\\.b', 'axb', false],
    ['\\d{3}', '404', true],
  ])('%j on %j: %s', (expression, text, expected) => {
    expect(compileRegex(expression)(text)).toBe(expected);
  });

  it('runs in linear time on expressions that hang backtracking engines', () => {
    const text = `${'a'.repeat(5000)}!`;
    expect(compileRegex('(a+)+')(text)).toBe(false);
    expect(compileRegex('(a|a)*b')(text)).toBe(false);
  });

  it('throws on an invalid expression', () => {
    expect(() => compileRegex('(')).toThrow();
  });
});
