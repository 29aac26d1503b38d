import { redact } from './answer';

it.each([
  ['dial tcp http://user:pw@10.0.0.1:3200/api: refused', 'dial tcp <address> refused'],
  ['Authorization: Bearer', 'Authorization: <hidden>'],
  ['token=abc rest', 'token=<hidden> rest'],
  ['a\n\n  b', 'a b'],
  ['plain words', 'plain words'],
])('%j -> %j', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

it('is never long', () => {
  expect(redact('x'.repeat(10_000))).toHaveLength(300);
});
