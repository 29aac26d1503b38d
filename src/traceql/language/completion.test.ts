import { complete, type CompletionContext, type CompletionTag, type CompletionValue } from './completion';

interface Asked {
  attribute: string;
  filter: string | undefined;
}

function contextOf(tags: CompletionTag[], values: CompletionValue[] = []): CompletionContext & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    tags: () => Promise.resolve(tags),
    values: (attribute, filter) => {
      asked.push({ attribute, filter });
      return Promise.resolve(values);
    },
  };
}

const TAGS: CompletionTag[] = [
  { scope: 'resource', name: 'service.name' },
  { scope: 'span', name: 'a b' },
];

/** The cursor is at ^. */
async function labelsAt(marked: string, context: CompletionContext = contextOf(TAGS)): Promise<string[]> {
  const offset = marked.indexOf('^', marked.lastIndexOf('¦') + 1);
  const { suggestions } = await complete(marked.slice(0, offset) + marked.slice(offset + 1), offset, context);
  return suggestions.map(({ label }) => label);
}

test.each([
  ['^', ['{ }', 'count', 'by']],
  ['{ ^ }', ['duration', 'span:name', 'resource.service.name', 'span."a b"', 'event.']],
  ['{ res^ }', ['resource.service.name']],
  ['{ status = error && ^', ['kind']],
  ['{ (^', ['kind']],
  ['{ status ^', ['=', '!=']],
  ['{ name ^ }', ['=', '=~', '!~', '>']],
  ['{ status = ^ }', ['ok', 'error', 'unset']],
  ['{ kind != ^', ['server', 'client']],
  ['{ name = "a" ^', ['&&', '||']],
  ['{ } ^', ['|', '>>', '&&', 'with']],
  ['{ } | ^', ['rate', 'count', 'quantile_over_time', 'select', 'coalesce', '{ }']],
  ['{ } | ra^', ['rate']],
  ['{ } | count() ^', ['>', '=']],
  ['{ } | rate() ^', ['by', '|', '>', 'with']],
  ['{ } | rate() | ^', ['topk', 'bottomk']],
  ['{ } | rate() by (^', ['resource.service.name', 'name']],
  ['{ } | rate() by (name, ^)', ['resource.service.name', 'name']],
  ['{ } | avg(^', ['duration']],
  ['{ } | select(^)', ['statusMessage']],
  ['{ } | quantile_over_time(^', ['duration']],
  ['{ } with (^', ['most_recent', 'sample']],
  ['{ } with (most_recent=^', ['true', 'false']],
  ['{ .a } >> ^', ['{ }']],
  ['({ } | rate()) / (^', ['{ }']],
])('%s offers %j', async (marked, expected) => {
  expect(await labelsAt(marked)).toEqual(expect.arrayContaining(expected));
});

test.each([
  ['{ status ^', ['>', '=~', '+']],
  ['{ duration ^', ['=~']],
  ['{ } | rate() ^', ['>>']],
  ['{ } | rate() by (name) ^', ['by']],
  ['{ } | rate() | ^', ['rate', 'count']],
  ['{ name = "a" ^', ['duration']],
  ['{ span.^', ['span.']],
])('%s does not offer %j', async (marked, unwanted) => {
  const labels = await labelsAt(marked);
  expect(unwanted.filter((label) => labels.includes(label))).toEqual([]);
});

test.each(['{ } // ^', '{ /* ^ */ }', '{ } | count(^', '{ } | topk(^'])('%s offers nothing', async (marked) => {
  expect(await labelsAt(marked)).toEqual([]);
});

describe('values', () => {
  const VALUES: CompletionValue[] = [
    { type: 'string', value: 'a "b"' },
    { type: 'int', value: '5' },
  ];
  const insertedAt = async (text: string, context = contextOf(TAGS, VALUES)) => {
    const { from, to, suggestions } = await complete(text, text.length, context);
    return suggestions.map(({ insertText }) => text.slice(0, from) + insertText + text.slice(to));
  };

  test('are written as their type needs', async () => {
    expect(await insertedAt('{ span.x = ')).toEqual(['{ span.x = "a \\"b\\""', '{ span.x = 5', '{ span.x = nil']);
  });

  test('replace the string that was begun', async () => {
    expect(await insertedAt('{ span.x = "a')).toEqual(['{ span.x = "a \\"b\\""']);
  });

  test('are escaped for a pattern', async () => {
    const context = contextOf(TAGS, [{ type: 'string', value: 'GET /a.b' }]);
    expect(await insertedAt('{ name =~ ', context)).toEqual(['{ name =~ "GET /a\\\\.b"']);
  });

  test('are asked for among the spans that the other conditions leave', async () => {
    const context = contextOf(TAGS, VALUES);
    await labelsAt('{ status = error && span.x = ^ && span.y > 1 && kind }', context);
    expect(context.asked).toEqual([{ attribute: 'span.x', filter: '{ status = error && span.y > 1 && kind }' }]);
  });

  test('are not narrowed where one of several conditions is enough', async () => {
    const context = contextOf(TAGS, VALUES);
    await labelsAt('{ status = error || span.x = ^', context);
    expect(context.asked).toEqual([{ attribute: 'span.x', filter: undefined }]);
  });
});

describe('tags', () => {
  const NARROWED: CompletionTag[] = [{ scope: 'span', name: 'http.route' }];
  const narrowing = () => {
    const filters: Array<string | undefined> = [];
    const context: CompletionContext = {
      ...contextOf(TAGS),
      tags: (filter) => {
        filters.push(filter);
        return Promise.resolve(filter === undefined ? TAGS : NARROWED);
      },
    };
    return { context, filters };
  };

  test.each([
    ['{ kind = server && ^ && duration > 1s }', '{ kind = server && duration > 1s }'],
    ['{ kind = server && s^', '{ kind = server }'],
    ['{ kind = server } | rate() by (^)', '{ kind = server }'],
    ['{ kind = server && status = error } | select(^', '{ kind = server && status = error }'],
  ])('%s: those of the spans that the rest of the query leaves', async (marked, filter) => {
    const { context, filters } = narrowing();
    const labels = await labelsAt(marked, context);
    expect(filters).toEqual([filter]);
    expect(labels).toContain('span.http.route');
    expect(labels).not.toContain('resource.service.name');
  });

  test.each(['{ ^ }', '{ kind = server || ^', '{ kind = } | rate() by (^', '{ .a } >> { .b } | rate() by (^'])(
    '%s: all of them',
    async (marked) => {
      const { context, filters } = narrowing();
      expect(await labelsAt(marked, context)).toContain('resource.service.name');
      expect(filters).toEqual([undefined]);
    }
  );

  test('what does not occur together with the rest is there for who types its name', async () => {
    expect(await labelsAt('{ kind = server && resource.ser^ }', narrowing().context)).toContain(
      'resource.service.name'
    );
  });
});

describe('operators of an attribute', () => {
  const storing = (...types: Array<CompletionValue['type']>): CompletionContext => ({
    ...contextOf(TAGS),
    valueTypes: () => Promise.resolve(new Set(types)),
  });

  test.each<[Array<CompletionValue['type']>, string[]]>([
    [['string'], ['=', '!=', '>', '>=', '<', '<=', '=~', '!~']],
    [['int'], ['=', '!=', '>', '>=', '<', '<=']],
    [['bool'], ['=', '!=']],
    [
      ['bool', 'string'],
      ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'],
    ],
    [[], ['=', '!=', '>', '>=', '<', '<=', '=~', '!~']],
  ])('of which %j is stored: %j', async (types, operators) => {
    expect(await labelsAt('{ span.x ^ }', storing(...types))).toEqual(operators);
  });

  test('are those of every type where what is stored is not known, or not in time', async () => {
    const unknown: CompletionContext = { ...contextOf(TAGS), valueTypes: () => Promise.resolve(undefined) };
    const failing: CompletionContext = { ...contextOf(TAGS), valueTypes: () => Promise.reject(new Error('502')) };
    for (const context of [unknown, failing, contextOf(TAGS)]) {
      expect(await labelsAt('{ span.x ^ }', context)).toEqual(expect.arrayContaining(['=', '>', '=~']));
    }
  });

  test('of an intrinsic do not depend on what is stored', async () => {
    expect(await labelsAt('{ duration ^ }', storing('string'))).not.toContain('=~');
  });
});

test('a context that fails leaves the rest', async () => {
  const broken: CompletionContext = {
    tags: () => Promise.reject(new Error('502')),
    values: () => Promise.reject(new Error('502')),
  };
  const { suggestions } = await complete('{ ', 2, broken);
  expect(suggestions.map(({ label }) => label)).toContain('duration');
});

test('of very many tags the fitting ones come, the best first', async () => {
  const tags = Array.from({ length: 20_000 }, (_, index): CompletionTag => ({ scope: 'span', name: `tag.${index}` }));
  const { suggestions, isIncomplete } = await complete('{ span.tag.1999', 15, contextOf(tags));
  expect(isIncomplete).toBe(false);
  expect(suggestions.slice(0, 2).map(({ label }) => label)).toEqual(['span.tag.1999', 'span.tag.19990']);
  expect((await complete('{ ', 2, contextOf(tags))).isIncomplete).toBe(true);
});
