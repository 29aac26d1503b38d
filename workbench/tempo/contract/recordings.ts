import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

const CONTRACT = join(__dirname, '../../../tests/contract');

const recording = v.object({
  name: v.string(),
  request: v.object({
    method: v.string(),
    path: v.string(),
    query: v.record(v.string(), v.string()),
    headers: v.record(v.string(), v.string()),
  }),
  status: v.number(),
  contentType: v.nullish(v.string()),
  body: v.optional(v.unknown()),
  bodyBase64: v.optional(v.string()),
});

/** A request to a real Tempo and what it answered. */
export type Recording = v.InferOutput<typeof recording>;

export function loadRecordings(): Recording[] {
  const folder = join(CONTRACT, 'golden');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'index.json')
    .sort()
    .map((file) => v.parse(recording, JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

const dataset = v.object({
  resourceSpans: v.array(
    v.looseObject({ scopeSpans: v.array(v.looseObject({ spans: v.array(v.looseObject({ traceId: v.string() })) })) })
  ),
});

/** The recorded data set as OTLP/JSON export requests, one for each trace, in the order in which they were pushed. */
export function loadExportRequests(): string[] {
  return ['hotrod.json', 'k6-template.json', 'odd.json'].flatMap((file) => {
    const { resourceSpans } = v.parse(dataset, JSON.parse(readFileSync(join(CONTRACT, 'dataset', file), 'utf8')));
    const byTrace = new Map<string, unknown[]>();
    for (const spans of resourceSpans) {
      const { traceId } = spans.scopeSpans[0].spans[0];
      byTrace.set(traceId, [...(byTrace.get(traceId) ?? []), spans]);
    }
    return [...byTrace.values()].map((own) => JSON.stringify({ resourceSpans: own }));
  });
}

const recordedQuery = v.object({
  q: v.string(),
  endpoint: v.picklist(['search', 'metrics']),
  status: v.number(),
  error: v.nullable(v.string()),
  found: v.optional(v.record(v.string(), v.number())),
});

/** A query, whether a real Tempo took it, and how much it found in the data set. */
export type RecordedQuery = v.InferOutput<typeof recordedQuery>;

export function loadQueries(): RecordedQuery[] {
  const file = join(CONTRACT, 'traceql', 'queries.json');
  return v.parse(v.array(recordedQuery), JSON.parse(readFileSync(file, 'utf8')));
}

/** ms since the Unix epoch: shortly after the last span of the data set. */
export const RECORDED_AT_MS = 1795255900_000;
