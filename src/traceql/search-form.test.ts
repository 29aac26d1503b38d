import { parseQuery } from './parse';
import { filtersToTraceql, type TraceqlFilter } from './search-form';

const row = (filter: Partial<TraceqlFilter>): TraceqlFilter => ({ id: 'x', operator: '=', ...filter });

describe('filtersToTraceql', () => {
  it.each<[string, TraceqlFilter[], string]>([
    ['no rows', [], '{}'],
    ['rows without tag or value', [row({ tag: 'a' }), row({ value: 'b' }), row({ tag: 'c', value: [] })], '{}'],
    [
      'a service and a name',
      [
        row({ scope: 'resource', tag: 'service.name', value: 'shop', valueType: 'string' }),
        row({ scope: 'span', tag: 'name', value: 'GET /', valueType: 'string' }),
      ],
      '{resource.service.name="shop" && name="GET /"}',
    ],
    [
      'several values',
      [row({ scope: 'span', tag: 'method', value: ['GET', 'PUT'], valueType: 'string' })],
      '{(span.method="GET" || span.method="PUT")}',
    ],
    [
      'several values that are excluded',
      [row({ scope: 'span', tag: 'method', operator: '!=', value: ['GET', 'PUT'], valueType: 'string' })],
      '{span.method!="GET" && span.method!="PUT"}',
    ],
    [
      'a pattern of several values',
      [row({ tag: 'method', operator: '=~', value: ['GET', 'P.*'], valueType: 'string' })],
      '{.method=~"GET|P.*"}',
    ],
    ['a keyword', [row({ scope: 'intrinsic', tag: 'status', value: 'error', valueType: 'keyword' })], '{status=error}'],
    ['a keyword without its type', [row({ tag: 'kind', value: 'server' })], '{kind=server}'],
    [
      'a number',
      [row({ scope: 'span', tag: 'http.status_code', value: '500', valueType: 'int' })],
      '{span.http.status_code=500}',
    ],
    ['a number without its type', [row({ scope: 'span', tag: 'size', operator: '>', value: '10' })], '{span.size>10}'],
    ['a text of digits', [row({ scope: 'span', tag: 'zip', value: '500', valueType: 'string' })], '{span.zip="500"}'],
    ['a name that needs quotes', [row({ scope: 'span', tag: 'a b"c', value: 'x' })], '{span."a b\\"c"="x"}'],
    ['a value with quotes', [row({ scope: 'span', tag: 'q', value: 'say "hi"\\' })], '{span.q="say \\"hi\\"\\\\"}'],
    [
      'durations of spans',
      [
        row({ id: 'min-duration', tag: 'duration', operator: '>', value: '1s' }),
        row({ id: 'max-duration', tag: 'duration', operator: '<', value: '2s' }),
      ],
      '{duration>1s && duration<2s}',
    ],
    [
      'durations of traces',
      [
        row({ id: 'duration-type', value: 'trace' }),
        row({ id: 'min-duration', tag: 'duration', operator: '>=', value: '1s' }),
      ],
      '{traceDuration>=1s}',
    ],
    [
      'a number of unknown type',
      [row({ scope: 'span', tag: 'code', value: '500', valueType: 'unknown' })],
      '{(span.code=500 || span.code="500")}',
    ],
    [
      'numbers of unknown type that are excluded',
      [row({ scope: 'span', tag: 'code', operator: '!=', value: ['500', 'x'], valueType: 'unknown' })],
      '{(span.code!=500 || span.code!="500") && span.code!="x"}',
    ],
  ])('writes %s', (_name, filters, expected) => {
    const traceql = filtersToTraceql(filters);
    expect(traceql).toBe(expected);
    expect(parseQuery(traceql).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
