import { type TempoQuery } from '../types';
import { normalizeQuery } from './normalize-query';

describe('normalizeQuery', () => {
  it('fills in the defaults of a bare link query', () => {
    const { query, problems } = normalizeQuery({ refId: 'A', query: 'abc123' });
    expect(query).toMatchObject({
      queryType: 'traceql',
      query: 'abc123',
      limit: 20,
      spss: 3,
      tableType: 'traces',
      metricsQueryType: 'range',
      serviceMapQueries: [],
      serviceMapIncludeNamespace: false,
    });
    expect(problems).toEqual([]);
  });

  it.each<[string, Partial<TempoQuery>, string]>([
    ['an id without a type', { query: 'abc' }, 'traceql'],
    ['filters without a type', { filters: [{ id: 'x', tag: 'a', value: 'b' }] }, 'traceqlSearch'],
    ['both without a type', { query: '{}', filters: [{ id: 'x' }] }, 'traceql'],
    ['an empty type', { queryType: '', query: '{}' }, 'traceql'],
    ['the old internal type of a lookup', { queryType: 'traceId', query: 'abc' }, 'traceql'],
    ['the old search form', { queryType: 'nativeSearch' }, 'traceqlSearch'],
    ['a service graph', { queryType: 'serviceMap' }, 'serviceMap'],
  ])('reads %s', (_name, saved, queryType) => {
    expect(normalizeQuery({ refId: 'A', ...saved }).query.queryType).toBe(queryType);
  });

  it('runs an unknown type as TraceQL and says so', () => {
    const { query, problems } = normalizeQuery({ refId: 'A', queryType: 'pie', query: '{}' });
    expect(query.queryType).toBe('traceql');
    expect(problems).toEqual([expect.stringContaining('"pie"')]);
  });

  it('keeps what it can read of a damaged query and reports the rest', () => {
    const saved: unknown = {
      refId: 'A',
      query: 7,
      limit: 'many',
      spss: '5',
      tableType: 'pie',
      filters: [{ id: 'ok', tag: 'a', value: 'b' }, { tag: 'no id' }, 'text'],
    };
    const { query, problems } = normalizeQuery(saved as TempoQuery);
    expect(query).toMatchObject({ query: '', limit: 20, spss: 5, tableType: 'traces' });
    expect(query.filters).toEqual([{ id: 'ok', tag: 'a', value: 'b' }]);
    expect(problems).toHaveLength(5);
  });

  it('turns the old search form with its tags into rows', () => {
    const old: TempoQuery & Record<string, unknown> = {
      refId: 'A',
      queryType: 'nativeSearch',
      serviceName: 'app',
      spanName: 'GET /',
      minDuration: '100ms',
      maxDuration: '2s',
      search: 'http.status_code=500 error="not \\"ok\\"" broken',
    };
    expect(normalizeQuery(old).query.filters.map(({ tag, operator, value }) => [tag, operator, value])).toEqual([
      ['service.name', '=', 'app'],
      ['name', '=', 'GET /'],
      ['duration', '>=', '100ms'],
      ['duration', '<=', '2s'],
      ['http.status_code', '=', '500'],
      ['error', '=', 'not "ok"'],
    ]);
  });

  it.each([
    ['{client="a"}', ['{client="a"}']],
    [
      ['{client="a"}', '', '{server="b"}'],
      ['{client="a"}', '{server="b"}'],
    ],
    ['', []],
  ])('reads the service graph filter %j', (serviceMapQuery, expected) => {
    const { query } = normalizeQuery({ refId: 'A', queryType: 'serviceMap', serviceMapQuery });
    expect(query.serviceMapQueries).toEqual(expected);
  });
});
