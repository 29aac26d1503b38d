import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';

const gzip = promisify(gzipCallback);
const MIN_BYTES_TO_COMPRESS = 1024;

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Starts a server; `port` 0 takes a free one. Rejects when the port is taken. */
export async function listen(listener: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return { url: `http://${urlHost(host)}:${portOf(server)}`, close: () => close(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') {
    return '127.0.0.1';
  }
  return host.includes(':') ? `[${host}]` : host;
}

/** Ends open connections too: keep-alive clients would hold the server otherwise. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

export interface Reply {
  status: number;
  contentType?: string;
  body: string | Uint8Array;
}

/** Sends an answer, compressed when that pays and the client takes it. */
export async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const compressed = takesGzip && body.length >= MIN_BYTES_TO_COMPRESS ? await gzip(body) : undefined;
  response.writeHead(reply.status, {
    ...(reply.contentType ? { 'Content-Type': reply.contentType } : {}),
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept-Encoding',
    'Content-Length': (compressed ?? body).length,
  });
  response.end(request.method === 'HEAD' ? undefined : (compressed ?? body));
}
