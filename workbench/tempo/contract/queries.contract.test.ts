import * as v from 'valibot';

import { type InMemoryTempo } from '../server';

import { KNOWN_QUERY_DIFFERENCES } from './known-differences';
import { loadQueries, type RecordedQuery } from './recordings';
import { startWithDataset } from './replay';

const WINDOW = { start: '1795255500', end: '1795255800' };

const searchAnswer = v.object({
  traces: v.array(v.object({ spanSets: v.optional(v.array(v.object({ matched: v.optional(v.number(), 0) })), []) })),
});
const metricsAnswer = v.object({ series: v.array(v.unknown()) });

async function ask(apiUrl: string, { q, endpoint }: RecordedQuery): Promise<{ status: number; text: string }> {
  const request: { path: string; params: Record<string, string> } =
    endpoint === 'search'
      ? { path: '/api/search', params: { limit: '200', spss: '1' } }
      : { path: '/api/metrics/query_range', params: { step: '60s' } };
  const params = new URLSearchParams({ q, ...WINDOW, ...request.params });
  const response = await fetch(`${apiUrl}${request.path}?${params}`);
  return { status: response.status, text: await response.text() };
}

function counted({ endpoint }: RecordedQuery, text: string): Record<string, number> {
  if (endpoint === 'metrics') {
    return { series: v.parse(metricsAnswer, JSON.parse(text)).series.length };
  }
  const { traces } = v.parse(searchAnswer, JSON.parse(text));
  const spanSets = traces.flatMap((trace) => trace.spanSets);
  return { traces: traces.length, spans: spanSets.reduce((sum, { matched }) => sum + matched, 0) };
}

describe('recorded queries', () => {
  const queries = loadQueries();
  let tempo: InMemoryTempo;

  beforeAll(async () => {
    tempo = await startWithDataset();
  });

  afterAll(() => tempo.close());

  const refused = queries.filter(({ status }) => status !== 200);
  const accepted = queries.filter(({ status }) => status === 200);

  it.each(refused.map((query) => [query.endpoint, query.q, query] as const))(
    '%s refuses %j in the same words',
    async (_endpoint, _q, query) => {
      expect(await ask(tempo.apiUrl, query)).toEqual({ status: query.status, text: query.error });
    }
  );

  it.each(accepted.map((query) => [query.endpoint, query.q, query] as const))(
    '%s finds as much for %j',
    async (_endpoint, q, query) => {
      const { status, text } = await ask(tempo.apiUrl, query);
      expect(status).toBe(200);
      const found = counted(query, text);
      if (q in KNOWN_QUERY_DIFFERENCES) {
        expect(found).not.toEqual(query.found);
      } else {
        expect(found).toEqual(query.found);
      }
    }
  );
});
