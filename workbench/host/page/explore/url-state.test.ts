import { DEFAULT_RANGE, nextRefId, parsePanes, refIdAt, serializePanes } from './url-state';

const pane = {
  datasource: 'tempo-uid',
  queries: [{ refId: 'A', datasource: { type: 'tempo', uid: 'tempo-uid' }, queryType: 'traceql', query: 'abc' }],
  range: { from: 'now-3h', to: 'now' },
};
const search = (params: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
  ).toString();

it('reads what Grafana writes and writes what it reads', () => {
  const panes = { x1: pane, y2: { ...pane, panelsState: { trace: { spanId: '1' } } } };
  expect(parsePanes(search({ schemaVersion: '1', panes, orgId: '1' }))).toEqual(panes);
  expect(parsePanes(serializePanes(panes))).toEqual(panes);
});

it('reads the older form, which data links are made with', () => {
  const link = { datasource: 'tempo-uid', queries: [{ query: 'abc', queryType: 'traceql' }], panelsState: undefined };
  expect(parsePanes(search({ left: link }))).toEqual({
    left: {
      datasource: 'tempo-uid',
      queries: [{ refId: 'A', query: 'abc', queryType: 'traceql' }],
      range: DEFAULT_RANGE,
    },
  });
});

it('takes the data source of the first query when the pane names none, and times as numbers', () => {
  const panes = { a: { queries: pane.queries, range: { from: 1000, to: 2000 } } };
  expect(parsePanes(search({ panes })).a).toMatchObject({
    datasource: 'tempo-uid',
    range: { from: '1000', to: '2000' },
  });
});

test.each(['', 'panes=', 'panes={', 'panes=[1]', 'panes={"a":{"queries":"x"}}', 'left=nonsense'])(
  'opens an empty Explore for %s',
  (text) => {
    expect(parsePanes(text)).toEqual({});
  }
);

it('names queries A to Z and on, skipping names that are taken', () => {
  expect([0, 25, 26, 27].map(refIdAt)).toEqual(['A', 'Z', 'AA', 'AB']);
  expect(nextRefId([{ refId: 'A' }, { refId: 'C' }])).toBe('B');
  expect(nextRefId([])).toBe('A');
});
