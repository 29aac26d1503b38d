import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { TransportError, type WireRequest, type WireResponse } from '../runtime';

const LOOPBACK = '127.0.0.1';
const agent = new Agent({ keepAlive: true });

/** Listens on a free port of this machine. */
export async function listen(
  handle: (request: WireRequest) => Promise<WireResponse>
): Promise<{ port: number; server: Server }> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const response = await handle(await readRequest(incoming));
      outgoing.writeHead(response.status, { 'content-type': 'application/json' }).end(response.body);
    } catch {
      outgoing.writeHead(500).end('{}');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  return { port: (server.address() as AddressInfo).port, server };
}

/** Rejects with TransportError when there is no answer. */
export function exchange(port: number, request: WireRequest, timeoutMs: number): Promise<WireResponse> {
  const { method, path, headers, body } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: LOOPBACK,
        port,
        agent,
        method,
        path,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: timeout,
      },
      (incoming) => {
        readBody(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, body: text }), fail);
      }
    );
    const fail = (error: NodeJS.ErrnoException) =>
      reject(
        timeout.aborted
          ? new TransportError('ETIMEDOUT', `no answer within ${timeoutMs} ms`)
          : new TransportError(error.code === 'ECONNREFUSED' ? 'ECONNREFUSED' : 'ECONNRESET', error.message)
      );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') {
      headers[name] = value;
    }
  }
  const body = await readBody(incoming);
  return { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    text += chunk;
  }
  return text;
}
