import { type APIRequestContext } from '@playwright/test';

/** Id of a trace that answers a TraceQL query now, from the Tempo behind the page. */
export async function newestTraceId(request: APIRequestContext, query = '{ resource.service.name = "frontend" }') {
  const answer = await request.get('/api/datasources/proxy/uid/traceatlas-tempo/api/search', {
    params: { limit: 1, q: query },
  });
  const { traces } = (await answer.json()) as { traces: Array<{ traceID: string }> };
  if (!traces[0]) {
    throw new Error(`Tempo has no trace for ${query}`);
  }
  return traces[0].traceID;
}
