/** The spans of a service or a call, and which of them are set against the others to find out why. */
import { type GraphPart } from '../servicegraph/part-queries';
import { type RequestStats } from '../servicegraph/model';
import { requestsOfCall, spansQuery, tracesOfService } from '../servicegraph/traces-of';
import { traceqlDuration } from './latency-box';
import { requestsCondition } from './requests-of-service';
import { type SpanComparison } from './urls';

/** TraceQL for the spans that stand for the part's requests, one each. */
function requestsQuery(part: GraphPart): string {
  if (part.kind === 'call') {
    return spansQuery(requestsOfCall(part.call, part.source, part.target));
  }
  const { service } = part;
  return service.kind === 'service'
    ? spansQuery({ condition: requestsCondition({ service: service.name, namespace: service.namespace }) })
    : tracesOfService(service);
}

/**
 * Seconds above which a request counts as slow, so that there surely are such requests: p95 is read off a histogram whose
 * buckets reach to twice where they begin (Tempo's), so it may lie above every request, its half does not; nor does the
 * average. Undefined: nothing is known.
 */
export function slowFrom({ p95, mean }: RequestStats): number | undefined {
  const half = p95 === undefined ? undefined : p95 / 2;
  return half === undefined || mean === undefined ? (half ?? mean) : Math.max(half, mean);
}

/** @param seconds as of `slowFrom` */
export function slowComparison(part: GraphPart, seconds: number): SpanComparison {
  return { query: requestsQuery(part), selection: `{ duration > ${traceqlDuration(seconds)} }` };
}

export function failedComparison(part: GraphPart): SpanComparison {
  return { query: requestsQuery(part), selection: '{ status = error }' };
}
