import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type FaultBoard, type FaultId, FAULTS, isFaultId } from '../faults';

const FAULT_PATH = /^\/faults\/([^/]+)$/;
const MAX_BODY_BYTES = 10_000;

/**
 * `GET /faults` lists the faults, `PUT /faults/<id>` with `{"active": true|false}` switches one and answers it.
 * Errors are `{"message"}` with 400, 404, 405 or 413.
 */
export async function startControlServer(
  port: number,
  faults: FaultBoard,
  onChange: (id: FaultId, active: boolean) => void
): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    try {
      const { status, body } = await answer(request, faults, onChange);
      send(response, status, body);
    } catch (error) {
      send(response, 500, { message: error instanceof Error ? error.message : String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function answer(
  request: IncomingMessage,
  faults: FaultBoard,
  onChange: (id: FaultId, active: boolean) => void
): Promise<{ status: number; body: unknown }> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/faults') {
    return request.method === 'GET' ? { status: 200, body: faults.list() } : notAllowed('GET');
  }
  const id = FAULT_PATH.exec(path)?.[1];
  if (id === undefined) {
    return { status: 404, body: { message: 'There are /faults and /faults/<id>' } };
  }
  if (!isFaultId(id)) {
    return {
      status: 404,
      body: { message: `No fault '${id}'. There are: ${FAULTS.map((fault) => fault.id).join(', ')}` },
    };
  }
  if (request.method !== 'PUT') {
    return notAllowed('PUT');
  }
  const text = await readText(request);
  if (text === undefined) {
    return { status: 413, body: { message: `The body is over ${MAX_BODY_BYTES} bytes` } };
  }
  const active = readActive(text);
  if (active === undefined) {
    return { status: 400, body: { message: 'Send JSON {"active": true} or {"active": false}' } };
  }
  onChange(id, active);
  return { status: 200, body: faults.list().find((fault) => fault.id === id) };
}

function notAllowed(method: string) {
  return { status: 405, body: { message: `Use ${method}` } };
}

/** Undefined when it is too long. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) {
      return undefined;
    }
  }
  return text;
}

function readActive(text: string): boolean | undefined {
  try {
    const active: unknown = JSON.parse(text)?.active;
    return typeof active === 'boolean' ? active : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
