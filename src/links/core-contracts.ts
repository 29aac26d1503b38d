/**
 * The shapes of links that Grafana's own data sources and views agree on. They are not typed in any public package, and a
 * link that differs in one key is dead, so they are written down once, here.
 */
import { type DataLink } from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
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

export interface TraceLinkTarget {
  datasourceUid: string;
  datasourceName: string;
  title: string;
}

/** The internal link of a field whose values are trace ids, as the Prometheus data source puts it on exemplars. */
export function traceFieldLink(target: TraceLinkTarget, spanIdField?: string): DataLink {
  return internalTraceLink(
    target,
    '${__value.raw}',
    spanIdField === undefined ? undefined : `\${__data.fields["${spanIdField}"]}`
  );
}

/** The internal link to one trace, at one span when `spanId` is given. */
export function internalTraceLink(target: TraceLinkTarget, traceId: string, spanId?: string): DataLink {
  const query: DataQuery & TraceByIdQuery = { refId: 'A', ...traceByIdQuery(traceId) };
  return {
    title: target.title,
    url: '',
    internal: {
      query,
      datasourceUid: target.datasourceUid,
      datasourceName: target.datasourceName,
      ...(spanId === undefined ? {} : { panelsState: { trace: { spanId } } }),
    },
  };
}
