import { parseQuery } from '../../../src/traceql';
import { TraceStore } from '../store';
import { type SpanSketch, spansOf } from '../testing/spans';

import { evaluatePipeline, type TraceMatch } from '.';

/**
 * root (web, server)
 * ├── call (web, client, 404)
 * │   └── handle (api, server, error)
 * │       ├── query (api, client)
 * │       └── cache (api, client)
 * └── render (web, internal)
 */
const TRACE: SpanSketch[] = [
  { id: '1', name: 'root', service: 'web', kind: 'server', for: 500, attributes: { 'user.id': 'u1', ratio: 0.5 } },
  {
    id: '2',
    parent: '1',
    name: 'call',
    service: 'web',
    kind: 'client',
    at: 10,
    for: 300,
    attributes: { code: 404, 'http.route': '/a' },
  },
  {
    id: '3',
    parent: '2',
    name: 'handle',
    service: 'api',
    kind: 'server',
    status: 'error',
    statusMessage: 'boom',
    at: 20,
    for: 200,
    attributes: { code: 500, tags: ['a', 'b'], error: true },
    events: [
      { name: 'retry', at: 5, attributes: { attempt: 1 } },
      { name: 'exception', at: 50, attributes: { 'exception.type': 'Timeout' } },
    ],
  },
  { id: '4', parent: '3', name: 'query', service: 'api', kind: 'client', at: 30, for: 100, attributes: { rows: 7 } },
  { id: '5', parent: '3', name: 'cache', service: 'api', kind: 'client', at: 30, for: 5, attributes: { rows: 3 } },
  {
    id: '6',
    parent: '1',
    name: 'render',
    service: 'web',
    at: 400,
    for: 50,
    links: [{ trace: 'ab', span: 'cd', attributes: { why: 'batch' } }],
  },
];

function evaluate(query: string, sketches: readonly SpanSketch[] = TRACE): TraceMatch[] {
  const store = new TraceStore();
  store.add(spansOf(sketches));
  const { query: tree, diagnostics } = parseQuery(query);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (tree?.expression.type !== 'pipeline' || errors.length > 0) {
    throw new Error(`not a search: ${query} ${JSON.stringify(errors)}`);
  }
  return [...evaluatePipeline(tree.expression, store, {})];
}

/** Names of the matched spans, a list for each span set. */
function names(query: string, sketches?: readonly SpanSketch[]): string[][] {
  return evaluate(query, sketches).flatMap(({ spansets }) =>
    spansets.map(({ spans }) => spans.map(({ span }) => span.name).sort())
  );
}

describe('filters', () => {
  it.each<[string, string[]]>([
    ['{ }', ['cache', 'call', 'handle', 'query', 'render', 'root']],
    ['{ name = "call" }', ['call']],
    ['{ name =~ "c.*" }', ['cache', 'call']],
    ['{ name !~ "c.*|r.*" }', ['handle', 'query']],
    ['{ name =~ "al" }', []],
    ['{ resource.service.name = "api" }', ['cache', 'handle', 'query']],
    ['{ .service.name = "api" && .rows > 5 }', ['query']],
    ['{ status = error }', ['handle']],
    ['{ kind = client && duration > 50ms }', ['call', 'query']],
    ['{ duration > 0.2 }', ['cache', 'call', 'handle', 'query', 'render', 'root']],
    ['{ span.error }', ['handle']],
    ['{ span.code = 404 || span.rows = 3 }', ['cache', 'call']],
    ['{ name = "root" || name = "call" && kind = client }', ['call']],
    ['{ statusMessage = "boom" }', ['handle']],
    ['{ span:id = "0000000000000004" }', ['query']],
    ['{ span:parentID = "0000000000000003" }', ['cache', 'query']],
    ['{ trace:id = "1" && name = "root" }', ['root']],
    ['{ trace:rootName = "root" && name = "root" }', ['root']],
    ['{ rootServiceName != "web" }', []],
    ['{ traceDuration >= 500ms && name = "root" }', ['root']],
    ['{ event:name = "exception" }', ['handle']],
    ['{ event.exception.type = "Timeout" }', ['handle']],
    ['{ event:timeSinceStart > 40ms }', ['handle']],
    ['{ link:traceID = "ab" }', ['render']],
    ['{ link.why = "batch" }', ['render']],
    ['{ instrumentation:name = "test" && name = "root" }', ['root']],
    ['{ span:childCount = 2 }', ['handle', 'root']],
    ['{ nestedSetParent < 0 }', ['root']],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected.length > 0 ? [expected] : []);
  });
});

describe('types are strict between stored values and literals', () => {
  it.each<[string, string[]]>([
    ['{ span.ratio > 0 }', []],
    ['{ span.ratio > 0.0 }', ['root']],
    ['{ span.ratio + 0 > 0 }', ['root']],
    ['{ span.code = "404" }', []],
    ['{ span.code > 403.5 }', []],
    ['{ span.code * 1.0 > 403.5 }', ['call', 'handle']],
    ['{ 403 < span.code }', ['call', 'handle']],
    ['{ span.code % 100 = 4 }', ['call']],
    ['{ span.code / 0 = 1 }', []],
    ['{ -span.rows = -7 }', ['query']],
    ['{ 2 ^ 3 = 9 && span.rows = 7 }', ['query']],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected.length > 0 ? [expected] : []);
  });
});

describe('what is missing', () => {
  it.each<[string, string[]]>([
    ['{ span.nope = 1 }', []],
    ['{ span.nope != 1 }', []],
    ['{ !(span.nope = 1) }', []],
    ['{ span.code != nil }', ['call', 'handle']],
    ['{ span.code = nil && kind = client }', ['cache', 'query']],
    ['{ span.code != 404 }', ['handle']],
    // Conditions are put to storage first: nothing but clients is read, and of those none passes.
    ['{ !(kind = client) }', []],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected.length > 0 ? [expected] : []);
  });
});

describe('arrays', () => {
  it.each<[string, number]>([
    ['{ span.tags = "a" }', 1],
    ['{ span.tags = "c" }', 0],
    ['{ span.tags != "a" }', 1],
    ['{ span.tags !~ "a|b" }', 0],
    ['{ span.tags =~ "[b-z]" }', 1],
    ['{ span.tags = "a" && span.tags = "b" }', 1],
  ])('%s', (query, spans) => {
    expect(names(query).flat()).toHaveLength(spans);
  });

  it('does not see empty, mixed or nested values', () => {
    const sketches: SpanSketch[] = [
      {
        id: '1',
        attributes: { empty: [], map: { type: 'kvlist', value: [] }, raw: { type: 'bytes', value: new Uint8Array(2) } },
      },
    ];
    expect(names('{ span.empty != nil || span.map != nil || span.raw != nil }', sketches)).toEqual([]);
  });
});

describe('structure', () => {
  it.each<[string, string[]]>([
    ['{ name = "root" } > { }', ['call', 'render']],
    ['{ name = "root" } >> { kind = client }', ['cache', 'call', 'query']],
    ['{ name = "query" } < { }', ['handle']],
    ['{ name = "query" } << { }', ['call', 'handle', 'root']],
    ['{ name = "query" } ~ { }', ['cache']],
    ['{ } ~ { name = "root" }', []],
    ['{ kind = server } !> { kind = client }', []],
    ['{ status = error } !> { kind = client }', ['call']],
    ['{ kind = server } !>> { }', ['root']],
    ['{ name = "query" } !<< { resource.service.name = "api" }', ['cache', 'query']],
    ['{ name = "query" } !< { kind = server }', ['root']],
    ['{ name = "query" } !~ { kind = client }', ['call', 'query']],
    ['{ name = "handle" } &> { kind = client }', ['cache', 'handle', 'query']],
    ['{ name = "root" } &>> { name = "query" }', ['query', 'root']],
    ['{ name = "query" } &< { }', ['handle', 'query']],
    ['{ name = "query" } &~ { }', ['cache', 'query']],
    ['{ name = "root" } > { kind = client } > { status = error }', ['handle']],
    ['{ name = "query" } && { name = "root" }', ['query', 'root']],
    ['{ name = "query" } && { name = "nope" }', []],
    ['{ name = "query" } || { name = "nope" }', ['query']],
    ['({ kind = client } | count() > 2) && ({ name = "root" })', ['cache', 'call', 'query', 'root']],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected.length > 0 ? [expected] : []);
  });

  it('refuses structural operators after by()', () => {
    expect(() => names('({ } | by(name)) > ({ })')).toThrow(
      'spanset operators are not supported for multiple spansets'
    );
  });
});

describe('pipelines', () => {
  it('splits by a field, filters each group and joins again', () => {
    expect(names('{ } | by(resource.service.name)')).toEqual([
      ['call', 'render', 'root'],
      ['cache', 'handle', 'query'],
    ]);
    expect(names('{ kind = client } | by(resource.service.name) | count() > 1')).toEqual([['cache', 'query']]);
    expect(names('{ kind = client } | by(resource.service.name) | coalesce()')).toEqual([['cache', 'call', 'query']]);
  });

  it.each<[string, number]>([
    ['{ } | count() = 6', 1],
    ['{ } | count() > 6', 0],
    ['{ } | max(duration) = 500ms', 1],
    ['{ } | min(duration) < 6ms', 1],
    ['{ kind = client } | sum(span.rows) = 10', 1],
    ['{ kind = client } | avg(span.rows) = 5.0', 1],
    ['{ kind = client } | avg(span.nope) > 0', 0],
    ['{ } | { kind = client } | count() = 3', 1],
  ])('%s', (query, traces) => {
    expect(evaluate(query)).toHaveLength(traces);
  });

  it('labels groups and aggregates as Tempo does', () => {
    const [{ spansets }] = evaluate('{ kind = client } | by(resource.service.name) | avg(duration) > 100ms');
    expect(spansets.map(({ attributes }) => attributes)).toEqual([
      [
        { key: 'by(resource.service.name)', value: { type: 'string', value: 'web' } },
        { key: 'avg(duration)', value: { type: 'duration', value: 300e6 } },
      ],
    ]);
  });
});
