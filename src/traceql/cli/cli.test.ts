import { checkFound, formatFound } from './commands';
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
      spec: { refId: 'A', query: { kind: 'DataQuery', group: 'tempo', spec: { query: '{ }' } } },
    };
    const dashboard = {
      spec: { elements: { panel: { spec: { title: 'All', data: { spec: { queries: [query] } } } } } },
    };
    expect(readQueries(JSON.stringify(dashboard))).toEqual([{ q: '{ }', source: 'All' }]);
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
