import { type TempoClient } from '../client';
import { type SearchMetrics, type SearchRequest, type SearchResponse, type TraceSearchResult } from '../types';
import { addMetrics, mergeTrace, newestTraces } from './merge-traces';
import { type RangeLimits } from './range-limit';
import { runSlices, type SlicePlatform } from './run-slices';
import { type TimeSlice, TimeSlicer } from './time-slicer';

export interface SlicedSearchRequest extends SearchRequest {
  /** s since the Unix epoch, whole */
  start: number;
  /** s since the Unix epoch, whole */
  end: number;
  /** traces */
  limit: number;
}

/** How far a question in slices has come. Times: s since the Unix epoch. */
export interface SliceProgress {
  /** The range that was asked for */
  start: number;
  end: number;
  /** Everything from here to `end` was searched. */
  coveredFrom: number;
  /** 0 to 1: how much of the range was searched; 1 when no more is needed */
  share: number;
  /** Answered requests */
  requests: number;
  /** Requests that had to be sent again */
  setbacks: number;
  /** running; done: the whole range, or as much as the limit needs; stopped: by a person; failed: by an error */
  state: 'running' | 'done' | 'stopped' | 'failed';
  metrics: SearchMetrics;
}

export interface SliceOptions {
  /** False: one request, unless Tempo allows no range that long. */
  progressive: boolean;
  /** Most requests at the same time */
  parallel: number;
  /** Read, and filled in with what Tempo says. */
  limits: RangeLimits;
  platform: SlicePlatform;
  /** Rejects, and aborts the requests. */
  signal: AbortSignal;
  /** Ends it with what there is. */
  stop?: AbortSignal;
}

export interface SlicedAnswer<R> {
  response: R;
  progress: SliceProgress;
}

/** A failure that leaves what came before it. */
export interface SlicedFailure<R> extends SlicedAnswer<R> {
  error: unknown;
}

/** What Tempo answers from memory alone by default, hence fast (query_backend_after): s */
const FIRST_SLICE_SECONDS = 15 * 60;
const MIN_SLICE_SECONDS = 60;

/**
 * One search as many: the newest slice of the range first. Where fewer traces match than the limit, the result is that of
 * one request for the whole range; where there are more, it is the newest of them.
 * @param onAnswer called with all that was found so far each time a slice was answered, the last one too
 * @returns the result, with the error if it ended by one; rejects only when it was cancelled
 */
export async function searchInSlices(
  search: TempoClient['search'],
  request: SlicedSearchRequest,
  options: SliceOptions,
  onAnswer: (found: SlicedAnswer<SearchResponse>) => void = () => undefined
): Promise<SlicedAnswer<SearchResponse> | SlicedFailure<SearchResponse>> {
  const { start, end, limit } = request;
  const { progressive, limits } = options;
  const slicer = new TimeSlicer({
    start,
    end,
    unitSeconds: 1,
    firstWidthSeconds: progressive ? FIRST_SLICE_SECONDS : end - start,
    minWidthSeconds: MIN_SLICE_SECONDS,
    maxWidthSeconds: limits.searchSeconds,
  });
  const found = new FoundTraces(limit, slicer);
  const answerOf = (state: SliceProgress['state']) => found.answer(state);

  try {
    const { stopped } = await runSlices({
      ...options,
      slicer,
      ask: (slice, signal) => search({ ...request, ...slice }, signal),
      onAnswer: (answer, slice) => {
        found.add(answer, slice);
        onAnswer(answerOf('running'));
      },
      onSetback: () => found.setbacks++,
      onRangeLimit: (maxSeconds) => (limits.searchSeconds = Math.min(maxSeconds, limits.searchSeconds ?? maxSeconds)),
    });
    return answerOf(stopped ? 'stopped' : 'done');
  } catch (error) {
    if (options.signal.aborted) {
      throw error;
    }
    return { ...answerOf('failed'), error };
  }
}

class FoundTraces {
  setbacks = 0;
  private readonly traces = new Map<string, TraceSearchResult>();
  private readonly partial = new Set<string>();
  private metrics: SearchMetrics = {};
  private requests = 0;

  constructor(
    private readonly limit: number,
    private readonly slicer: TimeSlicer
  ) {}

  add(answer: SearchResponse, slice: TimeSlice): void {
    for (const trace of answer.traces) {
      const known = this.traces.get(trace.traceId);
      this.traces.set(trace.traceId, known ? mergeTrace(known, trace) : trace);
    }
    if (answer.partial !== undefined) {
      this.partial.add(answer.partial);
    }
    this.metrics = addMetrics(this.metrics, answer.metrics);
    this.requests++;
    // Whatever is still to come from older slices is older than these.
    const sliceStart = BigInt(slice.start) * BigInt(1_000_000_000);
    const newer = [...this.traces.values()].filter((trace) => trace.startTimeUnixNano >= sliceStart);
    if (newer.length >= this.limit || answer.traces.length >= this.limit) {
      this.slicer.dropBefore(slice.start);
    }
  }

  answer(state: SliceProgress['state']): SlicedAnswer<SearchResponse> {
    const { start, end, coveredFrom, share } = this.slicer;
    return {
      response: {
        traces: newestTraces(this.traces.values(), this.limit),
        metrics: this.metrics,
        ...(this.partial.size > 0 ? { partial: [...this.partial].join(' ') } : {}),
      },
      progress: {
        start,
        end,
        coveredFrom,
        share: state === 'done' ? 1 : share,
        requests: this.requests,
        setbacks: this.setbacks,
        state,
        metrics: this.metrics,
      },
    };
  }
}
