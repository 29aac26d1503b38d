import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type RunningHost, startHost } from './server';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let dir: string;
let upstream: Server;
let upstreamUrl: string;
let answer: Handler;
let host: RunningHost;
const log: string[] = [];

function write(file: string, content: unknown): void {
  const target = path.join(dir, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'host-'));
  write('dist/plugin.json', {
    id: 'my-app',
    name: 'My app',
    type: 'app',
    info: { version: '1.2.3', logos: { small: 'img/logo.svg', large: 'img/logo.svg' } },
    includes: [{ type: 'page', name: 'First', path: '/a/my-app/first', addToNav: true }],
    languages: ['en-US'],
  });
  write('dist/module.js', 'define([], function () {});');
  write('dist/source/plugin.json', { id: 'my-source', name: 'My source', type: 'datasource', info: {}, tracing: true });
  write('secret.txt', 'outside of dist');
  write('dashboards/one.json', { uid: 'one', title: 'One & only', tags: ['a'], panels: [] });
  write('dashboards/broken.json', '{');
  write(
    'datasources/all.yaml',
    `datasources:
  - {name: Mine, uid: mine, type: my-source, editable: true, isDefault: true, basicAuth: true, basicAuthUser: me,
     jsonData: {httpHeaderName1: X-Scope-OrgID}, secureJsonData: {httpHeaderValue1: team-a, basicAuthPassword: pw}}
  - {name: Metrics, uid: prom, type: prometheus}
  - {name: Gone, uid: gone, type: prometheus, url: 'http://127.0.0.1:1'}
  - {name: Other, uid: other, type: not-installed}
`
  );
  upstream = createServer((request, response) => {
    void readText(request).then((body) => answer(request, response, body));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  upstreamUrl = `http://127.0.0.1:${port}/base`;
  host = await startHost({
    port: 0,
    distDir: path.join(dir, 'dist'),
    provisioningDir: dir,
    upstreams: { mine: upstreamUrl, prom: upstreamUrl },
    loadUrl: upstreamUrl,
    environment: {},
    log: (line) => log.push(line),
  });
});

afterAll(async () => {
  await host.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(dir, { recursive: true });
});

const get = (address: string, init?: RequestInit) => fetch(host.url + address, init);

describe('data source proxy', () => {
  it('passes method, path, query and body on, as they came', async () => {
    answer = ({ method, url }, response, body) => response.end(JSON.stringify({ method, url, body }));
    const response = await get('/api/datasources/proxy/uid/mine/api/v2/tags/a%2Fb?q=%7B%7D', {
      method: 'POST',
      body: 'hello',
    });
    expect(await response.json()).toEqual({ method: 'POST', url: '/base/api/v2/tags/a%2Fb?q=%7B%7D', body: 'hello' });
  });

  it('adds what the source is set up with and drops what is the browser’s', async () => {
    answer = ({ headers }, response) => {
      response.setHeader('set-cookie', 'upstream=1');
      response.end(JSON.stringify(headers));
    };
    const response = await get('/api/datasources/proxy/uid/mine/', {
      headers: { cookie: 'session=1', 'x-own': 'kept', accept: 'application/protobuf' },
    });
    const headers: unknown = await response.json();
    expect(headers).toMatchObject({
      'x-scope-orgid': 'team-a',
      authorization: `Basic ${Buffer.from('me:pw').toString('base64')}`,
      'x-own': 'kept',
      accept: 'application/protobuf',
    });
    expect(headers).not.toHaveProperty('cookie');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('hands compressed answers and error statuses through', async () => {
    answer = (_request, response) => {
      response.writeHead(404, { 'content-encoding': 'gzip', 'content-type': 'text/plain' });
      response.end(gzipSync('trace not found'));
    };
    const response = await get('/api/datasources/proxy/uid/mine/api/v2/traces/0');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('trace not found');
  });

  it('answers 502 when nobody listens, and says in the log who', async () => {
    const response = await get('/api/datasources/proxy/uid/gone/api/v1/query?query=1');
    expect(response.status).toBe(502);
    expect(await response.text()).toBe('');
    expect(log.join('\n')).toContain('http://127.0.0.1:1/api/v1/query');
  });

  it('stops the upstream request when the client goes away', async () => {
    const controller = new AbortController();
    const stopped = new Promise<boolean>((resolve) => {
      answer = (request, response) => {
        response.writeHead(200);
        response.write('first part');
        request.socket.on('close', () => resolve(!response.writableFinished));
      };
    });
    const response = await get('/api/datasources/proxy/uid/mine/slow', { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await expect(stopped).resolves.toBe(true);
  });

  it.each([
    ['POST', 'api/v1/query_range', 200],
    ['POST', 'api/v1/admin/tsdb/snapshot', 403],
    ['DELETE', 'api/v1/series', 403],
    ['GET', 'api/v1/status/buildinfo', 200],
  ])('%s %s of Prometheus is answered %i, as by Grafana', async (method, address, status) => {
    answer = (_request, response) => response.end('{}');
    expect((await get(`/api/datasources/proxy/uid/prom/${address}`, { method })).status).toBe(status);
  });

  it('knows no other sources', async () => {
    const response = await get('/api/datasources/proxy/uid/nobody/x');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Data source not found' });
  });
});

describe('data sources', () => {
  it('lists those it has a plugin for, without secrets', async () => {
    const text = await (await get('/api/datasources')).text();
    expect(JSON.parse(text).map(({ uid }: { uid: string }) => uid)).toEqual(['mine', 'prom', 'gone']);
    expect(text).not.toContain('team-a');
    expect(log.join('\n')).toContain('not-installed');
  });

  it('saves an editable one and refuses a provisioned one', async () => {
    const settings = await (await get('/api/datasources/uid/mine')).json();
    const put = (uid: string, body: string) => get(`/api/datasources/uid/${uid}`, { method: 'PUT', body });
    const saved = await put('mine', JSON.stringify({ ...settings, jsonData: { ...settings.jsonData, limit: 7 } }));
    expect(saved.status).toBe(200);
    expect((await (await get('/api/datasources/uid/mine')).json()).jsonData.limit).toBe(7);
    expect((await put('prom', JSON.stringify(settings))).status).toBe(403);
    expect((await put('mine', 'no json')).status).toBe(400);
  });

  it('checks the health of a Prometheus', async () => {
    answer = (_request, response) => response.end('{}');
    expect((await (await get('/api/datasources/uid/prom/health')).json()).status).toBe('OK');
    const gone = await get('/api/datasources/uid/gone/health');
    expect(gone.status).toBe(400);
    expect((await gone.json()).status).toBe('ERROR');
  });

  it('serves Prometheus’ API as the resources of its plugin', async () => {
    answer = ({ url }, response) => response.end(JSON.stringify(url));
    const response = await get('/api/datasources/uid/prom/resources/api/v1/labels?start=1');
    expect(await response.json()).toBe('/base/api/v1/labels?start=1');
    expect((await get('/api/datasources/uid/mine/resources/x')).status).toBe(404);
  });
});

describe('the rest of the API', () => {
  it('lists and opens dashboards, leaving out a broken file', async () => {
    const hits = await (await get('/api/search?type=dash-db')).json();
    expect(hits).toMatchObject([{ uid: 'one', title: 'One & only', url: '/d/one/one-only', tags: ['a'] }]);
    expect((await (await get('/api/dashboards/uid/one')).json()).dashboard.title).toBe('One & only');
    expect((await get('/api/dashboards/uid/two')).status).toBe(404);
  });

  it('gives the settings of a plugin', async () => {
    expect(await (await get('/api/plugins/my-app/settings')).json()).toMatchObject({
      id: 'my-app',
      enabled: true,
      module: 'public/plugins/my-app/module.js',
    });
    expect((await get('/api/plugins/nothing/settings')).status).toBe(404);
  });

  it('passes the switching of faults on to the load controller', async () => {
    answer = ({ method, url }, response, body) => response.end(JSON.stringify([method, url, body]));
    const response = await get('/workbench/api/faults/slow-database', { method: 'PUT', body: '{"active":true}' });
    expect(await response.json()).toEqual(['PUT', '/base/faults/slow-database', '{"active":true}']);
  });

  it.each(['/api/nothing/here', '/apis/x', '/workbench/api/other'])('answers 404 for %s', async (address) => {
    const response = await get(address);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not found' }]);
  });
});

describe('files', () => {
  it('serves the built plugins and nothing outside of them', async () => {
    const module = await get('/public/plugins/my-app/module.js');
    expect([module.status, module.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await get('/public/plugins/my-app/..%2F..%2Fsecret.txt')).status).toBe(404);
    expect((await get('/public/plugins/my-app/nothing.js')).status).toBe(404);
  });

  it.each([
    ['an icon of @grafana/ui', 'build/img/icons/unicons/plus.svg'],
    ['an icon that only this host has', 'build/img/icons/unicons/spinner.svg'],
    ['an icon that nobody has', 'build/img/icons/unicons/nobody-has-this.svg'],
    ['the logo of a stand-in', 'workbench/prometheus.svg'],
  ])('serves %s', async (_what, file) => {
    const response = await get(`/public/${file}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await response.text()).toMatch(/^<svg .*<\/svg>\s*$/s);
  });

  it('serves the fonts that the global styles ask for', async () => {
    const response = await get('/public/fonts/inter/Inter-Regular.woff2');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'font/woff2']);
  });
});

describe('the page', () => {
  it('comes at every address with the boot data before the bundle', async () => {
    const html = await (await get('/a/my-app/first?var-x=1')).text();
    const json = /window\.grafanaBootData = (.*);\n/.exec(html)?.[1] ?? '';
    const boot = JSON.parse(json);
    expect(html.indexOf('grafanaBootData')).toBeLessThan(html.indexOf('/host/main.js'));
    expect(boot.settings.defaultDatasource).toBe('Mine');
    expect(boot.settings.datasources.Mine).toMatchObject({
      uid: 'mine',
      url: '/api/datasources/proxy/uid/mine',
      meta: { tracing: true },
    });
    expect(boot.navTree[0]).toMatchObject({ text: 'My app', children: [{ text: 'First', url: '/a/my-app/first' }] });
    expect(html).not.toContain('team-a');
  });

  it('offers no core panels of traces and node graphs, so that the plugin takes its own', async () => {
    const { panels } = await (await get('/api/frontend/settings')).json();
    expect(Object.keys(panels).sort()).toEqual(['heatmap', 'logs', 'stat', 'table', 'text', 'timeseries']);
  });
});

it('rejects when the port is taken', async () => {
  const { port } = new URL(host.url);
  const options = { distDir: dir, provisioningDir: dir, upstreams: {}, environment: {}, log: () => undefined };
  await expect(startHost({ ...options, port: Number(port) })).rejects.toThrow('EADDRINUSE');
});
