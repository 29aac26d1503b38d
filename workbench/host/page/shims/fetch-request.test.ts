import { readBody, toRequest } from './fetch-request';

const ORIGIN = 'http://host:1';

test.each([
  ['api/x', 'http://host:1/api/x'],
  ['/api/x?a=1', 'http://host:1/api/x?a=1'],
  ['http://elsewhere/x', 'http://elsewhere/x'],
])('the address %s is %s', (url, expected) => {
  expect(toRequest({ url }, ORIGIN).url.href).toBe(expected);
});

it('adds parameters to those of the address, lists one by one, nothing for nothing', () => {
  const { url } = toRequest({ url: '/x?a=1', params: { b: ['2', 3], c: undefined, d: null, e: 'ä&' } }, ORIGIN);
  expect(url.search).toBe('?a=1&b=2&b=3&e=%C3%A4%26');
});

it('sends objects as JSON, or as a form when asked', () => {
  const json = toRequest({ url: '/x', method: 'POST', data: { a: [1] } }, ORIGIN).init;
  expect([json.body, new Headers(json.headers).get('content-type')]).toEqual(['{"a":[1]}', 'application/json']);
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const form = toRequest({ url: '/x', method: 'POST', headers, data: { q: 'a b', m: ['1', '2'] } }, ORIGIN).init;
  expect(String(form.body)).toBe('q=a+b&m=1&m=2');
});

test.each([
  ['JSON without a wish', 200, undefined, { a: 1 }],
  ['text when wished', 200, 'text', '{"a":1}'],
  ['an error as JSON whatever was wished', 500, 'arraybuffer', { a: 1 }],
] as const)('reads %s', async (_what, status, type, expected) => {
  expect(await readBody(new Response('{"a":1}', { status }), type)).toEqual(expected);
});

it('reads bytes when wished, and text that is no JSON as it is', async () => {
  const bytes = await readBody(new Response(new Uint8Array([1, 2])), 'arraybuffer');
  expect(bytes instanceof ArrayBuffer && [...new Uint8Array(bytes)]).toEqual([1, 2]);
  expect(await readBody(new Response('trace not found', { status: 404 }), undefined)).toBe('trace not found');
});
