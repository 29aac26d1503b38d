import { TraceStore } from '../store';
import { type SpanSketch, spansOf, TEST_START_NANOS } from '../testing/spans';

import { type ApiAnswer } from './answer';
import { answerApi } from './router';

const START = Number(TEST_START_NANOS / BigInt(1_000_000_000));

const SKETCHES: SpanSketch[] = [
  { trace: 'ab', id: '1', name: 'root', service: 'web', kind: 'server', for: 300 },
  { trace: 'ab', id: '2', parent: '1', name: 'call', service: 'web', kind: 'client', at: 10, for: 200 },
  {
    trace: 'ab',
    id: '2',
    parent: '1',
    name: 'handle',
    service: 'api',
    kind: 'server',
    at: 20,
    for: 100,
    status: 'error',
  },
  { trace: 'ab', id: '3', parent: '2', name: 'query', service: 'api', at: 30, for: 10, attributes: { rows: 3 } },
  { trace: 'cd', id: '4', name: 'other', service: 'jobs', at: 5000, for: 0.5 },
];

function ask(path: string, params: Record<string, string> = {}, accept = ''): ApiAnswer {
  const store = new TraceStore();
  store.add(spansOf(SKETCHES));
  const now = (): number => (START + 60) * 1000;
  return answerApi({ method: 'GET', path, params: new URLSearchParams(params), accept }, { store, now });
}

function json(answer: ApiAnswer): Record<string, unknown> {
  expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
  return JSON.parse(String(answer.body));
}

describe('search', () => {
  it('answers the newest traces first, of the last 15 minutes without a window', () => {
    expect(json(ask('/api/search', { q: '{ }' })).traces).toMatchObject([
      { traceID: 'cd', rootServiceName: 'jobs', rootTraceName: 'other' },
      { traceID: 'ab', rootServiceName: 'web', rootTraceName: 'root', durationMs: 300 },
    ]);
    expect(json(ask('/api/search', { q: '{ }', since: '57s' })).traces).toMatchObject([{ traceID: 'cd' }]);
    expect(json(ask('/api/search', { q: '{ }', limit: '1' })).traces).toMatchObject([{ traceID: 'cd' }]);
    expect(json(ask('/api/search', { q: '{ }', start: String(START), end: String(START + 2) })).traces).toMatchObject([
      { traceID: 'ab' },
    ]);
  });

  it('cuts span sets and says how many spans matched', () => {
    const [trace] = json(ask('/api/search', { q: '{ resource.service.name = "api" }', spss: '1' })).traces as Array<
      Record<string, unknown>
    >;
    expect(trace).toMatchObject({
      spanSets: [{ matched: 2, spans: [{ spanID: '0000000000000002' }] }],
      serviceStats: { api: { spanCount: 2, errorCount: 1 }, web: { spanCount: 2 } },
    });
  });

  it('leaves out a duration below one millisecond', () => {
    const { traces } = json(ask('/api/search', { q: '{ name = "other" }' }));
    expect(traces).toEqual([expect.not.objectContaining({ durationMs: expect.anything() })]);
  });

  it.each<[Record<string, string>, string]>([
    [{ q: '{ foo' }, 'invalid TraceQL query: parse error at line 1, col 3: unknown identifier: foo'],
    [{ q: '{', limit: '5' }, 'invalid TraceQL query: parse error at line 1, col 2: syntax error: unexpected $end'],
    [{ limit: '0' }, 'invalid limit: must be a positive number'],
    [{ start: '5' }, 'only one of start and end provided: must provide both or neither'],
    [{ since: 'soon' }, 'invalid since: not a valid duration string: "soon"'],
  ])('%j is refused: %s', (params, message) => {
    expect(ask('/api/search', params)).toEqual({
      status: 400,
      contentType: 'text/plain; charset=utf-8',
      body: message,
    });
  });
});

describe('trace by id', () => {
  it('gives a server span that shares its id with the client one of its own', () => {
    const { batches } = json(ask('/api/traces/ab')) as { batches: Array<{ scopeSpans: Array<{ spans: unknown[] }> }> };
    const spans = batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    expect(spans).toEqual([
      expect.objectContaining({ name: 'root' }),
      expect.objectContaining({ name: 'call', spanId: 'AAAAAAAAAAI=' }),
      expect.objectContaining({ name: 'handle', spanId: 'AAAAAAAAAAQ=', parentSpanId: 'AAAAAAAAAAI=' }),
      expect.objectContaining({ name: 'query', parentSpanId: 'AAAAAAAAAAQ=' }),
    ]);
  });

  it.each([
    ['{ name = "query" }', {}, ['query']],
    ['{ name = "query" }', { keep_hierarchy: 'true' }, ['call', 'handle', 'query', 'root']],
    ['{ name = "query" }', { keep_hierarchy: 'true', ancestor_depth: '1' }, ['handle', 'query']],
    ['{ name = "call" }', { match_depth: '1' }, ['call', 'handle']],
    ['{ name = "call" }', { match_depth: '-1' }, ['call', 'handle', 'query']],
    ['{ name = "nope" }', {}, []],
  ])('filters by %s with %j', (q, params, expected) => {
    const answer = json(ask('/api/v2/traces/ab', { q, ...params }));
    const names = [...JSON.stringify(answer.trace).matchAll(/"name":"(\w+)","kind"|"name":"(query)"/g)].map(
      ([, named, query]) => named ?? query
    );
    expect(names.sort()).toEqual(expected);
    expect(answer.status).toBe(expected.length === 4 ? undefined : 'PARTIAL');
  });

  it.each<[Record<string, string>, string]>([
    [
      { q: '{ } | count() > 1' },
      'invalid TraceQL filter: only a single TraceQL filter is supported: { } | count() > 1',
    ],
    [{ q: '{ }', match_depth: '-2' }, 'invalid value for match_depth: must be >= -1'],
    [
      { q: '{ }', keep_hierarchy: 'maybe' },
      'invalid value for keep_hierarchy: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('%j is refused: %s', (params, body) => {
    expect(ask('/api/v2/traces/ab', params)).toMatchObject({ status: 400, body });
  });

  it('knows the difference between no such trace in v1 and v2', () => {
    expect(ask('/api/traces/ff')).toEqual({ status: 404, body: '' });
    expect(json(ask('/api/v2/traces/ff'))).toMatchObject({ trace: {} });
  });
});

describe('tags and values', () => {
  it('lists names by scope and values of a field', () => {
    expect(json(ask('/api/v2/search/tags', { scope: 'span' }))).toMatchObject({
      scopes: [{ name: 'span', tags: ['rows'] }],
    });
    expect(json(ask('/api/search/tags'))).toMatchObject({ tagNames: ['rows', 'service.name'] });
    expect(json(ask('/api/v2/search/tag/span.rows/values'))).toMatchObject({
      tagValues: [{ type: 'int', value: '3' }],
    });
    expect(json(ask('/api/search/tag/service.name/values'))).toMatchObject({ tagValues: ['api', 'jobs', 'web'] });
  });

  it.each([
    ['{ status = error }', ['api']],
    ['{ resource.service.name = "web" && name = }', ['web']],
    ['{ name = "other" && span.rows > ', ['jobs']],
    ['{ name = "a && b" && ', []],
    ['{ status = error } >> { }', ['api', 'jobs', 'web']],
    ['nonsense', ['api', 'jobs', 'web']],
  ])('filters values by %s', (q, expected) => {
    const { tagValues } = json(ask('/api/v2/search/tag/resource.service.name/values', { q })) as {
      tagValues: Array<{ value: string }>;
    };
    expect(tagValues.map(({ value }) => value).sort()).toEqual(expected);
  });
});

describe('everything else', () => {
  it.each<[string, number, string]>([
    ['/api/echo', 200, 'echo\n'],
    ['/ready', 200, 'ready\n'],
    ['/api/metrics/summary', 404, '404 page not found\n'],
    ['/api/v2/search/tag/%zz/values', 400, 'invalid URL escape in "%zz"'],
  ])('%s: %d', (path, status, body) => {
    expect(ask(path)).toMatchObject({ status, body });
  });
});
