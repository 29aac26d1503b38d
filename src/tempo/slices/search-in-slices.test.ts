/** @jest-environment node */
import fc from 'fast-check';
import { TempoError } from '../error';
import { type SearchRequest, type SearchResponse } from '../types';
import { FakeTempo, type StoredPart, VirtualTime } from './fake-tempo';
import { searchInSlices, type SliceOptions, type SliceProgress } from './search-in-slices';

fc.configureGlobal({ seed: 12 });

const HOUR = 3600;
const END = 1_795_305_600;
const DAY = { start: END - 24 * HOUR, end: END };
const REQUEST = { query: '{}', limit: 20, ...DAY };

type Search = (request: SearchRequest, signal?: AbortSignal) => Promise<SearchResponse>;

function options(time: VirtualTime, over: Partial<SliceOptions> = {}): SliceOptions {
  return {
    progressive: true,
    parallel: 3,
    limits: {},
    platform: time,
    signal: new AbortController().signal,
    ...over,
  };
}

/** A trace in each hour before the end, newest first. */
const HOURLY: StoredPart[] = Array.from({ length: 24 }, (_, hour) => ({
  traceId: String(hour).padStart(32, '0'),
  start: END - hour * HOUR - 1800,
  end: END - hour * HOUR - 1790,
  matched: 1,
}));

/** Answers after 2 s for each hour that is asked for. */
function slowSearch(time: VirtualTime, tempo: FakeTempo): Search {
  return async (request, signal) => {
    const answer = tempo.search(request);
    await time.pass(((request.end ?? 0) - (request.start ?? 0)) * (2000 / HOUR), signal);
    return answer;
  };
}

const idsOf = ({ traces }: SearchResponse) => traces.map(({ traceId }) => Number(traceId));

describe('over 24 h, with a Tempo that takes 2 s for an hour', () => {
  it('shows the newest traces within a second or two, and all of them in the end', async () => {
    const time = new VirtualTime();
    const shown: Array<{ at: number; ids: number[]; progress: SliceProgress }> = [];
    const found = searchInSlices(
      slowSearch(time, new FakeTempo(HOURLY)),
      { ...REQUEST, limit: 100 },
      options(time),
      ({ response, progress }) => shown.push({ at: time.now(), ids: idsOf(response), progress })
    );
    const { response, progress } = await time.until(found);
    expect(shown[0].at).toBe(500);
    expect(shown.find(({ ids }) => ids.length > 0)?.at).toBeLessThanOrEqual(1000);
    expect(idsOf(response)).toEqual(HOURLY.map((_, hour) => hour));
    expect(progress).toMatchObject({ state: 'done', share: 1, coveredFrom: DAY.start, setbacks: 0 });
    expect(progress.metrics.inspectedBytes).toBe(24 * HOUR);
    const shares = shown.map(({ progress: { share } }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    // Three at a time: a third of the 48 s of one request.
    expect(time.now()).toBeLessThan(20_000);
  });

  it('stops at the limit, with the newest, and asks for nothing older', async () => {
    const time = new VirtualTime();
    const tempo = new FakeTempo(HOURLY);
    const { response, progress } = await time.until(
      searchInSlices(slowSearch(time, tempo), { ...REQUEST, limit: 4 }, options(time))
    );
    expect(idsOf(response)).toEqual([0, 1, 2, 3]);
    expect(progress).toMatchObject({ state: 'done', share: 1 });
    expect(progress.coveredFrom).toBeGreaterThan(END - 7 * HOUR);
    expect(Math.min(...tempo.asked.map(({ start }) => start))).toBeGreaterThan(END - 12 * HOUR);
  });

  it('never has more requests at once than it may', async () => {
    const time = new VirtualTime();
    const ask = slowSearch(time, new FakeTempo(HOURLY));
    let running = 0;
    let most = 0;
    const counted: Search = async (request, signal) => {
      most = Math.max(most, ++running);
      return ask(request, signal).finally(() => running--);
    };
    await time.until(searchInSlices(counted, { ...REQUEST, limit: 100 }, options(time, { parallel: 2 })));
    expect(most).toBe(2);
  });

  it('keeps what came when it is stopped, says what it covers, and aborts the requests', async () => {
    const time = new VirtualTime();
    const stop = new AbortController();
    const aborted: boolean[] = [];
    const ask = slowSearch(time, new FakeTempo(HOURLY));
    const watched: Search = (request, signal) => {
      signal?.addEventListener('abort', () => aborted.push(true));
      return ask(request, signal);
    };
    const found = searchInSlices(
      watched,
      { ...REQUEST, limit: 100 },
      options(time, { stop: stop.signal }),
      ({ response }) => response.traces.length === 5 && stop.abort()
    );
    const { response, progress } = await time.until(found);
    expect(idsOf(response)).toEqual([0, 1, 2, 3, 4]);
    expect(progress.state).toBe('stopped');
    expect(progress.coveredFrom).toBeLessThanOrEqual(END - 4.5 * HOUR);
    expect(progress.coveredFrom).toBeGreaterThan(DAY.start);
    expect(aborted.length).toBeGreaterThan(0);
  });

  it('rejects and aborts the requests when it is cancelled', async () => {
    const time = new VirtualTime();
    const cancel = new AbortController();
    const signals: AbortSignal[] = [];
    const ask = slowSearch(time, new FakeTempo(HOURLY));
    const found = searchInSlices(
      (request, signal) => {
        signals.push(signal ?? new AbortController().signal);
        return ask(request, signal);
      },
      REQUEST,
      options(time, { signal: cancel.signal }),
      () => cancel.abort()
    );
    await expect(time.until(found)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(signals.some(({ aborted }) => aborted)).toBe(true);
  });
});

describe('when Tempo refuses', () => {
  const failing = (failures: TempoError[], tempo = new FakeTempo(HOURLY)): Search => {
    return async (request) => {
      const failure = failures.shift();
      if (failure) {
        throw failure;
      }
      return tempo.search(request);
    };
  };

  it('waits longer each time after 429 and 5xx, as long as Retry-After says at least', async () => {
    const time = new VirtualTime();
    const busy = new TempoError('rateLimited', 'busy', { status: 429 });
    const patience = new TempoError('rateLimited', 'busy', { status: 429, retryAfterMs: 3000 });
    const down = new TempoError('unavailable', 'down', { status: 503 });
    const found = searchInSlices(failing([busy, down, patience]), REQUEST, options(time, { parallel: 1 }));
    const { progress } = await time.until(found);
    expect(progress).toMatchObject({ state: 'done', setbacks: 3 });
    expect(time.waited).toEqual([375, 750, 3500]);
  });

  it('keeps what came and says why when it does not get better', async () => {
    const time = new VirtualTime();
    const tempo = new FakeTempo(HOURLY);
    const down = new TempoError('unavailable', 'down', { status: 500 });
    const found = searchInSlices(
      async (request) => {
        if ((request.end ?? 0) < END - 3 * HOUR) {
          throw down;
        }
        return tempo.search(request);
      },
      REQUEST,
      options(time)
    );
    const answer = await time.until(found);
    expect(answer).toMatchObject({ error: down, progress: { state: 'failed' } });
    expect(idsOf(answer.response)).toEqual(expect.arrayContaining([0, 1, 2]));
    expect(time.waited.length).toBeGreaterThanOrEqual(3);
  });

  it('does not ask again what is wrong with the query', async () => {
    const time = new VirtualTime();
    const wrong = new TempoError('query', 'parse error', { status: 400 });
    const tempo = new FakeTempo(HOURLY);
    const answer = await time.until(searchInSlices(failing([wrong], tempo), REQUEST, options(time, { parallel: 1 })));
    expect(answer).toMatchObject({ error: wrong, response: { traces: [] } });
    expect(tempo.asked).toEqual([]);
  });

  it.each([
    ['is too large', 413],
    ['is too large', 422],
    ['takes too long', 504],
  ])('asks in halves when the answer %s (%d)', async (_name, status) => {
    const time = new VirtualTime();
    const tempo = new FakeTempo(HOURLY);
    const found = searchInSlices(
      async (request) => {
        if ((request.end ?? 0) - (request.start ?? 0) > 600) {
          throw new TempoError(status === 504 ? 'unavailable' : 'tooLarge', 'too much', { status });
        }
        return tempo.search(request);
      },
      { ...REQUEST, start: END - 2 * HOUR, limit: 100 },
      options(time)
    );
    const answer = await time.until(found);
    expect(answer).not.toHaveProperty('error');
    expect(idsOf(answer.response)).toEqual([0, 1]);
    expect(time.waited).toEqual([]);
  });

  it('cuts a range that is longer than Tempo takes, and remembers how long that is', async () => {
    const time = new VirtualTime();
    const limits = {};
    const tempo = new FakeTempo(HOURLY, 5 * HOUR);
    const ask = async (request: SearchRequest) => tempo.search(request);
    const request = { ...REQUEST, limit: 100 };
    const off = { progressive: false, limits };
    expect(idsOf((await time.until(searchInSlices(ask, request, options(time, off)))).response)).toHaveLength(24);
    expect(limits).toEqual({ searchSeconds: 5 * HOUR });
    tempo.asked.length = 0;
    await time.until(searchInSlices(ask, request, options(time, off)));
    expect(tempo.asked).toHaveLength(5);
  });
});

it('is one request when slices are switched off', async () => {
  const time = new VirtualTime();
  const tempo = new FakeTempo(HOURLY);
  await time.until(searchInSlices(async (r) => tempo.search(r), REQUEST, options(time, { progressive: false })));
  expect(tempo.asked).toEqual([DAY]);
});

it('finds what one request for the whole range finds: traces on borders once, parts put together', async () => {
  const part = fc.record({
    traceId: fc.integer({ min: 0, max: 12 }).map((id) => id.toString(16).padStart(32, '0')),
    start: fc.integer({ min: END - 5 * HOUR, max: END + 100 }),
    length: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 * HOUR })),
    matched: fc.integer({ min: 1, max: 9 }),
    group: fc.constantFrom(undefined, 'a', 'b'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 * HOUR }),
      fc.infiniteStream(fc.integer({ min: 1, max: 6000 })),
      fc.integer({ min: 1, max: 5 }),
      async (parts, width, delays, parallel) => {
        const stored = parts.map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }));
        const request = { query: '{}', limit: 1000, start: END - width, end: END };
        const time = new VirtualTime();
        const tempo = new FakeTempo(stored);
        const ask: Search = async (asked, signal) => {
          await time.pass(delays.next().value, signal);
          return tempo.search(asked);
        };
        const { response } = await time.until(searchInSlices(ask, request, options(time, { parallel })));
        expect(sorted(response)).toEqual(sorted(new FakeTempo(stored).search(request)));
      }
    ),
    { numRuns: 60 }
  );
});

/** Span sets have no order of their own. Of two with as many matches either may stand for both. */
function sorted({ traces }: SearchResponse) {
  return traces.map((trace) => ({
    ...trace,
    spanSets: trace.spanSets
      .map(({ matched, attributes }) => ({ matched, attributes }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  }));
}
