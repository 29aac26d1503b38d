import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseSyntax } from '../../traceql';
import { arbitraryQuery, withoutRanges } from '../../traceql/test-support/arbitrary-query';
import { DEFAULT_STATIC_FILTERS } from '../settings/parse-settings';
import { searchToTraceql } from '../../traceql/search-form';
import { builderToText, readBuilderQuery } from './query-filters';

const recorded: Array<{ q: string; verdict: string }> = JSON.parse(
  readFileSync(join(__dirname, '../../../tests/contract/traceql/queries.json'), 'utf8')
);

function treeOf(text: string): unknown {
  return withoutRanges(parseSyntax(text).query);
}

/** Through the builder and back, with the saved text forgotten. */
function roundTrip(text: string): string | undefined {
  const builder = readBuilderQuery(text, DEFAULT_STATIC_FILTERS);
  return builder && searchToTraceql(builder);
}

describe('text to builder to text', () => {
  it.each(recorded.filter(({ verdict, q }) => verdict === 'valid' && q !== '').map(({ q }) => q))(
    'keeps the tree of %s',
    (text) => {
      expect(treeOf(roundTrip(text) ?? '')).toEqual(treeOf(text));
    }
  );

  it('keeps the tree of any query', () => {
    fc.assert(
      fc.property(arbitraryQuery(), (text) => {
        fc.pre(parseSyntax(text).query !== undefined);
        expect(treeOf(roundTrip(text) ?? '')).toEqual(treeOf(text));
      }),
      { numRuns: 400, seed: 11 }
    );
  });

  it.each([
    '{ span.x = $code && duration > ${min} && .y = "$a" }',
    '{ $filter && name = "a" } | rate() by ($group) | topk($n)',
    '{ a // why\n && /* b */ name = "x" }'.replace('a ', '.a '),
  ])('keeps variables and comments of %s', (text) => {
    const back = roundTrip(text) ?? '';
    for (const word of text.match(/\$\{?\w+\}?|\/\/ \w+|\/\* \w+ \*\//g) ?? []) {
      expect(back).toContain(word);
    }
    expect(roundTrip(back)).toBe(back);
  });
});

describe('the rows', () => {
  it.each<[string, object]>([
    [
      '{ resource.service.name = "shop" && name =~ "GET.*" && status = error && duration > 1s }',
      {
        filters: [
          { id: 'service-name', tag: 'service.name', scope: 'resource', operator: '=', value: ['shop'] },
          { id: 'span-name', tag: 'name', operator: '=~', value: ['GET.*'] },
          { id: 'status', tag: 'status', operator: '=', value: 'error' },
          { id: 'min-duration', tag: 'duration', operator: '>', value: '1s' },
        ],
      },
    ],
    [
      '{ traceDuration >= 2s && (span.code = 500 || span.code = 503) && .a != "x" && .a != "y" && .ok = true }',
      {
        filters: [
          { id: 'min-duration', operator: '>=', value: '2s' },
          { scope: 'span', tag: 'code', operator: '=', value: ['500', '503'], valueType: 'int' },
          { scope: 'unscoped', tag: 'a', operator: '!=', value: ['x', 'y'], valueType: 'string' },
          { scope: 'unscoped', tag: 'ok', value: ['true'], valueType: 'bool' },
          { id: 'duration-type', value: 'trace' },
        ],
      },
    ],
    [
      '{ .a = .b && span.x = nil } >> { status = error } | rate() by (name) with (sample=true)',
      {
        filters: [
          { value: '.a = .b', valueType: 'traceql' },
          { scope: 'span', tag: 'x', operator: '=', value: ['nil'], valueType: 'keyword' },
        ],
        searchRest: { before: '', after: ' >> { status = error } | rate() by (name) with (sample=true)' },
      },
    ],
    ['count() > 5', { filters: [], searchRest: { before: 'count() > 5' } }],
    ['{ .a = 1 || .b = 2 }', { filters: [{ valueType: 'traceql', value: '.a = 1 || .b = 2' }] }],
    ['{}', { filters: [] }],
  ])('of %s', (text, expected) => {
    expect(readBuilderQuery(text, DEFAULT_STATIC_FILTERS)).toMatchObject(expected);
  });

  it('are not made of what does not parse', () => {
    expect(readBuilderQuery('{ status = ', DEFAULT_STATIC_FILTERS)).toBeUndefined();
  });
});

describe('back in the TraceQL editor', () => {
  const text = '{\n  name = "a" // the entry\n} | count() > 2';

  it('the text is as it was while the builder says the same', () => {
    const builder = readBuilderQuery(text, DEFAULT_STATIC_FILTERS) ?? { filters: [] };
    expect(builderToText(builder, text)).toBe(text);
  });

  it('what the builder changed is in it, and what it does not show as well', () => {
    const builder = readBuilderQuery(text, DEFAULT_STATIC_FILTERS) ?? { filters: [] };
    const filters = builder.filters.map((filter) => ({ ...filter, operator: '!=' }));
    expect(builderToText({ ...builder, filters }, text)).toBe('// the entry\n{name!="a"} | count() > 2');
  });

  it('an empty builder leaves a trace id alone', () => {
    expect(builderToText({ filters: [] }, '0af7651916cd43dd8448eb211c80319c')).toBe('0af7651916cd43dd8448eb211c80319c');
  });
});
