import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostRoutes } from './server/host-routes';
import { sendJson } from './server/http';
import { dispatch, type Route } from './server/routes';

export interface HostOptions {
  /** 0 takes a free one. */
  port: number;
  /** Address to listen on; only this machine by default. */
  host?: string;
  /** The built plugin. */
  distDir: string;
  /** Holds datasources/*.yaml, plugins/*.yaml and dashboards/*.json. */
  provisioningDir: string;
  /** Where the data sources really are: uid to base address. Wins over the provisioned address. */
  upstreams: Record<string, string>;
  /** Base address of the load controller, when there is one. */
  loadUrl?: string;
  /** Tried before the host's own. */
  extraRoutes?: Route[];
  /** What `buildHostPage` made. */
  pageDir?: string;
  environment?: Record<string, string | undefined>;
  log: (line: string) => void;
}

export interface RunningHost {
  url: string;
  close(): Promise<void>;
}

const HOST_DIR = path.dirname(fileURLToPath(import.meta.url));

/** Serves the page, the built plugin and the part of Grafana's HTTP API that they use. Rejects when the port is taken. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { extraRoutes = [], host = '127.0.0.1', log } = options;
  let routes: Route[] = [];
  const server = createServer((request, response) => void answer(routes, request, response, log));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${portOf(server.address())}`;
  routes = [
    ...extraRoutes,
    ...hostRoutes({
      ...options,
      appUrl: `${url}/`,
      hostDir: HOST_DIR,
      pageDir: options.pageDir ?? path.join(HOST_DIR, 'dist'),
      environment: options.environment ?? process.env,
    }),
  ];
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  routes: Route[],
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): Promise<void> {
  try {
    if (!(await dispatch(routes, request, response, log))) {
      sendJson(response, 404, { message: 'Not found' });
    }
  } catch (error) {
    log(`host: ${request.method} ${request.url}: ${String(error)}`);
    sendJson(response, 400, { message: 'bad request data' });
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') {
    throw new Error('the host listens on no port');
  }
  return address.port;
}
