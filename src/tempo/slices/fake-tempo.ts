import { TempoError } from '../error';
import { type SearchRequest, type SearchResponse, type TraceSearchResult } from '../types';
import { mergeTrace, newestTraces } from './merge-traces';
import { type SlicePlatform } from './run-slices';

/** A trace, or a part of one, as one block holds it. Times: s since the Unix epoch. */
export interface StoredPart {
  traceId: string;
  start: number;
  end: number;
  matched: number;
  /** What by() grouped it by */
  group?: string;
}

/** For tests: answers searches from parts as Tempo does, each part that overlaps the range, put together by trace. */
export class FakeTempo {
  readonly asked: Array<{ start: number; end: number }> = [];

  constructor(
    private readonly parts: StoredPart[],
    /** s */
    private readonly maxRange = Number.POSITIVE_INFINITY
  ) {}

  search({ start = 0, end = 0, limit = 20 }: SearchRequest): SearchResponse {
    this.asked.push({ start, end });
    if (end - start > this.maxRange) {
      throw new TempoError('query', `range specified by start and end exceeds ${this.maxRange}s`, {
        status: 400,
        maxRangeSeconds: this.maxRange,
      });
    }
    const found = new Map<string, TraceSearchResult>();
    for (const part of this.parts) {
      const known = found.get(part.traceId);
      if (part.start <= end && part.end >= start && (known || found.size < limit)) {
        const result = resultOf(part);
        found.set(part.traceId, known ? mergeTrace(known, result) : result);
      }
    }
    return { traces: newestTraces(found.values(), limit), metrics: { inspectedBytes: end - start } };
  }
}

function resultOf({ traceId, start, end, matched, group }: StoredPart): TraceSearchResult {
  const ns = BigInt(start) * BigInt(1_000_000_000);
  return {
    traceId,
    rootServiceName: '',
    rootTraceName: '',
    startTimeUnixNano: ns,
    durationMs: (end - start) * 1000,
    spanSets: [
      {
        matched,
        spans: [
          { spanId: `${matched}`.padStart(16, '0'), startTimeUnixNano: ns, durationNanos: BigInt(0), attributes: [] },
        ],
        attributes:
          group === undefined ? [] : [{ key: 'by(resource.service.name)', value: { type: 'string', value: group } }],
      },
    ],
    serviceStats: { shop: { spanCount: matched, errorCount: 0 } },
  };
}

/** Time that passes only when all that runs waits for it. */
export class VirtualTime implements SlicePlatform {
  private time = 0;
  private readonly timers: Array<{ at: number; fire: () => void }> = [];
  readonly waited: number[] = [];

  readonly now = () => this.time;
  readonly random = () => 0.5;
  readonly wait = (ms: number, signal: AbortSignal) => {
    this.waited.push(ms);
    return this.pass(ms, signal);
  };

  /** Resolves after so many ms of this time. */
  pass(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new TempoError('cancelled', 'The request was cancelled.')));
      this.timers.push({ at: this.time + ms, fire: resolve });
    });
  }

  /** Lets time pass until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = () => (settled = true);
    promise.then(done, done);
    for (;;) {
      // Everything that runs now runs before the next timer.
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) {
        return promise;
      }
      this.timers.sort((a, b) => a.at - b.at);
      const next = this.timers.shift();
      if (!next) {
        throw new Error('Nothing is waiting for time to pass, and the promise is not settled');
      }
      this.time = Math.max(this.time, next.at);
      next.fire();
    }
  }
}
