import fc from 'fast-check';

import { addFilters, attributeText, classifyQuery, quoteAttribute, quoteString, type FilterMatcher } from './edit';
import { parseSyntax } from './parse';
import { arbitraryQuery } from './test-support/arbitrary-query';
import { filtersOf } from './walk';

const service: FilterMatcher = {
  attribute: 'resource.service.name',
  operator: '=',
  value: { valueType: 'string', value: 'shop' },
};
const slow: FilterMatcher = {
  attribute: { scope: 'span', name: 'a b' },
  operator: '>',
  value: { valueType: 'int', value: BigInt(5) },
};

test.each([
  ['', 'empty'],
  ['  \n', 'empty'],
  ['1c8a6d2f', 'traceId'],
  [' 0af7651916cd43dd8448eb211c80319c ', 'traceId'],
  ['0af7651916cd43dd8448eb211c80319c0', 'invalid'],
  ['{ }', 'search'],
  ['({ } | count()) > 1', 'search'],
  ['{ } | rate()', 'metrics'],
  ['1 + ({ } | rate())', 'metrics'],
  ['{ foo }', 'invalid'],
])('classifyQuery(%j) is %s', (text, expected) => {
  expect(classifyQuery(text)).toBe(expected);
});

test.each([
  ['', '{ resource.service.name = "shop" }'],
  ['{}', '{ resource.service.name = "shop" }'],
  ['{ .a = 1 }', '{ .a = 1 && resource.service.name = "shop" }'],
  ['{.a || .b}', '{ (.a || .b ) && resource.service.name = "shop" }'],
  [
    '{ .a } >> { .b } | count() > 1',
    '{ .a && resource.service.name = "shop" } >> { .b && resource.service.name = "shop" } | count() > 1',
  ],
  [
    '({ .a } | rate()) / ({ } | rate())',
    '({ .a && resource.service.name = "shop" } | rate()) / ({ resource.service.name = "shop" } | rate())',
  ],
  ['by(name) | count() > 1', '{ resource.service.name = "shop" } | by(name) | count() > 1'],
  ['{ } | compare({ status = error })', '{ resource.service.name = "shop" } | compare({ status = error })'],
  ['{ .a // note\n}', '{ .a // note\n&& resource.service.name = "shop" }'],
  ['{ .a = "}" }', '{ .a = "}" && resource.service.name = "shop" }'],
  ['{ foo', '{ foo'],
])('addFilters(%j)', (text, expected) => {
  expect(addFilters(text, [service])).toBe(expected);
});

test('several filters of several types', () => {
  expect(addFilters('{ status = error }', [service, slow])).toBe(
    '{ status = error && resource.service.name = "shop" && span."a b" > 5 }'
  );
});

test('a filtered query still parses, with as many filters or one more', () => {
  fc.assert(
    fc.property(arbitraryQuery(), (text) => {
      const before = parseSyntax(text).query;
      fc.pre(before !== undefined);
      const after = parseSyntax(addFilters(text, [service])).query;
      expect(after && filtersOf(after).length).toBeGreaterThanOrEqual(filtersOf(before).length);
    }),
    { numRuns: 200, seed: 5 }
  );
});

test.each([
  ['http.route', 'http.route'],
  ['a-b/c', 'a-b/c'],
  ['a b', '"a b"'],
  ['a=b', '"a=b"'],
  ['', '""'],
  ['say "hi"\\', '"say \\"hi\\"\\\\"'],
])('quoteAttribute(%j)', (name, expected) => {
  expect(quoteAttribute(name)).toBe(expected);
});

test('names and strings come back from a query as they went in', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('any', 'span', 'parent'),
      (name, value, scope) => {
        fc.pre(!name.includes('\0'));
        const { query } = parseSyntax(`{ ${attributeText(scope, name)} = ${quoteString(value)} }`);
        const filter = query && filtersOf(query)[0];
        expect(filter?.condition).toMatchObject({ left: { scope, name }, right: { value } });
      }
    ),
    { numRuns: 300, seed: 6 }
  );
});
