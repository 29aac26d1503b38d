import { exemplarFrame, linkExemplars, sampleExemplars } from './exemplars';

const exemplar = (time: number, value: number, labels = {}) => ({ time, value, labels });

describe('sampling', () => {
  it('keeps the highest of each step and drops what is close below it', () => {
    const all = [exemplar(1000, 1), exemplar(2000, 1.1), exemplar(16_000, 4.9), exemplar(17_000, 5)];
    expect(sampleExemplars(all, 15_000)).toEqual([exemplar(2000, 1.1), exemplar(17_000, 5)]);
  });

  it('keeps a second one of a step when it lies two standard deviations below', () => {
    const crowd = Array.from({ length: 20 }, (_unused, index) => exemplar(30_000 + index * 15_000, 10));
    const sampled = sampleExemplars([...crowd, exemplar(1000, 10), exemplar(2000, 0.1)], 15_000);
    expect(sampled.filter(({ time }) => time < 15_000)).toEqual([exemplar(1000, 10), exemplar(2000, 0.1)]);
  });

  it('keeps one of several equal ones, and a single one', () => {
    expect(sampleExemplars([exemplar(1, 3), exemplar(2, 3)], 1000)).toHaveLength(1);
    expect(sampleExemplars([exemplar(1, 3)], 1000)).toHaveLength(1);
    expect(sampleExemplars([], 1000)).toEqual([]);
  });
});

describe('links', () => {
  const frame = exemplarFrame([exemplar(1, 2, { traceID: 'abc', trace_id: 'def', le: '1' })], 'A');
  const nameOf = (uid: string) => (uid === 'tempo' ? 'My Tempo' : undefined);
  const linksOf = (name: string, destinations: Parameters<typeof linkExemplars>[1]) =>
    frame && linkExemplars(frame, destinations, nameOf).fields.find((field) => field.name === name)?.config.links;

  it('lead from the label spelled exactly so to a query for its value', () => {
    const destinations = [{ name: 'traceID', datasourceUid: 'tempo' }];
    expect(linksOf('traceID', destinations)).toEqual([
      {
        title: 'Query with My Tempo',
        url: '',
        internal: {
          query: { query: '${__value.raw}', queryType: 'traceql' },
          panelsState: { trace: { spanId: '${__data.fields["span_id"]}' } },
          datasourceUid: 'tempo',
          datasourceName: 'My Tempo',
        },
      },
    ]);
    expect(linksOf('trace_id', destinations)).toBeUndefined();
    expect(linksOf('le', destinations)).toBeUndefined();
  });

  it('may lead to an address as well, under their own title', () => {
    const both = [
      { name: 'trace_id', datasourceUid: 'tempo', url: 'https://x/${__value.raw}', urlDisplayLabel: 'Open' },
    ];
    expect(linksOf('trace_id', both)?.map(({ title, url }) => [title, url])).toEqual([
      ['Open', ''],
      ['Open', 'https://x/${__value.raw}'],
    ]);
    expect(linksOf('trace_id', [{ name: 'trace_id', url: 'https://x' }])?.[0].title).toBe('Go to https://x');
  });

  it('do not lead to a data source that is not there', () => {
    expect(linksOf('traceID', [{ name: 'traceID', datasourceUid: 'gone' }])).toBeUndefined();
  });

  it('come with the mark that draws the frame over the graph', () => {
    expect(frame && linkExemplars(frame, [], nameOf).meta).toMatchObject({
      dataTopic: 'annotations',
      custom: { resultType: 'exemplar' },
    });
  });
});
