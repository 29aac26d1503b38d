import { startRemoteWrite, writeHistory, writeOnce } from './remote-write';
import { type WriteRequest } from './write-request';

const URL = 'http://prometheus.test/api/v1/write';
const LABELS = [{ name: '__name__', value: 'up' }];

function request(value: number, timestampMs = value): WriteRequest {
  return { timeseries: [{ labels: LABELS, samples: [{ value, timestampMs }], exemplars: [], histograms: [] }] };
}

/** Timers that run when told to. */
function manualClock() {
  let nowMs = 0;
  let timers: Array<{ atMs: number; callback: () => void }> = [];
  return {
    now: () => nowMs,
    timer: (callback: () => void, ms: number) => {
      const timer = { atMs: nowMs + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        await settled();
        const next = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) {
          nowMs = untilMs;
          return;
        }
        nowMs = next.atMs;
        timers = timers.filter((timer) => timer !== next);
        next.callback();
      }
    },
  };
}

async function settled() {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

type Reply = number | 'refused connection';

/** A receiver that answers with the replies in turn, then with 204. */
function receiver(...replies: Reply[]) {
  const bodies: Uint8Array[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const reply = replies.shift() ?? 204;
    if (reply === 'refused connection') {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    }
    if (reply === 204 && init?.body instanceof Uint8Array) {
      bodies.push(init.body);
    }
    return new Response(reply === 204 ? null : 'out of order sample', { status: reply });
  };
  return { fetch, bodies };
}

describe('startRemoteWrite', () => {
  function start(...replies: Reply[]) {
    const clock = manualClock();
    const { fetch, bodies } = receiver(...replies);
    const log: string[] = [];
    let collections = 0;
    const generator = { collect: () => request(++collections) };
    const remote = startRemoteWrite({
      generator,
      url: URL,
      intervalMs: 15_000,
      clock,
      fetch,
      log: (line) => log.push(line),
    });
    return { clock, bodies, log, remote };
  }

  it('collects and sends at each interval', async () => {
    const { clock, bodies, log } = start();
    await clock.advance(45_000);
    expect(bodies).toHaveLength(3);
    expect(log).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['503', 503],
    ['429', 429],
    ['a refused connection', 'refused connection'],
  ])('tries again after %s, with longer pauses, and loses nothing', async (_, reply) => {
    const { clock, bodies, log } = start(reply, reply, reply);
    await clock.advance(15_000);
    expect(bodies).toHaveLength(0);
    await clock.advance(250 + 500);
    expect(bodies).toHaveLength(0);
    await clock.advance(1000);
    expect(bodies).toHaveLength(1);
    expect(log).toEqual([expect.stringContaining('trying again'), expect.stringContaining('works again')]);
  });

  it('drops what the receiver refuses and goes on', async () => {
    const { clock, bodies, log } = start(400);
    await clock.advance(30_000);
    expect(bodies).toHaveLength(1);
    expect(log[0]).toBe(`Remote write to ${URL}: HTTP 400 out of order sample; samples dropped.`);
  });

  it('keeps a bounded number of requests while nobody answers', async () => {
    const { clock, bodies, log, remote } = start(...new Array<Reply>(5000).fill('refused connection'));
    await clock.advance(15_000 * 600);
    expect(log.some((line) => line.includes('oldest'))).toBe(true);
    await remote.close();
    expect(bodies).toHaveLength(0);
  });

  it('sends what is left when it is closed, and nothing after', async () => {
    const { clock, bodies, remote } = start();
    await remote.close();
    await clock.advance(60_000);
    expect(bodies).toHaveLength(1);
  });
});

describe('writeOnce', () => {
  it('fails with the words of a receiver that refuses', async () => {
    const { fetch } = receiver(400);
    await expect(writeOnce(URL, request(1), { fetch })).rejects.toThrow(`${URL}: HTTP 400 out of order sample`);
  });

  it('gives up after some tries', async () => {
    const clock = manualClock();
    const { fetch } = receiver(503, 503);
    const written = writeOnce(URL, request(1), { fetch, clock, tries: 2 });
    const failure = expect(written).rejects.toThrow('HTTP 503');
    await clock.advance(10_000);
    await failure;
  });
});

describe('writeHistory', () => {
  it('sends ten minutes at a time', async () => {
    const { fetch, bodies } = receiver();
    const collections = Array.from({ length: 25 }, (_, minute) => request(minute, 1_000_000 + minute * 60_000));
    await writeHistory(URL, collections, { fetch });
    expect(bodies).toHaveLength(3);
  });
});
