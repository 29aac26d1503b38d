import fc from 'fast-check';

import { INTRINSICS } from '../intrinsics';
import { COMPARISON_OPERATORS, METRICS_FUNCTIONS, SPAN_AGGREGATES, STRUCTURAL_OPERATORS } from '../operators';
import { parseQuery } from '../parse';
import { FIXED_TOKENS } from '../syntax/tokens';
import { arbitraryNoise } from '../test-support/arbitrary-query';
import { diagnose } from './diagnostics';
import { DOCS, docFor } from './docs';
import { highlight } from './highlight';
import { hover } from './hover';

describe('highlight', () => {
  const classesOf = (text: string) =>
    highlight(text).map(({ from, to, tokenClass }) => [text.slice(from, to), tokenClass]);

  test('names every word and sign', () => {
    expect(classesOf('{ resource.a = "x" && span:name != nil } | rate() by (.b) with (sample=1.5) // end')).toEqual([
      ['{', 'brace'],
      ['resource.', 'scope'],
      ['a', 'attribute'],
      ['=', 'operator'],
      ['"x"', 'string'],
      ['&&', 'operator'],
      ['span:', 'scope'],
      ['name', 'intrinsic'],
      ['!=', 'operator'],
      ['nil', 'constant'],
      ['}', 'brace'],
      ['|', 'operator'],
      ['rate', 'function'],
      ['(', 'parenthesis'],
      [')', 'parenthesis'],
      ['by', 'keyword'],
      ['(', 'parenthesis'],
      ['.', 'scope'],
      ['b', 'attribute'],
      [')', 'parenthesis'],
      ['with', 'keyword'],
      ['(', 'parenthesis'],
      ['sample', 'hint'],
      ['=', 'operator'],
      ['1.5', 'number'],
      [')', 'parenthesis'],
      ['// end', 'comment'],
    ]);
  });

  test('unfinished text keeps its colours', () => {
    expect(classesOf('{ status = error && name = "ab')).toContainEqual(['"ab', 'string']);
    expect(classesOf('{ foo = 1 }')).toContainEqual(['foo', 'invalid']);
  });

  test('tokens follow each other without overlaps, whatever the text', () => {
    fc.assert(
      fc.property(arbitraryNoise(), (text) => {
        const tokens = highlight(text);
        const isInOrder = tokens.every(
          ({ from, to }, index) => from >= (tokens[index - 1]?.to ?? 0) && to > from && to <= text.length
        );
        expect(isInOrder).toBe(true);
      }),
      { numRuns: 300, seed: 7 }
    );
  });
});

describe('docs', () => {
  // Names behind `span:` and the like, which stand alone in the grammar only.
  const PARTS = ['childCount', 'rootService', 'id', 'traceID', 'spanID', 'parentID', 'timeSinceStart', 'version'];
  const words = [...FIXED_TOKENS].filter((token) => !/^[{}(),]$/.test(token) && !PARTS.includes(token));

  test.each(words)('the word or sign %s of the grammar is described', (token) => {
    expect(docFor(token)?.description).toMatch(/\.$/);
  });

  test.each([
    ...INTRINSICS.flatMap(({ spellings }) => spellings),
    ...METRICS_FUNCTIONS,
    ...SPAN_AGGREGATES,
    ...COMPARISON_OPERATORS,
    ...STRUCTURAL_OPERATORS,
    ...[
      'compare',
      'topk',
      'bottomk',
      'by',
      'select',
      'coalesce',
      '&&',
      '||',
      'with',
      'nil',
      'most_recent',
      'sample',
      'exemplars',
    ],
  ])('%s is described', (name) => {
    expect(docFor(name)?.description).toMatch(/\.$/);
  });

  test.each(DOCS.flatMap(({ example }) => example ?? []))('the example %s is a valid query', (example) => {
    expect(parseQuery(example).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test.each([
  ['{ span:childCount = 0 }', 8, 'span:childCount'],
  ['{ resource.service.name = 1 }', 4, 'resource.'],
  ['{ .a } >> { .b }', 8, '>>'],
  ['{ } | rate()', 7, 'rate'],
  ['{ } | rate() with (sample=true)', 20, 'sample'],
  ['{ name = "rate" }', 11, undefined],
])('hover over %j at %d', (text, offset, name) => {
  expect(hover(text, offset)?.entry.name).toBe(name);
});

describe('diagnostics', () => {
  const applied = (text: string) =>
    diagnose(text).flatMap(({ fixes }) => fixes.map((fix) => text.slice(0, fix.from) + fix.text + text.slice(fix.to)));

  test('say what is wrong, where, in the words of Tempo', () => {
    expect(diagnose('{ span.a = 1 } |\n topk(3)')).toEqual([
      expect.objectContaining({
        severity: 'error',
        kind: 'syntax',
        message: 'syntax error: unexpected topk',
        line: 2,
        column: 2,
      }),
    ]);
    expect(diagnose('{ span.a = 1 && status > ok }')).toEqual([
      expect.objectContaining({
        kind: 'type',
        message: 'illegal operation for the given types: status > ok',
        from: 16,
        to: 27,
      }),
    ]);
  });

  test.each([
    ['{ .service.name = "a" }', '{ resource.service.name = "a" }'],
    ['{ .http.route = "a" }', '{ span.http.route = "a" }'],
    ['{ span.a = 1 and span.b = 2 }', '{ span.a = 1 && span.b = 2 }'],
    ['{ status = ERROR }', '{ status = error }'],
    ['{ span.a = null }', '{ span.a = nil }'],
    ['{ http.route = "a" }', '{ span.http.route = "a" }'],
    ['{ name = checkout }', '{ name = "checkout" }'],
    ["{ name = 'a' }", '{ name = "a" }'],
    ['{ span.a == 1 }', '{ span.a = 1 }'],
    ['{ name = "a }', '{ name = "a" }'],
    ['{ status = "error" }', '{ status = error }'],
    ['{ kind = "server" }', '{ kind = server }'],
    ['{ duration > "1s" }', '{ duration > 1s }'],
    ['{ duration > 500 }', '{ duration > 500ms }'],
    ['{ name = "GET.*" }', '{ name =~ "GET.*" }'],
    ['{ name != "GET.*" }', '{ name !~ "GET.*" }'],
    ['{ span.a = 1 & span.b = 2 }', '{ span.a = 1 && span.b = 2 }'],
    ['{ span.a = 1 | span.b = 2 }', '{ span.a = 1 || span.b = 2 }'],
    ['{ span.a = 1 AND span.b = 2 }', '{ span.a = 1 && span.b = 2 }'],
    ['{ status = error', '{ status = error }'],
    ['{ status = error } rate()', '{ status = error } | rate()'],
    ['{ } | count( > 2', '{ } | count() > 2'],
    ['status = error && duration > 1s', '{ status = error && duration > 1s }'],
    ['{ } | RATE()', '{ } | rate()'],
  ])('%s can be fixed', (text, fixed) => {
    expect(applied(text)).toContain(fixed);
    expect(diagnose(fixed)).toEqual([]);
  });

  test('a search is no metrics query', () => {
    expect(diagnose('{ }', { endpoint: 'metrics' })).toEqual([
      expect.objectContaining({ message: 'not a metrics query' }),
    ]);
  });
});

test('a text that is typed is read as one that was there at once', () => {
  const text = '{ resource.service.name = "a b" && (kind = server || .x > 5) } | rate() by (name) // end';
  for (let length = 0; length <= text.length; length++) {
    highlight(text.slice(0, length));
  }
  const typed = highlight(text);
  highlight('');
  highlight('something else');
  expect(typed).toEqual(highlight(text));
});

test('any edit is read like a new text', () => {
  fc.assert(
    fc.property(
      arbitraryNoise(),
      fc.nat(),
      fc.nat(9),
      fc.constantFrom('"', '{', '/*', 'a', ' ', '.', ''),
      (text, at, cut, piece) => {
        const place = at % (text.length + 1);
        const edited = text.slice(0, place) + piece + text.slice(place + cut);
        highlight(text);
        const after = highlight(edited);
        highlight('');
        expect(highlight(edited)).toEqual(after);
      }
    ),
    { numRuns: 500, seed: 5 }
  );
});
