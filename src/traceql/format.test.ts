import fc from 'fast-check';

import { formatQuery } from './format';
import { parseSyntax } from './parse';
import { printQuery } from './print';
import { arbitraryQuery, withoutRanges } from './test-support/arbitrary-query';

const treeOf = (text: string) => withoutRanges(parseSyntax(text).query);

describe('formatQuery', () => {
  test.each([
    ['{}', '{ }'],
    ['{.a=1&&span.b!=nil}', '{ .a = 1 && span.b != nil }'],
    ['{-.a<0&&!(.b=true)}', '{ -.a < 0 && !(.b = true) }'],
    ['{}|count()>2|by(name)|select(.x,span: name)', '{ } | count() > 2 | by(name) | select(.x, span:name)'],
    [
      '{}|rate()by(name)|topk( 5 )>10 with(sample=.1,exemplars=true)',
      '{ } | rate() by (name) | topk(5) > 10 with (sample=.1, exemplars=true)',
    ],
    ['({}|rate())/({}|rate())*100', '({ } | rate()) / ({ } | rate()) * 100'],
    ['{.a}&>>{.b}', '{ .a } &>> { .b }'],
    ['{ name=~`a\\d` } /* why */ | count()>1', '{ name =~ `a\\d` } /* why */ | count() > 1'],
    ['{ .a } // first\n | count() > 1', '{ .a } // first\n| count() > 1'],
  ])('%s', (text, formatted) => {
    expect(formatQuery(text)).toBe(formatted);
  });

  test('breaks a long query at its pipes and conditions', () => {
    const text =
      '{resource.service.name="checkout"&&status=error&&span.http.response.status_code>=500&&duration>1s}|rate()by(name)|topk(5)';
    expect(formatQuery(text)).toBe(
      [
        '{',
        '  resource.service.name = "checkout"',
        '  && status = error',
        '  && span.http.response.status_code >= 500',
        '  && duration > 1s',
        '}',
        '| rate() by (name)',
        '| topk(5)',
      ].join('\n')
    );
  });

  test('leaves what does not parse as it is', () => {
    expect(formatQuery('{ .a = \n1')).toBe('{ .a = \n1');
  });

  test('keeps the tree and the comments, and is idempotent at any width', () => {
    fc.assert(
      fc.property(arbitraryQuery(), fc.constantFrom(1, 30, 80), (text, width) => {
        fc.pre(parseSyntax(text).query !== undefined);
        const formatted = formatQuery(text, { width });
        expect(treeOf(formatted)).toEqual(treeOf(text));
        expect(formatted.match(/\/\* c \*\/|\/\/ c$/gm)).toEqual(text.match(/\/\* c \*\/|\/\/ c$/gm));
        expect(formatQuery(formatted, { width })).toBe(formatted);
      }),
      { numRuns: 300, seed: 3 }
    );
  });
});

describe('printQuery', () => {
  test.each([
    '{ .a = 1 && (.b = 2 || .c = 3) }',
    '{ (.a + 1) * 2 > -.b ^ 2 }',
    '{ !(.a = nil) } >> ({ .b } || { .c })',
    '({ .a } | count()) + ({ .b } | count()) > 2',
    '{ } | quantile_over_time(duration, .5, .99) by (resource."a b") | bottomk(3) < 1s with (sample=0.1)',
    '100 * ({ status = error } | rate()) / ({ } | rate()) > 5',
    '{ .a = minInt || .b = "q\\"\\\\" }',
  ])('%s means the same when printed', (text) => {
    const { query } = parseSyntax(text);
    expect(query && treeOf(printQuery(query))).toEqual(treeOf(text));
  });

  test('any query means the same when printed', () => {
    fc.assert(
      fc.property(arbitraryQuery(), (text) => {
        const { query } = parseSyntax(text);
        fc.pre(query !== undefined);
        expect(treeOf(printQuery(query))).toEqual(withoutRanges(query));
      }),
      { numRuns: 300, seed: 4 }
    );
  });
});
