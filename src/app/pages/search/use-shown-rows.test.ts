import { createDataFrame, dateTime, FieldType, LoadingState, type PanelData } from '@grafana/data';
import { nextRows, type ShownRows } from './use-shown-rows';

const NOTHING: ShownRows = { rows: [], question: undefined, isOfEarlierSearch: false };
const NOW = 1_795_255_800_000;

function answer(ids: string[], state: LoadingState, query = '{}'): PanelData {
  const [from, to] = [dateTime(NOW - 3_600_000), dateTime(NOW)];
  const range = { from, to, raw: { from, to } };
  const field = (name: string, values: unknown[]) => ({ name, type: FieldType.other, values });
  return {
    state,
    timeRange: range,
    series:
      ids.length === 0
        ? []
        : [createDataFrame({ fields: [field('traceID', ids), field('traceService', ids), field('traceName', ids)] })],
    request: {
      requestId: 'Q',
      app: 'test',
      interval: '15s',
      intervalMs: 15_000,
      timezone: 'utc',
      startTime: 0,
      scopedVars: {},
      range,
      targets: [{ refId: 'A', ...{ query } }],
    },
  };
}

const { Loading, Streaming, Done, Error: Failed } = LoadingState;
/** What is shown after each of the answers. */
const shownAfter = (...answers: PanelData[]) =>
  answers
    .reduce<ShownRows[]>((all, data) => [...all, nextRows(all[all.length - 1], data, data.state === Failed)], [NOTHING])
    .slice(1)
    .map(({ rows, isOfEarlierSearch }) => [rows.length, isOfEarlierSearch]);

it('grows while a search goes on', () => {
  expect(shownAfter(answer([], Loading), answer(['1'], Streaming), answer(['1', '2'], Done))).toEqual([
    [0, false],
    [1, false],
    [2, false],
  ]);
});

it('keeps the rows of a search that failed half-way while it is asked again, until there are more', () => {
  expect(
    shownAfter(
      answer(['1', '2', '3'], Failed),
      answer([], Loading),
      answer(['1'], Streaming),
      answer(['1', '2'], Failed),
      answer(['1', '2', '3', '4'], Streaming)
    )
  ).toEqual([
    [3, false],
    [3, false],
    [3, false],
    [3, false],
    [4, false],
  ]);
});

it('takes the answer of the same search once it is done, fewer rows too', () => {
  expect(shownAfter(answer(['1', '2'], Done), answer(['1'], Done))).toEqual([
    [2, false],
    [1, false],
  ]);
});

it('keeps the rows of the search before, and says so, until another one has its own', () => {
  const other = (ids: string[], state: LoadingState) => answer(ids, state, '{ status = error }');
  expect(
    shownAfter(
      answer(['1', '2'], Done),
      other([], Loading),
      other([], Failed),
      other([], Loading),
      other(['3'], Streaming),
      other([], Done)
    )
  ).toEqual([
    [2, false],
    [2, true],
    [2, true],
    [2, true],
    [1, false],
    [0, false],
  ]);
});
