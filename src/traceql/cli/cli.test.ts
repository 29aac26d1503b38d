import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { checkFound, formatFound, formatText } from './commands';
import { readQueries, UnreadableInput } from './read-queries';

describe('readQueries', () => {
  test('JSON lines, with the route when it is given', () => {
    expect(readQueries('{"q": "{ }"}\n\n{"q": "{ } | rate()", "endpoint": "metrics"}\n')).toEqual([
      { q: '{ }' },
      { q: '{ } | rate()', endpoint: 'metrics' },
    ]);
  });

  test('a JSON list', () => {
    expect(readQueries('[{"q": "{ }"}, {"q": "{"}]')).toEqual([{ q: '{ }' }, { q: '{' }]);
  });

  test('one query as text', () => {
    expect(readQueries('{ status = error }\n| count() > 1')).toEqual([{ q: '{ status = error }\n| count() > 1' }]);
  });

  test.each(['{}', '{ }\n', '{ }\n| rate()'])('the query for every span, which is JSON as well: %s', (text) => {
    expect(readQueries(text)).toEqual([{ q: text }]);
  });

  test('an empty file has none', () => {
    expect(readQueries(' \n')).toEqual([]);
  });

  test('a line that is no query is named', () => {
    expect(() => readQueries('{"q": "{ }"}\n{"query": "{ }"}')).toThrow(UnreadableInput);
    expect(() => readQueries('{"q": "{ }"}\n{"query": "{ }"}')).toThrow('line 2: expected a JSON object like');
  });

  test('the TraceQL of a dashboard, and nothing else of it', () => {
    const tempo = { type: 'tempo', uid: 't' };
    const dashboard = {
      panels: [
        {
          title: 'Errors',
          datasource: tempo,
          targets: [{ refId: 'A', queryType: 'traceql', query: '{ status = error }' }],
        },
        { title: 'Trace', datasource: tempo, targets: [{ refId: 'A', query: '0af7651916cd43dd8448eb211c80319c' }] },
        { title: 'Map', datasource: tempo, targets: [{ refId: 'A', queryType: 'serviceMap', query: 'nothing' }] },
        { title: 'Logs', datasource: { type: 'loki' }, targets: [{ refId: 'A', query: '{app="a"}' }] },
        {
          title: 'Row',
          panels: [
            {
              title: 'Mixed',
              targets: [{ refId: 'B', datasource: { type: 'traceatlas-tempo-datasource' }, query: '{ } | rate()' }],
            },
          ],
        },
      ],
      templating: { list: [{ name: 'service', datasource: tempo, query: '' }] },
    };
    expect(readQueries(JSON.stringify(dashboard))).toEqual([
      { q: '{ status = error }', source: 'Errors A' },
      { q: '{ } | rate()', source: 'Mixed B' },
    ]);
  });

  test('a dashboard of the second schema', () => {
    const query = {
      kind: 'PanelQuery',
      spec: {
        refId: 'A',
        query: { kind: 'DataQuery', group: 'tempo', datasource: { name: 'tempo-1' }, spec: { query: '{ }' } },
      },
    };
    const dashboard = {
      spec: { elements: { panel: { spec: { title: 'All', data: { spec: { queries: [query] } } } } } },
    };
    expect(readQueries(JSON.stringify(dashboard))).toEqual([{ q: '{ }', source: 'All A' }]);
  });
});

describe('readQueries of a dashboard', () => {
  const found = (dashboard: object) => readQueries(JSON.stringify(dashboard));
  const datasource = { type: 'tempo', uid: 't' };

  test('the rows of a search form as TraceQL, with what stands around them', () => {
    const filters = [
      { id: 'a', scope: 'resource', tag: 'service.name', operator: '=', value: ['$service'], valueType: 'string' },
      { id: 'b', tag: 'duration', operator: '>', value: '1 h', valueType: 'duration' },
      { id: 'c', tag: 7 },
    ];
    const targets = [
      { refId: 'A', queryType: 'traceqlSearch', query: 'what the form had before', filters },
      { refId: 'B', queryType: 'traceqlSearch', filters: [filters[0]], searchRest: { before: 'count() > 2' } },
      { refId: 'C', queryType: 'traceqlSearch', filters: [] },
    ];
    const queries = found({ panels: [{ title: 'Form', datasource, targets }] });
    expect(queries).toEqual([
      { q: '{resource.service.name="$service" && duration>1 h}', source: 'Form A' },
      { q: '{resource.service.name="$service"} | count() > 2', source: 'Form B' },
    ]);
    expect(queries.map((query) => checkFound('d.json', query).verdict)).toEqual(['syntax', 'valid']);
  });

  test('of annotations and variables, under their names', () => {
    expect(
      found({
        annotations: {
          list: [{ name: 'Deployments', datasource, target: { refId: 'Anno', query: '{ name = "deploy" }' } }],
        },
        templating: {
          list: [{ name: 'pod', datasource, query: { refId: 'V', type: 1, label: 'pod', query: '{ .a }' } }],
        },
      })
    ).toEqual([
      { q: '{ name = "deploy" }', source: 'Deployments Anno' },
      { q: '{ .a }', source: 'pod V' },
    ]);
  });

  test('of library panels in an export, and of data sources behind an input or a variable', () => {
    const target = { refId: 'A', query: '{ }' };
    expect(
      found({
        __inputs: [{ name: 'DS_TEMPO', type: 'datasource', pluginId: 'tempo' }],
        __elements: { x: { name: 'lib', model: { title: 'Library', datasource, targets: [target] } } },
        panels: [
          { title: 'Input', datasource: '${DS_TEMPO}', targets: [target] },
          { title: 'Variable', datasource: { uid: '$traces' }, targets: [target] },
          { title: 'Logs', datasource: { uid: '${logs}' }, targets: [target] },
        ],
        templating: {
          list: [
            { name: 'traces', type: 'datasource', query: 'tempo' },
            { name: 'logs', type: 'datasource', query: 'loki' },
          ],
        },
      }).map(({ source }) => source)
    ).toEqual(['Library A', 'Input A', 'Variable A']);
  });

  test('a variable that stands for a whole query is none itself', () => {
    const targets = ['$q', '${q:raw}', '[[q]]'].map((query) => ({ refId: 'A', query }));
    expect(found({ panels: [{ datasource, targets }] })).toEqual([]);
  });
});

test.each(['{"panels": [', '{"q": "{ }"', '[{"q": '])('broken JSON is not taken for TraceQL: %s', (content) => {
  expect(() => readQueries(content)).toThrow(/looks like JSON, but is none/);
});

test('text that only starts like JSON is a query', () => {
  expect(readQueries('{ "a" = .b }')).toEqual([{ q: '{ "a" = .b }' }]);
});

describe('the command', () => {
  const run = (input: string, ...args: string[]) =>
    spawnSync('node', ['--import', 'tsx', join(__dirname, 'main.ts'), ...args], { input, encoding: 'utf8' });

  test('prints a verdict a query and exits 1 when one is not valid', () => {
    const { status, stdout } = run('{"q": "{ }"}\n{"q": "{ status > ok }"}\n', 'check', '-');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    ).toEqual([
      { q: '{ }', verdict: 'valid', file: '-' },
      expect.objectContaining({ verdict: 'type', message: expect.any(String), line: 1, column: 3 }),
    ]);
    expect(status).toBe(1);
  });

  test('names a file that is not there, checks the others, and exits 2', () => {
    const { status, stdout, stderr } = run('{ }', 'check', join(__dirname, 'no-such-file.json'), '-');
    expect(stderr).toMatch(/no-such-file\.json: there is no such file/);
    expect(stdout).toContain('"verdict":"valid"');
    expect(status).toBe(2);
  });
});

describe('checkFound', () => {
  test('gives verdict, message and place', () => {
    expect(checkFound('a.json', { q: '{ span.a =\n foo }' })).toMatchObject({
      q: '{ span.a =\n foo }',
      file: 'a.json',
      verdict: 'syntax',
      message: 'parse error at line 2, col 2: unknown identifier: foo',
      line: 2,
      column: 2,
    });
  });

  test.each([
    ['{ resource.service.name =~ "$service" && duration > $min }', 'valid'],
    ['{ ${filter} } | rate() by ($group) | topk([[limit]]) > ${min}', 'valid'],
    ['{ } | rate() | topk($limit)', 'valid'],
    ['{ duration > $min', 'syntax'],
  ])('variables of a dashboard stand for what fits: %s', (q, verdict) => {
    expect(checkFound('d.json', { q, source: 'Panel A' }).verdict).toBe(verdict);
  });

  test('outside of a dashboard a variable is an error', () => {
    expect(checkFound('a.jsonl', { q: '{ duration > $min }' }).verdict).toBe('syntax');
  });
});

test('formatFound keeps what else is known of the query', () => {
  expect(formatFound({ q: '{.a}|rate()', endpoint: 'metrics' })).toBe('{"q":"{ .a } | rate()","endpoint":"metrics"}');
});

test.each([
  [
    '{duration>$min}|rate()by(${group:csv})|topk([[limit]])',
    '{ duration > $min } | rate() by (${group:csv}) | topk([[limit]])',
  ],
  ['{name="$service"&&.a=$a}', '{ name = "$service" && .a = $a }'],
  ['{$filter}', '{ $filter }'],
  ['{ duration > $min', '{ duration > $min'],
])('formatText keeps variables: %s', (q, formatted) => {
  expect(formatText(q)).toBe(formatted);
});
