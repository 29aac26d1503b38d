import { createTempoClient } from './client';
import { TempoError } from './error';
import { mediaType } from './fetch-http-get';
import { type HttpAnswer, type HttpGet, type TempoErrorKind } from './types';

function answer(status: number, contentType: string, body: string): HttpAnswer {
  return { status, contentType, body: new TextEncoder().encode(body).buffer };
}

async function failure(get: HttpGet): Promise<TempoError> {
  const error: unknown = await createTempoClient({ get })
    .search({ query: '{}' })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TempoError);
  return error instanceof TempoError ? error : new TempoError('badAnswer', 'not a TempoError');
}

it.each<[number, string, string, TempoErrorKind, RegExp]>([
  [
    400,
    'text/plain',
    'limit 9 exceeds max limit 8',
    'query',
    /^Tempo refused the request: limit 9 exceeds max limit 8$/,
  ],
  [400, 'text/plain', '', 'query', /did not say why/],
  [401, 'text/plain', 'no org id\n', 'auth', /tenant \(X-Scope-OrgID\).*\(no org id\)/],
  [403, 'application/json', '{"message":"no"}', 'auth', /Check the credentials/],
  [404, 'text/plain', '404 page not found', 'notFound', /URL of the data source points to Tempo/],
  [413, 'text/plain', '', 'tooLarge', /Narrow the time range/],
  [422, 'text/plain', 'trace exceeds max size (max bytes: 5)', 'tooLarge', /max bytes: 5/],
  [429, 'text/plain', 'too many outstanding requests', 'rateLimited', /Wait a little/],
  [500, 'text/plain', 'boom', 'unavailable', /Tempo's log.*\(boom\)/],
  [502, 'text/html', '<html><body>Bad Gateway</body></html>', 'badAnswer', /web page/],
  [504, 'text/plain', '', 'unavailable', /in time/],
  [302, 'text/plain', '', 'badAnswer', /unexpected answer \(302\)/],
  [200, 'text/html', '<!DOCTYPE html><title>Sign in</title>', 'badAnswer', /login page/],
  [200, 'text/plain', '  <html><body>hi</body></html>', 'badAnswer', /web page/],
  [200, 'application/json', '{"traces":[{"traceID":"12"', 'badAnswer', /cut off/],
  [200, 'application/json', '', 'badAnswer', /empty/],
  [200, 'application/json', '{"traces":{}}', 'badAnswer', /not what Tempo sends \(traces: /],
  [200, 'application/json', '{"traces":[{"rootServiceName":"a"}]}', 'badAnswer', /traces\.0\.traceID/],
  [200, 'application/json', '[]', 'badAnswer', /not what Tempo sends/],
])('answer %i %s %j is a "%s" error', async (status, contentType, body, kind, message) => {
  const error = await failure(async () => answer(status, contentType, body));
  expect(error).toMatchObject({ kind, status });
  expect(error.message).toMatch(message);
});

it('tells a cancelled request from a Tempo that cannot be reached', async () => {
  const aborted = Object.assign(new Error('The user aborted a request.'), { name: 'AbortError' });
  expect((await failure(() => Promise.reject(aborted))).kind).toBe('cancelled');
  const refused = await failure(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(refused).toMatchObject({ kind: 'unavailable', detail: 'Failed to fetch' });
  expect(refused.message).toMatch(/cannot be reached/);
});

it('sends the given headers and no empty parameters', async () => {
  const get = jest.fn<Promise<HttpAnswer>, Parameters<HttpGet>>(async () => answer(200, 'application/json', '{}'));
  const client = createTempoClient({ get, headers: { 'X-Scope-OrgID': 'team' } });
  await client.search({ query: '', limit: 5, start: 10.9, end: 10.95 });
  expect(get).toHaveBeenCalledWith({
    path: '/api/search',
    params: { limit: '5', start: '10', end: '11' },
    headers: { 'X-Scope-OrgID': 'team', Accept: 'application/json' },
    signal: undefined,
  });
});

it('counts the duration of a span that ends before it starts as 0', async () => {
  const body =
    '{"traces":[{"traceID":"1","spanSets":[{"matched":1,"spans":[{"spanID":"a","durationNanos":"18446744073709551615"}]}]}]}';
  const client = createTempoClient({ get: async () => answer(200, 'application/json', body) });
  const { traces } = await client.search({ query: '{}' });
  expect(traces[0].spanSets[0].spans[0]).toMatchObject({ spanId: '000000000000000a', durationNanos: BigInt(0) });
});

it('reads the media type out of a content type', () => {
  expect(mediaType('Text/HTML; charset=utf-8')).toBe('text/html');
  expect(mediaType(null)).toBe('');
});

it('lists the tags of the newest part of a range that is too long for Tempo, and remembers the limit', async () => {
  const starts: Array<string | undefined> = [];
  const { tags, tagValues } = createTempoClient({
    get: ({ params }) => {
      starts.push(params.start);
      return Promise.resolve(
        Number(params.end) - Number(params.start) > 600
          ? answer(400, 'text/plain', 'range specified by start and end exceeds 10m0s. received start=1000 end=9000')
          : answer(200, 'application/json', '{"scopes":[],"tagValues":[]}')
      );
    },
  });
  await expect(tags({ start: 1000, end: 9000 })).resolves.toEqual([]);
  await expect(tagValues({ tag: 'name', start: 1000, end: 9000 })).resolves.toEqual([]);
  await expect(tagValues({ tag: 'name', start: 8900, end: 9000 })).resolves.toEqual([]);
  expect(starts).toEqual(['1000', '8400', '8400', '8900']);
});
