import { startInMemoryTempo } from '../workbench/tempo/server';

import { type BenchResult, median } from './bench-result';
import { workload, WORKLOAD_SECONDS, WORKLOAD_START } from './tempo-workload';

const TRACES = 5000;
const RUNS = 5;

const QUERIES = [
  '{ status = error }',
  '{ resource.service.name = "service-3" && span.http.response.status_code >= 500 }',
  '{ span.user.id = "nobody" }',
  '{ .user.id = "user-77" }',
  '{ name =~ "GET /route/[0-3]" && duration > 400ms }',
  '{ resource.service.name = "service-3" } >> { status = error }',
  '{ kind = server } | by(resource.service.name) | avg(duration) > 490ms',
];

/** Latency over HTTP, with the default limit of 20 traces and with all traces that match. */
export async function run(): Promise<BenchResult> {
  const tempo = await startInMemoryTempo({ apiPort: 0, otlpPort: 0, generator: null, maxBytes: 1e9 });
  for (const spans of workload(TRACES)) {
    tempo.store.add(spans);
  }
  const rows: BenchResult['rows'] = [];
  try {
    for (const query of QUERIES) {
      // The first search after ingestion also builds what the next ones use.
      const first = await search(tempo.apiUrl, query, TRACES);
      const all = await medianMs(tempo.apiUrl, query, TRACES);
      const limited = await medianMs(tempo.apiUrl, query, 20);
      rows.push({ query, traces: first.traces, 'all (ms)': Math.round(all), 'first 20 (ms)': Math.round(limited) });
    }
  } finally {
    await tempo.close();
  }
  return {
    name: `In-memory Tempo: search over ${(TRACES * 20).toLocaleString('en')} spans`,
    rows,
    notes: [`Median of ${RUNS}, over HTTP on the same machine, after one search to warm up.`],
  };
}

async function medianMs(apiUrl: string, query: string, limit: number): Promise<number> {
  const figures: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    figures.push((await search(apiUrl, query, limit)).ms);
  }
  return median(figures);
}

async function search(apiUrl: string, query: string, limit: number): Promise<{ ms: number; traces: number }> {
  const params = new URLSearchParams({
    q: query,
    limit: String(limit),
    start: String(WORKLOAD_START),
    end: String(WORKLOAD_START + WORKLOAD_SECONDS),
  });
  const started = performance.now();
  const response = await fetch(`${apiUrl}/api/search?${params}`);
  const body = await response.text();
  const ms = performance.now() - started;
  if (!response.ok) {
    throw new Error(`${query}: ${response.status} ${body}`);
  }
  return { ms, traces: (body.match(/"traceID"/g) ?? []).length };
}
