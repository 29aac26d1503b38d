/**
 * What Grafana's own data sources agree on about traces and exemplars. It is not typed in any public package, and what
 * differs in one key is dead, so it is written down once, here.
 */
import * as v from 'valibot';

/** A query that makes a Tempo data source (ours or Grafana's) load one trace. */
export interface TraceByIdQuery {
  /** The id as it was found: Grafana compares it letter by letter to tell "the same trace" from another one. */
  query: string;
  queryType: 'traceql';
}

export function traceByIdQuery(traceId: string): TraceByIdQuery {
  return { query: traceId, queryType: 'traceql' };
}

/** One entry of a Prometheus data source's `jsonData.exemplarTraceIdDestinations`. */
export interface ExemplarDestination {
  /** Exemplar label that holds the trace id; compared exactly */
  name: string;
  /** Data source to open the trace in */
  datasourceUid?: string;
  /** Or a URL with `${__value.raw}` */
  url?: string;
  urlDisplayLabel?: string;
}

const destinationsSchema = v.object({
  exemplarTraceIdDestinations: v.optional(
    v.array(
      v.object({
        name: v.string(),
        datasourceUid: v.optional(v.string()),
        url: v.optional(v.string()),
        urlDisplayLabel: v.optional(v.string()),
      })
    ),
    []
  ),
});

/** Reads the destinations out of a Prometheus data source's jsonData; none when they are missing or malformed. */
export function exemplarDestinations(jsonData: unknown): ExemplarDestination[] {
  const result = v.safeParse(destinationsSchema, jsonData);
  return result.success ? result.output.exemplarTraceIdDestinations : [];
}
