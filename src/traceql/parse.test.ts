import fc from 'fast-check';

import { highlight } from './language/highlight';
import { parseQuery, parseSyntax } from './parse';
import { arbitraryNoise, arbitraryQuery, withoutRanges } from './test-support/arbitrary-query';
import { validateQuery } from './validate';

const attribute = (scope: string, name: string) => ({ type: 'attribute', scope, name });
const int = (value: number) => ({ type: 'static', valueType: 'int', value: BigInt(value) });

function treeOf(text: string): unknown {
  return withoutRanges(parseQuery(text).query?.expression);
}

function conditionOf(text: string): unknown {
  const expression = parseQuery(`{ ${text} }`).query?.expression;
  const stage = expression?.type === 'pipeline' ? expression.stages[0] : undefined;
  return withoutRanges(stage?.type === 'filter' ? stage.condition : undefined);
}

describe('field expressions', () => {
  const a = attribute('any', 'a');
  const b = attribute('any', 'b');
  const c = attribute('any', 'c');
  const binary = (operator: string, left: unknown, right: unknown) => ({ type: 'binary', operator, left, right });

  test.each([
    ['.a || .b && .c', binary('&&', binary('||', a, b), c)],
    ['.a && .b || .c', binary('||', binary('&&', a, b), c)],
    ['.a && (.b || .c)', binary('&&', a, binary('||', b, c))],
    ['.a ^ .b ^ .c', binary('^', a, binary('^', b, c))],
    ['.a + .b * .c', binary('+', a, binary('*', b, c))],
    ['.a - .b - .c', binary('-', binary('-', a, b), c)],
    ['-.a * .b', { type: 'unary', operator: '-', operand: binary('*', a, b) }],
    ['!.a && .b', binary('&&', { type: 'unary', operator: '!', operand: a }, b)],
    ['.a = nil', binary('=', a, { type: 'static', valueType: 'nil' })],
    ['nil != .a', binary('!=', { type: 'static', valueType: 'nil' }, a)],
  ])('%s', (text, tree) => {
    expect(conditionOf(text)).toEqual(tree);
  });

  test.each([
    ['.a-1', attribute('any', 'a-1')],
    ['resource.service.name', attribute('resource', 'service.name')],
    ['span."a b".c', attribute('span', 'a b.c')],
    ['span.pre"mid dle"post', attribute('span', 'premid dlepost')],
    ['event."q\\"\\\\"', attribute('event', 'q"\\')],
    ['parent.span.x', { ...attribute('parent', 'x'), parentScope: 'span' }],
    ['rootServiceName', { type: 'intrinsic', name: 'trace:rootService', text: 'rootServiceName' }],
    ['span:childCount', { type: 'intrinsic', name: 'span:childCount', text: 'span:childCount' }],
  ])('%s is one field', (text, tree) => {
    expect(conditionOf(text)).toEqual(tree);
  });

  test.each([
    ['.9', { valueType: 'float', value: 0.9 }],
    ['1h30m', { valueType: 'duration', value: BigInt(5400e9) }],
    ['1.5s', { valueType: 'duration', value: BigInt(1500000000) }],
    ['2d', { valueType: 'duration', value: BigInt(172800e9) }],
    ['maxInt', { valueType: 'int', value: BigInt('9223372036854775807') }],
    ['"\\u00e9\\x41\\n"', { valueType: 'string', value: 'éA\n' }],
    ['`a\\d`', { valueType: 'string', value: 'a\\d' }],
    ['unset', { valueType: 'status', value: 'unset' }],
    ['producer', { valueType: 'kind', value: 'producer' }],
  ])('%s is a constant', (text, tree) => {
    expect(conditionOf(text)).toEqual({ type: 'static', ...tree });
  });
});

describe('pipelines', () => {
  const filter = (name: string) => ({ type: 'filter', condition: attribute('any', name) });

  test('structural operators bind tighter than && and ||, from the left', () => {
    expect(treeOf('{ .a } && { .b } >> { .c }')).toEqual({
      type: 'pipeline',
      stages: [
        {
          type: 'spansetOperation',
          operator: '&&',
          left: filter('a'),
          right: { type: 'spansetOperation', operator: '>>', left: filter('b'), right: filter('c') },
        },
      ],
    });
  });

  test('pipelines in parentheses are operands', () => {
    expect(treeOf('({ .a } | count() > 1) && ({ .b })')).toMatchObject({
      stages: [
        {
          operator: '&&',
          left: { type: 'pipeline', stages: [filter('a'), { type: 'scalarFilter' }] },
          right: { type: 'pipeline' },
        },
      ],
    });
  });

  test('a wrapped scalar pipeline ends with its aggregate', () => {
    expect(treeOf('({ .a } | count()) > 1')).toMatchObject({
      stages: [
        {
          type: 'scalarFilter',
          left: { type: 'pipeline', stages: [filter('a')], aggregate: { function: 'count' } },
          right: int(1),
        },
      ],
    });
  });
});

describe('metrics', () => {
  test('functions, groups, second stages and hints', () => {
    const { query } = parseQuery(
      '{ } | quantile_over_time(duration, .5, 1) by (name) | topk(5) > 100ms with (exemplars=10)'
    );
    expect(withoutRanges(query)).toMatchObject({
      expression: {
        type: 'metrics',
        aggregate: {
          function: 'quantile_over_time',
          field: { name: 'span:duration' },
          quantiles: [0.5, 1],
          by: [{ name: 'span:name' }],
        },
        secondStages: [
          { type: 'topk', limit: 5 },
          { type: 'metricsFilter', operator: '>', value: 0.1 },
        ],
      },
      hints: [{ name: 'exemplars', value: int(10) }],
    });
  });

  test('arithmetic: constants are computed with whole integers', () => {
    expect(treeOf('(1 + 7 / 2) * ({ } | rate())')).toMatchObject({
      type: 'metricsOperation',
      operator: '*',
      left: { type: 'metricsScalar', value: 4 },
      right: { type: 'metrics' },
    });
  });

  test('compare() takes a selection, a count and a window', () => {
    expect(treeOf('{ } | compare({ status = error }, 5, 1, 2)')).toMatchObject({
      aggregate: { type: 'metricsCompare', topN: 5, start: BigInt(1), end: BigInt(2) },
    });
  });
});

describe('ranges', () => {
  test('each part knows its place in the text', () => {
    const text = '{ .a = 1 } | by(name)';
    const { query } = parseQuery(text);
    const stages = query?.expression.type === 'pipeline' ? query.expression.stages : [];
    expect(stages.map(({ from, to }) => text.slice(from, to))).toEqual(['{ .a = 1 }', 'by(name)']);
  });
});

test('an attribute without scope gives a warning, not an error', () => {
  expect(parseQuery('{ .a = 1 && span.b = 2 }').diagnostics).toEqual([
    expect.objectContaining({ severity: 'warning', kind: 'hint', from: 2, to: 4 }),
  ]);
});

describe('bad input', () => {
  test('noise never throws', () => {
    fc.assert(
      fc.property(arbitraryNoise(), (text) => {
        const { query, diagnostics } = parseQuery(text);
        expect(query !== undefined || diagnostics.length === 1).toBe(true);
        expect(['valid', 'syntax', 'type', 'unsupported']).toContain(validateQuery(text).verdict);
      }),
      { numRuns: 500, seed: 1 }
    );
  });

  test('whatever the rules allow parses', () => {
    fc.assert(
      fc.property(arbitraryQuery(), (text) => {
        const { problem } = parseSyntax(text);
        // Only what Tempo computes while it parses may still be refused.
        expect(problem?.message ?? 'duration cannot').toMatch(
          /duration cannot|division by zero|unknown identifier|syntax error/
        );
      }),
      { numRuns: 300, seed: 2 }
    );
  });

  test.each([
    ['braces', '{'],
    ['parentheses', '('],
    ['conditions', '.a=1&&'],
    ['signs', '-'],
    ['quotes', '"'],
    ['everything', '{}()|=!<>&~ "ab.1s\n/*'],
  ])('a megabyte of %s is answered in under a second', (_, piece) => {
    const text = piece.repeat(Math.ceil(1e6 / piece.length));
    const start = performance.now();
    expect(validateQuery(text).verdict).toBe('type');
    expect(parseQuery(text).query).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each([
    ['conditions', `{${'.a=1&&'.repeat(20000)}.a}`, 'valid'],
    ['signs', `{${'-'.repeat(100000)}1=1}`, 'valid'],
    ['parentheses', '('.repeat(130000), 'syntax'],
    ['stages', `{}${'|{}'.repeat(40000)}`, 'valid'],
  ])('the longest query Tempo takes, of %s, gets the verdict', (_, text, verdict) => {
    expect(validateQuery(text).verdict).toBe(verdict);
    expect(() => parseQuery(text)).not.toThrow();
  });
});

// Whole: the strict parser refuses what is longer than any query that Tempo takes, the editor's grammar reads its beginning.
describe('a megabyte of noise', () => {
  const PIECES = [
    '{',
    '}',
    '(',
    ')',
    '|',
    '"',
    '`',
    "'",
    '\\',
    '/*',
    '//',
    ' ',
    '\n',
    '.a',
    '&&',
    '=',
    '~',
    '5',
    'é',
    '\ud800',
  ];
  const MEGABYTE = 1 << 20;

  function noiseOf(length: number, seed: number): string {
    let state = seed;
    let text = '';
    while (text.length < length) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += PIECES[state % PIECES.length];
    }
    return text;
  }

  test.each([1, 2, 3])('%i is read to an end', (seed) => {
    const noise = noiseOf(MEGABYTE, seed);
    expect(parseQuery(noise).query).toBeUndefined();
    expect(parseQuery(noise.slice(0, 40_000)).diagnostics).not.toEqual([]);
    expect(highlight(noise).length).toBeGreaterThan(0);
  });

  test.each(['{', '(', '({', '{(', '!', '-', '.a&&', '"', '/*', 'a.'])(
    '%s, over and over, is read to an end',
    (piece) => {
      const noise = piece.repeat(MEGABYTE / piece.length);
      expect(parseQuery(noise).query).toBeUndefined();
      expect(parseQuery(noise.slice(0, 40_000)).query).toBeUndefined();
      expect(() => highlight(noise)).not.toThrow();
    }
  );
});
