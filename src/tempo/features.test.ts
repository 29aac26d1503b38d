import { createTempoClient } from './client';
import { type HttpAnswer, type HttpGet } from './types';

function answer(status: number, body: string, contentType = 'application/json'): HttpAnswer {
  return { status, contentType, body: new TextEncoder().encode(body).buffer };
}

const MISSING = answer(404, '404 page not found\n', 'text/plain');

/** A Tempo that answers these paths and no others. */
function tempoWith(answers: Record<string, HttpAnswer>) {
  const paths: string[] = [];
  const get: HttpGet = async ({ path }) => {
    paths.push(path);
    return answers[path] ?? MISSING;
  };
  return { client: createTempoClient({ get }), paths };
}

describe('Tempo before 2.2, whose tags have no scopes', () => {
  const old = {
    '/api/search/tags': answer(200, '{"tagNames":["service.name","http.method"]}'),
    '/api/search/tag/service.name/values': answer(200, '{"tagValues":["cart","shop"]}'),
    '/api/search/tag/a b/values': answer(200, '{"tagValues":["c"]}'),
    '/api/search/tag/a%20b/values': answer(200, '{"tagValues":["c"]}'),
  };

  it('lists its tags all the same', async () => {
    const { client } = tempoWith(old);
    expect(await client.tags({})).toEqual([{ scope: 'unscoped', tags: ['service.name', 'http.method'] }]);
  });

  it.each([
    ['resource.service.name', ['cart', 'shop']],
    ['.service.name', ['cart', 'shop']],
    ['span."a b"', ['c']],
  ])('lists the values of %s', async (tag, values) => {
    const { client } = tempoWith(old);
    expect(await client.tagValues({ tag })).toEqual(values.map((value) => ({ type: 'string', value })));
  });

  it('is asked the new way only once', async () => {
    const { client, paths } = tempoWith(old);
    await client.tags({});
    await client.tags({});
    expect(paths).toEqual(['/api/v2/search/tags', '/api/search/tags', '/api/search/tags']);
  });
});

it('blames the address when neither way of asking for tags is there', async () => {
  const { client, paths } = tempoWith({});
  await expect(client.tags({})).rejects.toThrow(/URL of the data source points to Tempo/);
  await expect(client.tags({})).rejects.toThrow(/URL of the data source/);
  expect(paths.filter((path) => path === '/api/v2/search/tags')).toHaveLength(2);
});

it('does not take another failure for an older Tempo', async () => {
  const { client, paths } = tempoWith({ '/api/v2/search/tags': answer(500, 'boom', 'text/plain') });
  await expect(client.tags({})).rejects.toThrow(/Tempo's log/);
  expect(paths).toEqual(['/api/v2/search/tags']);
});

describe('TraceQL metrics', () => {
  const request = { query: '{} | rate()', start: 0, end: 60 };

  it('says since when they exist where they do not', async () => {
    const { client } = tempoWith({});
    await expect(client.metricsRange(request)).rejects.toThrow(/came with Tempo 2\.4/);
    await expect(client.metricsInstant(request)).rejects.toThrow(/came with Tempo 2\.6\. Choose the type "Range"/);
  });

  it.each(['localblocks processor not found', 'error finding generators in Querier.queryRangeRecent: empty ring'])(
    'says how to switch them on: %s',
    async (detail) => {
      const { client } = tempoWith({ '/api/metrics/query_range': answer(500, detail, 'text/plain') });
      await expect(client.metricsRange(request)).rejects.toThrow(/not switched on.*local-blocks/);
    }
  );
});

it('finds a trace where only the first API has traces, and remembers it', async () => {
  const spans = {
    resourceSpans: [
      { scopeSpans: [{ spans: [{ traceId: 'AAAAAAAAAAAAAAAAAAAAAQ==', spanId: 'AAAAAAAAAAE=', name: 'a' }] }] },
    ],
  };
  const { client, paths } = tempoWith({
    '/api/traces/00000000000000000000000000000001': answer(200, JSON.stringify({ batches: spans.resourceSpans })),
  });
  expect((await client.trace({ traceId: '1' })).trace.spans).toHaveLength(1);
  paths.length = 0;
  await client.trace({ traceId: '1' });
  expect(paths.every((path) => path.startsWith('/api/traces/'))).toBe(true);
});
