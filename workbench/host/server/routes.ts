import { type IncomingMessage, type ServerResponse } from 'node:http';
import { HttpError, sendJson } from './http';

export interface RouteRequest {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Decoded groups of the route's pattern. */
  groups: string[];
}

export interface Route {
  /** Method, or undefined for any. */
  method?: string;
  pattern: RegExp;
  handle: (route: RouteRequest) => void | Promise<void>;
}

/** Runs the first route that fits. Answers false when none does; errors become JSON as Grafana words them. */
export async function dispatch(
  routes: Route[],
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://host');
  for (const { method, pattern, handle } of routes) {
    const match = pattern.exec(url.pathname);
    if (!match || (method && method !== request.method)) {
      continue;
    }
    try {
      await handle({ request, response, url, groups: match.slice(1).map((group) => decodeURIComponent(group ?? '')) });
    } catch (error) {
      fail(response, error, log);
    }
    return true;
  }
  return false;
}

function fail(response: ServerResponse, error: unknown, log: (line: string) => void): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof HttpError) {
    sendJson(response, error.status, { message: error.message });
    return;
  }
  log(`host: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  sendJson(response, 500, { message: 'Internal Server Error' });
}
