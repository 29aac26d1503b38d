import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type DataSourceRecord } from './data-source-store';
import { sendJson } from './http';

/** RFC 9110 7.6.1: headers that belong to one connection. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** What the browser says to Grafana and an upstream must not hear. */
const BROWSER_ONLY = [
  'cookie',
  'host',
  'origin',
  'referer',
  'authorization',
  'x-grafana-org-id',
  'x-grafana-device-id',
];

/** Grafana lets only these be posted to a Prometheus through its proxy. */
const PROMETHEUS_POST = /^api\/v1\/(query|query_range|query_exemplars|series|labels)$/;

/**
 * Forwards a request to the data source's upstream as Grafana's data proxy does: bodies are streamed both ways,
 * compressed ones untouched; the upstream request dies with the client's. A refused connection is 502 with an
 * empty body, as in Grafana: what went wrong is in the log only.
 *
 * @param rest path below `/api/datasources/proxy/uid/<uid>/`, with its query string
 */
export function proxyToDataSource(
  source: DataSourceRecord,
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): void {
  const refusal = refuse(source, rest, request.method ?? 'GET');
  if (refusal) {
    request.resume();
    sendJson(response, refusal.status, { message: refusal.message });
    return;
  }
  forward(upstreamUrl(source.url, rest), requestHeaders(source, request.headers), request, response, log);
}

/** Streams one request to `target` and its answer back. */
export function forward(
  target: URL,
  headers: Record<string, string | string[]>,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): void {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const upstream = send(target, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', (error) => {
    if (response.destroyed) {
      return;
    }
    log(`proxy: ${request.method} ${target.origin}${target.pathname}: ${error.message}`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(502).end();
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function refuse(
  source: DataSourceRecord,
  rest: string,
  method: string
): { status: number; message: string } | undefined {
  if (!source.url) {
    return { status: 400, message: 'Data source has no URL' };
  }
  if (source.type !== 'prometheus') {
    return undefined;
  }
  if (method === 'DELETE' || method === 'PUT') {
    return { status: 403, message: `${method} not allowed on proxied Prometheus datasource` };
  }
  const path = rest.split('?')[0];
  return method === 'POST' && !PROMETHEUS_POST.test(path)
    ? { status: 403, message: 'non allow-listed POSTs not allowed on proxied Prometheus datasource' }
    : undefined;
}

export function upstreamUrl(base: string, rest: string): URL {
  return new URL(`${base.replace(/\/+$/, '')}/${rest}`);
}

export function requestHeaders(
  source: Pick<DataSourceRecord, 'basicAuth' | 'basicAuthUser' | 'jsonData' | 'secureJsonData'>,
  incoming: IncomingHttpHeaders
): Record<string, string | string[]> {
  const dropped = [...HOP_BY_HOP, ...BROWSER_ONLY];
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(incoming)) {
    if (value !== undefined && !dropped.includes(name) && !name.startsWith('sec-')) {
      headers[name] = value;
    }
  }
  if (source.basicAuth) {
    const credentials = `${source.basicAuthUser}:${source.secureJsonData.basicAuthPassword ?? ''}`;
    headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  return { ...headers, ...customHeaders(source) };
}

/** `jsonData.httpHeaderName1` names the header whose value is `secureJsonData.httpHeaderValue1`, and so on. */
function customHeaders(source: Pick<DataSourceRecord, 'jsonData' | 'secureJsonData'>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, name] of Object.entries(source.jsonData)) {
    const index = /^httpHeaderName(\d+)$/.exec(key)?.[1];
    const value = index && source.secureJsonData[`httpHeaderValue${index}`];
    if (value && typeof name === 'string' && name) {
      headers[name.toLowerCase()] = value;
    }
  }
  return headers;
}

function responseHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const dropped = [...HOP_BY_HOP, 'set-cookie'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
}
