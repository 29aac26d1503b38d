import { signatureAt } from './signature';

test.each([
  ['{ } | quantile_over_time(^', 'field'],
  ['{ } | quantile_over_time(duration, ^', 'quantile'],
  ['{ } | quantile_over_time(duration, .5, .9^)', 'quantile'],
  ['{ } | compare({ .a }, ^', 'topN'],
  ['{ } | compare({ .a }, 5, 1, ^', 'end'],
  ['{ } | select(name, "a,b"^', 'field'],
  ['{ } | rate() by (name, ^', 'field'],
  ['({ } | avg(^', 'field'],
  ['{ } | rate() with (sample=^', 'hint=value'],
  ['{ } | topk(^', 'count'],
])('%s is writing %s', (marked, parameter) => {
  const offset = marked.indexOf('^');
  const help = signatureAt(marked.replace('^', ''), offset);
  const [from, to] = help?.parameters[help.active] ?? [0, 0];
  expect(help?.entry.signature.slice(from, to)).toBe(parameter);
});

test('a call without arguments has none', () => {
  expect(signatureAt('{ } | count(', 12)).toMatchObject({ parameters: [], active: 0 });
});

test.each(['{ ^ }', '{ } | count() ^', '({ ^', 'rate', '{ name = "topk(^', '{ } | compare({ ^'])(
  '%s is no argument',
  (marked) => {
    expect(signatureAt(marked.replace('^', ''), marked.indexOf('^'))).toBeUndefined();
  }
);
