import { goRegexpError } from './go-regexp';

test.each([
  'a|b',
  '(?i)get .*',
  '(?P<name>a)(?<other>b)',
  '(?s-m:a)',
  '[^a-z\\d[:alpha:]]+?',
  'a{2,3}{',
  'a{,3}',
  '\\Qa*(\\E+',
  '\\pL\\p{Greek}\\P{^Lu}',
  '\\x41\\x{1F600}\\012',
  '[]a]',
  '^*',
  '(|a)*',
  'a*(?i)*',
  'a{1000}',
])('%s is a pattern', (pattern) => {
  expect(goRegexpError(pattern)).toBeUndefined();
});

test.each([
  ['(', 'missing closing )'],
  [')', 'unexpected )'],
  ['[a', 'missing closing ]'],
  ['[z-a]', 'invalid character class range'],
  ['[[:nope:]]', 'invalid character class range'],
  ['*', 'missing argument to repetition operator'],
  ['a|+', 'missing argument to repetition operator'],
  ['a**', 'invalid nested repetition operator'],
  ['a{2}{3}', 'invalid nested repetition operator'],
  ['a{1001}', 'invalid repeat count'],
  ['(a{500}){3}', 'invalid repeat count'],
  ['a{3,2}', 'invalid repeat count'],
  ['(?=a)', 'invalid or unsupported Perl syntax'],
  ['(?<=a)b', 'invalid named capture'],
  ['(?P<a b>c)', 'invalid named capture'],
  ['(a)\\1', 'invalid escape sequence'],
  ['\\y', 'invalid escape sequence'],
  ['\\C', 'invalid escape sequence'],
  ['\\x4', 'invalid escape sequence'],
  ['\\p{Nope}', 'invalid character class range'],
  ['a\\', 'trailing backslash at end of expression'],
])('%s is none: %s', (pattern, message) => {
  expect(goRegexpError(pattern)).toBe(message);
});
