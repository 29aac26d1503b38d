import { type SetupGet } from './http';

export interface FakeReply {
  status?: number;
  body?: unknown;
  dateMs?: number;
}

/** Answers by the first pattern that fits path and parameters; 404 to everything else. Its clock stands still. */
export function fakeGet(
  replies: Array<[pattern: RegExp, reply: FakeReply | 'hangs' | 'refused']>,
  nowMs: number
): SetupGet {
  return ({ url, params = {}, signal }) => {
    const query = new URLSearchParams(Object.entries(params).map(([key, value]) => [key, String(value)]));
    const address = `${url}?${decodeURIComponent(query.toString().replace(/\+/g, ' '))}`;
    const reply = replies.find(([pattern]) => pattern.test(address))?.[1] ?? { status: 404 };
    if (reply === 'refused') {
      return Promise.reject(new Error('no connection to Grafana'));
    }
    if (reply === 'hangs') {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    }
    const { status = 200, body = '', dateMs } = reply;
    return Promise.resolve({
      status,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(dateMs === undefined ? {} : { dateMs }),
      sentMs: nowMs,
      receivedMs: nowMs + 20,
    });
  };
}

export function vector(rows: Array<[labels: Record<string, string>, value: number]>, timeS: number): FakeReply {
  const result = rows.map(([metric, value]) => ({ metric, value: [timeS, String(value)] }));
  return { body: { status: 'success', data: { resultType: 'vector', result } } };
}
