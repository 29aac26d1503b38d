/** Asks Tempo for some traces and builds the service graph of them. */
import { type TempoClient } from '../tempo/client';
import { type TraceSearchResult } from '../tempo/types';
import { type Trace } from '../trace/model';
import { runInSlices } from '../trace/steps';
import { graphFromTracesSteps } from './from-traces';
import { type ServiceGraph } from './model';

/** Any Tempo, however it is reached. */
export type TraceSource = Pick<TempoClient, 'search' | 'trace'>;

export interface SampleOptions {
  /** TraceQL of the traces to take; all by default */
  query?: string;
  /** Traces to load, one request each; 50 by default */
  traces?: number;
}

export interface SampleGraph extends ServiceGraph {
  /** Traces that the graph is made of */
  traceCount: number;
}

const DEFAULT_TRACES = 50;
/** Parts of the range that are searched on their own, so that the sample is not only of the newest minutes. */
const PARTS = 4;
/** Candidates for each trace that is loaded; the search says which services they are of. */
const CANDIDATES_PER_TRACE = 4;
/** Requests at a time */
const CONCURRENCY = 4;

/**
 * Requests: 4 searches and at most `traces` lookups. Traces that cannot be loaded are left out and told in `notices`.
 * @param range ms since the Unix epoch
 * @throws TempoError when no search succeeds, AbortError
 */
export async function sampleServiceGraph(
  source: TraceSource,
  range: { from: number; to: number },
  { query = '{}', traces: wanted = DEFAULT_TRACES }: SampleOptions,
  signal: AbortSignal
): Promise<SampleGraph> {
  const candidates = await findCandidates(
    source,
    range,
    query,
    Math.ceil((wanted * CANDIDATES_PER_TRACE) / PARTS),
    signal
  );
  const chosen = chooseTraces(candidates, wanted);
  const { loaded, failed, partial } = await loadTraces(source, chosen, signal);
  const graph = await runInSlices(graphFromTracesSteps(loaded), signal);
  return { ...graph, notices: noticesOf(loaded.length, failed, partial), traceCount: loaded.length };
}

async function findCandidates(
  source: TraceSource,
  { from, to }: { from: number; to: number },
  query: string,
  limit: number,
  signal: AbortSignal
): Promise<TraceSearchResult[]> {
  const width = (to - from) / PARTS;
  const answers = await Promise.allSettled(
    Array.from({ length: PARTS }, (_, part) => {
      const start = (from + part * width) / 1000;
      return source.search({ query, start, end: start + width / 1000, limit, spansPerSpanSet: 1 }, signal);
    })
  );
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.traces] : []));
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (found.length === 0 && failure) {
    throw failure.reason;
  }
  // One of each part in turn.
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const mixed = Array.from({ length: longest }, (_, i) => found.flatMap((traces) => traces[i] ?? [])).flat();
  return Array.from(new Map(mixed.map((trace) => [trace.traceId, trace])).values());
}

/** Those first that show services not seen yet, as far as the search tells; then the others in their order. */
export function chooseTraces(candidates: readonly TraceSearchResult[], wanted: number): TraceSearchResult[] {
  const seen = new Set<string>();
  const chosen = new Set<TraceSearchResult>();
  for (const trace of candidates) {
    const services = [trace.rootServiceName, ...Object.keys(trace.serviceStats)];
    if (chosen.size < wanted && services.some((service) => service !== '' && !seen.has(service))) {
      services.forEach((service) => seen.add(service));
      chosen.add(trace);
    }
  }
  for (const trace of candidates) {
    if (chosen.size < wanted) {
      chosen.add(trace);
    }
  }
  return [...chosen];
}

async function loadTraces(source: TraceSource, chosen: readonly TraceSearchResult[], signal: AbortSignal) {
  const loaded: Trace[] = [];
  let [failed, partial, next] = [0, 0, 0];
  const load = async () => {
    for (let trace = chosen[next++]; trace; trace = chosen[next++]) {
      try {
        const answer = await source.trace({ traceId: trace.traceId }, signal);
        if (answer.found) {
          loaded.push(answer.trace);
          partial += answer.partial === undefined ? 0 : 1;
        } else {
          failed++;
        }
      } catch (error) {
        if (signal.aborted) {
          throw error;
        }
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, load));
  return { loaded, failed, partial };
}

function noticesOf(loaded: number, failed: number, partial: number): string[] {
  const notices = [
    `From ${loaded} sampled traces, not from all requests: numbers of requests, error shares and latencies are those of the sample.`,
  ];
  if (failed > 0) {
    notices.push(`${failed} traces could not be loaded.`);
  }
  if (partial > 0) {
    notices.push(`${partial} traces are not complete.`);
  }
  return notices;
}
