import { type HttpAnswer, type HttpGet } from './types';
import { withTimeout } from './with-timeout';

const ANSWER: HttpAnswer = { status: 200, contentType: 'application/json', body: new ArrayBuffer(0) };
const REQUEST = { path: '/api/search', params: {}, headers: {} };

/** Never answers; rejects when it is aborted, as fetch does. */
const silent: HttpGet = ({ signal }) =>
  new Promise((_resolve, reject) => {
    const abort = () => reject(new DOMException('aborted', 'AbortError'));
    if (signal?.aborted) {
      abort();
    }
    signal?.addEventListener('abort', abort);
  });

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it('gives up on an answer that never comes, aborts the request and says what to do', async () => {
  let aborted = false;
  const get: HttpGet = (request) => {
    request.signal?.addEventListener('abort', () => (aborted = true));
    return silent(request);
  };
  const failure = withTimeout(get, 30_000)(REQUEST).catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(await failure).toMatchObject({
    kind: 'unavailable',
    timedOut: true,
    message: expect.stringMatching(/within 30 s.*Narrow the time range.*"Timeout" of the data source/),
  });
  expect(aborted).toBe(true);
});

it('lets through what is there in time, and leaves no timer behind', async () => {
  expect(await withTimeout(() => Promise.resolve(ANSWER), 30_000)(REQUEST)).toBe(ANSWER);
  await jest.advanceTimersByTimeAsync(0);
  expect(jest.getTimerCount()).toBe(0);
});

it('is cancelled by whoever asked, before or meanwhile', async () => {
  const before = new AbortController();
  before.abort();
  await expect(withTimeout(silent, 30_000)({ ...REQUEST, signal: before.signal })).rejects.toThrow('aborted');
  const meanwhile = new AbortController();
  const asked = withTimeout(silent, 30_000)({ ...REQUEST, signal: meanwhile.signal });
  meanwhile.abort();
  await expect(asked).rejects.toThrow('aborted');
});
