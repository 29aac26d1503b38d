import { collectionTime, mergeCollections, splitRequest } from './batches';
import { encodeWriteRequest, REMOTE_WRITE_HEADERS } from './remote-write-encoding';
import { type WriteRequest } from './write-request';

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 5000;
const REQUEST_TIMEOUT_MS = 30_000;
const FLUSH_TIMEOUT_MS = 3000;
/** Requests, of up to 2000 samples each; the oldest are given up when there are more. */
const MAX_QUEUE = 500;
/**
 * History is sent in stretches of this length: Prometheus takes samples up to an hour older than the latest of any series,
 * and only within a stretch does one series come after the other.
 */
const STRETCH_MS = 10 * 60_000;

/** The time and the timers; tests bring their own. */
export interface RemoteWriteClock {
  /** ms since the Unix epoch */
  now(): number;
  /** Calls back once after `ms`; returns what cancels it. */
  timer(callback: () => void, ms: number): () => void;
}

export const systemClock: RemoteWriteClock = {
  now: Date.now,
  timer: (callback, ms) => {
    const timeout = setTimeout(callback, ms);
    return () => clearTimeout(timeout);
  },
};

export interface RemoteWriteOptions {
  generator: { collect(nowMs: number): WriteRequest };
  /** The full address, e.g. `http://127.0.0.1:9090/api/v1/write` */
  url: string;
  /** ms between two collections */
  intervalMs: number;
  clock?: RemoteWriteClock;
  /** Gets one line for each kind of trouble, and one when it is over. */
  log?: (line: string) => void;
  fetch?: typeof fetch;
}

export interface RemoteWrite {
  /** Collects and sends a last time; gives up when the receiver does not answer at once. */
  close(): Promise<void>;
}

type Outcome = { kind: 'ok' } | { kind: 'refused' | 'later'; reason: string; afterMs?: number };

/**
 * Collects from the generator at fixed intervals and sends to Prometheus, in order. What cannot be delivered now waits;
 * what the receiver refuses is dropped with a line in the log.
 */
export function startRemoteWrite(options: RemoteWriteOptions): RemoteWrite {
  const { generator, url, intervalMs, clock = systemClock, log = () => {}, fetch: send = fetch } = options;
  const queue: WriteRequest[] = [];
  const trouble = troubleLog(log, url);
  let sending: Promise<void> = Promise.resolve();
  let busy = false;
  let closed = false;
  let wake = () => {};

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.timer(resolve, ms);
      wake = () => {
        cancel();
        resolve();
      };
    });

  const drain = async () => {
    let backoffMs = FIRST_BACKOFF_MS;
    for (let request = queue[0]; request !== undefined; request = queue[0]) {
      const outcome = await post(url, request, send, closed ? FLUSH_TIMEOUT_MS : REQUEST_TIMEOUT_MS);
      if (outcome.kind === 'later' && !closed) {
        trouble.report(`${outcome.reason}; trying again.`);
        await sleep(Math.max(backoffMs, outcome.afterMs ?? 0));
        backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
        continue;
      }
      backoffMs = FIRST_BACKOFF_MS;
      // The queue may have dropped it meanwhile.
      if (queue[0] === request) {
        queue.shift();
      }
      if (outcome.kind === 'ok') {
        trouble.over();
      } else {
        trouble.report(`${outcome.reason}; ${outcome.kind === 'later' ? 'not delivered' : 'samples dropped'}.`);
        if (outcome.kind === 'later') {
          queue.length = 0;
        }
      }
    }
    busy = false;
  };

  const collect = () => {
    queue.push(...splitRequest(generator.collect(Math.floor(clock.now()))));
    if (queue.length > MAX_QUEUE) {
      trouble.report(`dropping the ${queue.length - MAX_QUEUE} oldest of ${queue.length} waiting requests.`);
      queue.splice(0, queue.length - MAX_QUEUE);
    }
    if (!busy && queue.length > 0) {
      busy = true;
      sending = drain();
    }
  };

  let cancelTimer = () => {};
  const schedule = () => {
    cancelTimer = clock.timer(() => {
      collect();
      schedule();
    }, intervalMs);
  };
  schedule();

  return {
    close: async () => {
      if (closed) {
        return sending;
      }
      closed = true;
      cancelTimer();
      collect();
      wake();
      await sending;
    },
  };
}

/**
 * Sends one request at once.
 * @throws Error with the receiver's words when it does not accept it, after a few tries while it is not ready.
 */
export async function writeOnce(
  url: string,
  request: WriteRequest,
  {
    clock = systemClock,
    fetch: send = fetch,
    tries = 5,
  }: { clock?: RemoteWriteClock; fetch?: typeof fetch; tries?: number } = {}
): Promise<void> {
  for (const part of splitRequest(request)) {
    let backoffMs = FIRST_BACKOFF_MS;
    for (let attempt = 1; ; attempt++) {
      const outcome = await post(url, part, send, REQUEST_TIMEOUT_MS);
      if (outcome.kind === 'ok') {
        break;
      }
      if (outcome.kind === 'refused' || attempt >= tries) {
        throw new Error(`Remote write to ${url}: ${outcome.reason}`);
      }
      const waitMs = Math.max(backoffMs, outcome.afterMs ?? 0);
      await new Promise<void>((resolve) => {
        clock.timer(resolve, waitMs);
      });
      backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
    }
  }
}

/**
 * Sends many collections with past times, oldest first, in few requests.
 * @throws Error as {@link writeOnce} does.
 */
export async function writeHistory(
  url: string,
  collections: Iterable<WriteRequest> | AsyncIterable<WriteRequest>,
  options?: Parameters<typeof writeOnce>[2]
): Promise<void> {
  let stretch: WriteRequest[] = [];
  let stretchStartMs = -Infinity;
  const flush = async () => {
    if (stretch.length > 0) {
      await writeOnce(url, mergeCollections(stretch), options);
    }
    stretch = [];
  };
  for await (const collection of collections) {
    const timeMs = collectionTime(collection);
    if (timeMs === undefined) {
      continue;
    }
    if (timeMs - stretchStartMs >= STRETCH_MS) {
      await flush();
      stretchStartMs = timeMs;
    }
    stretch.push(collection);
  }
  await flush();
}

async function post(url: string, request: WriteRequest, send: typeof fetch, timeoutMs: number): Promise<Outcome> {
  let response: Response;
  try {
    response = await send(url, {
      method: 'POST',
      headers: REMOTE_WRITE_HEADERS,
      body: encodeWriteRequest(request),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    return { kind: 'later', reason: `no answer (${causeOf(error)})` };
  }
  const text = (await response.text().catch(() => '')).trim();
  if (response.ok) {
    return { kind: 'ok' };
  }
  const reason = `HTTP ${response.status} ${text}`.trim();
  if (response.status === 429 || response.status >= 500) {
    return { kind: 'later', reason, afterMs: retryAfterMs(response) };
  }
  return { kind: 'refused', reason };
}

/** ms; only the form in seconds, as Prometheus and its kin send it. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** Says a thing once until it changes or is over. */
function troubleLog(log: (line: string) => void, url: string) {
  let last = '';
  return {
    report: (reason: string) => {
      if (reason !== last) {
        log(`Remote write to ${url}: ${reason}`);
        last = reason;
      }
    },
    over: () => {
      if (last !== '') {
        log(`Remote write to ${url}: works again.`);
        last = '';
      }
    },
  };
}
