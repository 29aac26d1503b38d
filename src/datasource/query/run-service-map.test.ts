import { type DataFrame, dateTime, type RawTimeRange } from '@grafana/data';
import { knownDialects } from '../../servicegraph/known-dialects';
import { fakeClient, queryRequest, runContext } from '../test-support';
import { call, fakePrometheus, TEMPO_NAMES } from '../test-support-prometheus';
import { runQuery } from './run-query';

const UID = 'prom';
const MINUTE = 60_000;
const LAST_HOUR: RawTimeRange = { from: 'now-1h', to: 'now' };

/** A panel whose metrics data source answers as time goes on. @param start min */
function panel() {
  const prometheus = fakePrometheus({ names: TEMPO_NAMES, requests: [call('web', 'api', 2)] });
  const context = runContext(fakeClient({}).client, { serviceMap: { datasourceUid: UID } });
  const run = (start: number, raw = LAST_HOUR) => {
    const controller = new AbortController();
    const range = { from: dateTime(start * MINUTE), to: dateTime((start + 60) * MINUTE), raw };
    const request = { ...queryRequest([]), range };
    const query = { refId: 'G', queryType: 'serviceMap' } as const;
    const frames: Promise<DataFrame[] | string> = runQuery(
      query,
      { ...context, request, loadDataSource: prometheus.load },
      controller.signal
    ).catch((error: Error) => error.message);
    return { frames, cancel: () => controller.abort() };
  };
  const numbersAsked = () => prometheus.queries().filter(({ refId }) => refId === 'requests').length;
  return { run, numbersAsked };
}

/** Until the numbers were asked for */
async function untilAsked({ numbersAsked }: ReturnType<typeof panel>, times: number) {
  for (let tick = 0; tick < 20 && numbersAsked() < times; tick++) {
    await jest.advanceTimersByTimeAsync(0);
  }
  expect(numbersAsked()).toBe(times);
}

beforeEach(() => {
  knownDialects.forget(UID);
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

describe('a panel that is refreshed before it is answered', () => {
  it('gets the answer that is under way, although its query is cancelled', async () => {
    const map = panel();
    const first = map.run(0);
    await untilAsked(map, 1);
    first.cancel();
    const second = map.run(1);
    await jest.advanceTimersByTimeAsync(2000);
    expect(await first.frames).toContain('abort');
    expect((await second.frames)[0]).toMatchObject({ length: 2 });
    expect(map.numbersAsked()).toBe(1);
  });

  it('asks for itself where the range is another', async () => {
    const map = panel();
    const first = map.run(0);
    await untilAsked(map, 1);
    first.cancel();
    const second = map.run(0, { from: 'now-60m', to: 'now' });
    await jest.advanceTimersByTimeAsync(2000);
    expect((await second.frames)[0]).toMatchObject({ length: 2 });
    expect(map.numbersAsked()).toBe(2);
  });

  it('asks for the newer window once it has been answered', async () => {
    const map = panel();
    const first = map.run(0);
    await jest.advanceTimersByTimeAsync(2000);
    await first.frames;
    const second = map.run(1);
    await jest.advanceTimersByTimeAsync(2000);
    expect((await second.frames)[0]).toMatchObject({ length: 2 });
    expect(map.numbersAsked()).toBe(2);
  });
});
