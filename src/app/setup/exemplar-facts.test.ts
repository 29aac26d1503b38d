import { exemplarFacts } from './exemplar-facts';

const ID = '5b8aa5a2d2c872e8321cf37308d69df2';
const one = (labels: Record<string, string>, timestamp = 0) => ({ exemplars: [{ labels, timestamp }] });

it('counts labels, the most usual first, and finds the newest trace', () => {
  const other = ID.replace('5b', '6c');
  expect(
    exemplarFacts([
      one({ trace_id: ID }, 5),
      one({ traceID: other }, 9),
      one({ traceID: ID }, 7),
      one({ traceID: 'zz' }),
    ])
  ).toEqual({
    count: 4,
    labels: [
      { name: 'traceID', count: 2 },
      { name: 'trace_id', count: 1 },
    ],
    unknownLabels: [],
    newestTraceId: other,
  });
});

it('names labels that look like trace ids, not those of span ids', () => {
  expect(exemplarFacts([one({ tid: ID, span_id: '051581bf3cb55c13', user: 'x' })])).toMatchObject({
    labels: [],
    unknownLabels: ['tid'],
  });
});

it('takes no data for no exemplars', () => {
  expect(exemplarFacts(null)).toEqual({ count: 0, labels: [], unknownLabels: [] });
});
