import { type DataFrame, dateTime, type TimeRange } from '@grafana/data';
import { traceByIdQuery } from '../links/core-contracts';
import { isTraceFrame, traceFromFrame } from '../trace/from-frame';
import { type Trace } from '../trace/model';
import { serviceNameOf } from '../trace/service-name';
import { rootSpan } from '../trace/tree';
import { runTempoQuery } from './run-tempo-query';

/** What one wants to know of a trace before opening it. */
export interface TraceSummary {
  /** '' when the root span was not received */
  rootService: string;
  rootName: string;
  /** ns; from the first start to the last end */
  duration: number;
  spans: number;
  services: number;
  failedSpans: number;
  /** Status message or exception of the first span that failed and says why */
  error?: string;
}

export type TraceLookup = { found: true; frame: DataFrame; summary: TraceSummary } | { found: false };

const CACHED_TRACES = 100;
/** Around the time of an exemplar: traces can be long, and the collector's stamp is later than the span. */
const MARGIN_MS = 3_600_000;
const cache = new Map<string, TraceLookup>();

function rangeAround(timeMs: number): TimeRange {
  const [from, to] = [dateTime(timeMs - MARGIN_MS), dateTime(timeMs + MARGIN_MS)];
  return { from, to, raw: { from, to } };
}

/**
 * One trace of a Tempo data source, remembered once it was found: an absent one may still arrive.
 * @param timeMs a time at which the trace was running
 * @throws Error with the data source's text
 */
export async function lookUpTrace(
  dataSourceUid: string,
  traceId: string,
  timeMs: number,
  signal: AbortSignal
): Promise<TraceLookup> {
  const key = `${dataSourceUid} ${traceId}`;
  const known = cache.get(key);
  if (known) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const frames = await runTempoQuery(dataSourceUid, rangeAround(timeMs), traceByIdQuery(traceId), signal).catch(
    (error: unknown): DataFrame[] => {
      if (
        error instanceof Error &&
        /\bnot found\b|\b404\b/i.test(error.message) &&
        !/^data ?source/i.test(error.message)
      ) {
        return [];
      }
      throw error;
    }
  );
  const frame = frames.find((each) => isTraceFrame(each) && each.length > 0);
  if (!frame) {
    return { found: false };
  }
  const lookup: TraceLookup = { found: true, frame, summary: summaryOf(traceFromFrame(frame).trace) };
  cache.set(key, lookup);
  const [oldest] = cache.keys();
  if (cache.size > CACHED_TRACES && oldest !== undefined) {
    cache.delete(oldest);
  }
  return lookup;
}

function summaryOf(trace: Trace): TraceSummary {
  const root = rootSpan(trace);
  const failed = trace.spans.filter(({ status }) => status.code === 'error');
  let start = trace.spans[0]?.startTimeUnixNano;
  let end = start;
  for (const span of trace.spans) {
    start = start === undefined || span.startTimeUnixNano < start ? span.startTimeUnixNano : start;
    end = end === undefined || span.endTimeUnixNano > end ? span.endTimeUnixNano : end;
  }
  const error = failed.map(({ status }) => status.message).find((message) => message !== undefined && message !== '');
  return {
    rootService: root ? serviceNameOf(root) : '',
    rootName: root?.name ?? '',
    duration: start === undefined || end === undefined ? 0 : Number(end - start),
    spans: trace.spans.length,
    services: new Set(trace.spans.map(serviceNameOf)).size,
    failedSpans: failed.length,
    ...(error === undefined ? {} : { error }),
  };
}
