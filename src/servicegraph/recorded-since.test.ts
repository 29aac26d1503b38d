import { DEFAULT_DIALECT, type MetricsDialect } from './dialect';
import { KnownDialects } from './known-dialects';
import { recordedIn, type RecordedTimes } from './recorded-since';
import { type RunPromQL } from './run-promql';
import { type EpochRange } from './time-ranges';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 21, 12);
const RULES = 'client_server:traces_service_graph_request';
const TOTAL = 'traces_service_graph_request_total';
const recorded = (only: boolean): MetricsDialect => ({
  ...DEFAULT_DIALECT,
  recorded: { interval: 60, only, spans: false },
});
const last = (minutes: number, to = NOON): EpochRange => ({ from: to - minutes * MINUTE, to });

/** A server whose rules were loaded at a time */
function server(loadedAt: number) {
  const asked: string[] = [];
  const at =
    (range: EpochRange): RunPromQL =>
    async ([{ refId, expr }]) => {
      asked.push(expr);
      const offset = /offset (\d+)s/.exec(expr)?.[1];
      if (offset !== undefined) {
        const isThere = range.to - Number(offset) * 1000 > loadedAt;
        return { [refId]: isThere ? [{ labels: {}, value: 1 }] : [] };
      }
      const names = [TOTAL, 'traces_service_graph_request_server_seconds_count', 'traces_spanmetrics_calls_total'];
      const rules = range.to > loadedAt ? [`${RULES}:rate5m`, `${RULES}_server_seconds_count:rate5m`] : [];
      return { [refId]: [...names, ...rules].map((name) => ({ labels: { __name__: name }, value: 1 })) };
    };
  return { asked, at };
}

const signal = new AbortController().signal;

describe('recordedIn', () => {
  it.each([
    ['rules that are older than the window answer for it', NOON - 2 * 60 * MINUTE, last(60), true],
    ['rules that were loaded within it do not', NOON - 12 * MINUTE, last(60), false],
    ['nor for a window before', NOON - 12 * MINUTE, last(60, NOON - 60 * MINUTE), false],
    ['nor while they are younger than the shortest window', NOON - 5 * MINUTE, last(10), false],
  ])('%s', async (_, loadedAt, range, isUsed) => {
    const dialect = await recordedIn(recorded(false), range, server(loadedAt).at(range), signal);
    expect(dialect.recorded !== undefined).toBe(isUsed);
  });

  it.each([
    ['windows too short for them', recorded(false), last(5)],
    ['series that are all there is', recorded(true), last(60)],
    ['series that nobody records', DEFAULT_DIALECT, last(60)],
  ])('does not ask about %s', async (_, dialect, range) => {
    const { asked, at } = server(NOON);
    expect(await recordedIn(dialect, range, at(range), signal)).toEqual(dialect);
    expect(asked).toEqual([]);
  });

  it('asks again only about times that are not known yet', async () => {
    const times: RecordedTimes = {};
    const { asked, at } = server(NOON - 60 * MINUTE);
    const isUsed = async (range: EpochRange) =>
      (await recordedIn(recorded(false), range, at(range), signal, times)).recorded !== undefined;
    expect([await isUsed(last(90)), await isUsed(last(120)), asked.length]).toEqual([false, false, 1]);
    expect([await isUsed(last(30)), await isUsed(last(20)), asked.length]).toEqual([true, true, 2]);
  });
});

it('what is known of a data source is told for the range that is asked for', async () => {
  const known = new KnownDialects(() => 0);
  const { at } = server(NOON - 30 * MINUTE);
  const get = async (range: EpochRange) => {
    const { dialect } = await known.get({ uid: 'prometheus', runPromQL: at(range), range, signal });
    return dialect.recorded !== undefined;
  };
  expect([await get(last(60)), await get(last(20)), await get(last(60))]).toEqual([false, true, false]);
});
