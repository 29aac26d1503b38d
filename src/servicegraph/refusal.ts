/** When a PromQL server refuses a query for its size: which limit it was, and what makes the query smaller. */

export type RefusalReason =
  /** More samples than may be read or held */
  | 'too-many-samples'
  /** More series, chunks or bytes than may be read */
  | 'too-many-series'
  /** It took too long */
  | 'timeout'
  /** The text of the query, or its answer, is too long */
  | 'too-long';

/** Ways to a smaller query, the likeliest to help first. */
export type Remedy = 'shorter-range' | 'fewer-services' | 'no-percentiles' | 'busiest-calls' | 'recording-rules';

const REMEDIES: Record<RefusalReason, readonly Remedy[]> = {
  'too-many-samples': ['shorter-range', 'fewer-services', 'no-percentiles', 'recording-rules'],
  'too-many-series': ['fewer-services', 'no-percentiles', 'recording-rules'],
  timeout: ['shorter-range', 'fewer-services', 'no-percentiles', 'recording-rules'],
  'too-long': ['busiest-calls', 'fewer-services'],
};

/** Each query is measured by itself, so leaving percentiles out does not help the others; it does help a busy server. */
function helps(remedy: Remedy, reason: RefusalReason, isPart: boolean): boolean {
  return remedy !== 'no-percentiles' || isPart || reason === 'timeout';
}

/** Texts of Prometheus, Mimir, Cortex, Thanos and VictoriaMetrics, and of gateways before them. */
const TEXTS: ReadonlyArray<readonly [RefusalReason, RegExp]> = [
  [
    'too-many-samples',
    /too many samples|maximum number of samples|maxSamplesPer(?:Query|Series)|max-estimated-memory|estimated memory consumption/i,
  ],
  [
    'too-many-series',
    /max(?:imum)? number of (?:series|chunks|unique|fetched)|max-(?:series|chunks|fetched|aggregated-bytes)|maximum bytes|exceeded (?:series|chunks|bytes|samples) limit|number of matching (?:time ?series|metrics|series) exceeds|maxUniqueTimeseries|maxSeries|fetched data bytes limit/i,
  ],
  [
    'timeout',
    /query timed out|timeout exceeded|context deadline exceeded|deadline exceeded|maxQueryDuration|gateway time-?out|\b504\b|query timeout/i,
  ],
  [
    'too-long',
    /uri too (?:long|large)|too long query|maxQueryLen|request entity too large|request header .*too large|\b41[34]\b|response too large|message larger than max/i,
  ],
];

/** A query was refused for its size. The message is the server's own. */
export class GraphRefusedError extends Error {
  readonly remedies: readonly Remedy[];

  constructor(
    message: string,
    readonly reason: RefusalReason,
    isPart = false
  ) {
    super(message);
    this.name = 'GraphRefusedError';
    this.remedies = REMEDIES[reason].filter((remedy) => helps(remedy, reason, isPart));
  }
}

/**
 * undefined when the error is of another kind: refused for rights, for syntax, or not reached at all.
 * @param isPart there is a graph without the numbers that this query was for
 */
export function refusalOf(error: unknown, isPart = false): GraphRefusedError | undefined {
  if (error instanceof GraphRefusedError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const found = TEXTS.find(([, text]) => text.test(message));
  return found && new GraphRefusedError(message, found[0], isPart);
}
