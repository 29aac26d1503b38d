import { GraphRefusedError, refusalOf } from './refusal';

describe('refusalOf', () => {
  it.each([
    ['query processing would load too many samples into memory in query execution', 'too-many-samples'],
    [
      'the query exceeded the maximum number of chunks (limit: 2000000 chunks) (err-mimir-max-chunks-per-query)',
      'too-many-series',
    ],
    [
      'the query exceeded the maximum number of series (limit: 100000 series) (err-mimir-max-series-per-query)',
      'too-many-series',
    ],
    ['the query hit the max number of series limit (limit: 100 series)', 'too-many-series'],
    ['exceeded series limit: rpc error: code = ResourceExhausted', 'too-many-series'],
    [
      'the number of matching timeseries exceeds 300000; either narrow down the search or increase -search.maxUniqueTimeseries',
      'too-many-series',
    ],
    ['cannot select more than -search.maxSamplesPerQuery=1000000000 samples', 'too-many-samples'],
    ['query timed out in expression evaluation', 'timeout'],
    ['context deadline exceeded', 'timeout'],
    ['504 Gateway Timeout', 'timeout'],
    ['414 Request-URI Too Large', 'too-long'],
    ["too long query; got 20000 bytes; mustn't exceed `-search.maxQueryLen=16384` bytes", 'too-long'],
  ])('%s', (message, reason) => {
    const refused = refusalOf(new Error(message));
    expect(refused).toBeInstanceOf(GraphRefusedError);
    expect(refused).toMatchObject({ reason, message });
    expect(refused?.remedies.length).toBeGreaterThan(0);
  });

  it('offers to leave percentiles out only where that helps', () => {
    const samples = new Error('query processing would load too many samples into memory');
    expect(refusalOf(samples)?.remedies).not.toContain('no-percentiles');
    expect(refusalOf(samples, true)?.remedies).toContain('no-percentiles');
    expect(refusalOf(new Error('query timed out'))?.remedies).toContain('no-percentiles');
  });

  it.each([
    'connection refused',
    '403 Forbidden',
    'parse error: unexpected <aggr:sum>',
    'invalid parameter "query"',
    '',
  ])('%s is of another kind', (message) => expect(refusalOf(new Error(message))).toBeUndefined());
});
