import { type BackendSrvRequest, type FetchResponse } from '@grafana/runtime';
import { NEVER, Observable, of, throwError } from 'rxjs';
import { createGrafanaGet } from './grafana-get';

const INSTANCE = { url: '/api/datasources/proxy/uid/tempo', withCredentials: false };
const REQUEST = { path: '/api/search', params: { q: '{}' }, headers: { Accept: 'application/json' } };

function bytes(text: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Buffer.from(text);
  return Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength)).buffer;
}

function response(text: string, config: BackendSrvRequest, contentType = 'application/json; charset=utf-8') {
  return {
    data: bytes(text),
    status: 200,
    statusText: 'OK',
    ok: true,
    headers: new Headers({ 'Content-Type': contentType }),
    redirected: false,
    type: 'basic' as const,
    url: config.url,
    config,
  };
}

function backend(answer: (config: BackendSrvRequest) => Observable<FetchResponse<ArrayBuffer>>) {
  const sent: BackendSrvRequest[] = [];
  const fetch = jest.fn((config: BackendSrvRequest) => {
    sent.push(config);
    return answer(config);
  });
  return { sent, backendSrv: () => ({ fetch: fetch as never }) };
}

const text = (body: ArrayBuffer) => new TextDecoder().decode(body);

describe('createGrafanaGet', () => {
  it('asks through the data source proxy, binary, without an alert of its own', async () => {
    const { sent, backendSrv } = backend((config) => of(response('{"a":1}', config)));
    const answer = await createGrafanaGet(INSTANCE, backendSrv)(REQUEST);
    expect(sent[0]).toMatchObject({
      method: 'GET',
      url: '/api/datasources/proxy/uid/tempo/api/search',
      params: { q: '{}' },
      headers: { Accept: 'application/json' },
      responseType: 'arraybuffer',
      showErrorAlert: false,
    });
    expect({ ...answer, body: text(answer.body) }).toEqual({
      status: 200,
      contentType: 'application/json',
      body: '{"a":1}',
    });
  });

  it.each([
    ['bytes', bytes('parse error'), 'text/plain', 'parse error'],
    ['text', 'parse error', 'text/plain', 'parse error'],
    ['an object around the text', { message: 'wrapped', response: 'parse error' }, 'text/plain', 'parse error'],
    ['a message of Grafana', { message: 'Unauthorized' }, 'text/plain', 'Unauthorized'],
    ['a web page', bytes('<!doctype html><p>log in'), 'text/html', '<!doctype html><p>log in'],
    ['nothing', undefined, 'text/plain', 'Bad Request'],
  ])('resolves an error status with %s', async (_name, data, contentType, body) => {
    const { backendSrv } = backend((config) =>
      throwError(() => ({ status: 400, statusText: 'Bad Request', data, config }))
    );
    const answer = await createGrafanaGet(INSTANCE, backendSrv)(REQUEST);
    expect({ ...answer, body: text(answer.body) }).toEqual({ status: 400, contentType, body });
  });

  it.each([
    [0, 'no connection to Grafana'],
    [502, "Grafana's data source proxy got no connection to Tempo"],
  ])('rejects when nothing reached Tempo (%d)', async (status, message) => {
    const { backendSrv } = backend((config) => throwError(() => ({ status, data: {}, config })));
    await expect(createGrafanaGet(INSTANCE, backendSrv)(REQUEST)).rejects.toThrow(message);
  });

  it('passes on the error page of a gateway between Grafana and Tempo', async () => {
    const data = bytes('<html><h1>502 Bad Gateway</h1></html>');
    const { backendSrv } = backend((config) => throwError(() => ({ status: 502, data, config })));
    await expect(createGrafanaGet(INSTANCE, backendSrv)(REQUEST)).resolves.toMatchObject({
      status: 502,
      contentType: 'text/html',
    });
  });

  it('gives up the HTTP request when it is aborted', async () => {
    let closed = false;
    const { backendSrv } = backend(() => new Observable(() => () => (closed = true)));
    const controller = new AbortController();
    const pending = createGrafanaGet(INSTANCE, backendSrv)({ ...REQUEST, signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toBe(true);
  });

  it('does not even ask when it was aborted before', async () => {
    const { backendSrv } = backend(() => NEVER);
    const pending = createGrafanaGet(INSTANCE, backendSrv)({ ...REQUEST, signal: AbortSignal.abort() });
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });
});
