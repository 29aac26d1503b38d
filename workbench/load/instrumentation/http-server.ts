import { type Attributes, type Context, SpanKind } from '@opentelemetry/api';
import { ActiveSpan, type Failure } from '../active-span';
import { type WireRequest, type WireResponse } from '../runtime';
import { HttpError, type ServiceInstance } from '../service';
import { extractContext } from './propagation';
import { rpcStatus } from './rpc-status';

export interface Call {
  request: WireRequest;
  query: URLSearchParams;
  span: ActiveSpan;
  /** For calls further down */
  context: Context;
}

export interface Route {
  method: string;
  path: string;
  /** `<method> <path>` unless given */
  spanName?: string;
  /** Instead of the HTTP ones, for RPC on top of HTTP */
  attributes?: Attributes;
  handle(call: Call): Promise<unknown>;
}

/** Serves the routes, a SERVER span each; what `handle` returns is sent as JSON. */
export function serveRoutes(self: ServiceInstance, routes: Route[]): (request: WireRequest) => Promise<WireResponse> {
  const byKey = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  return async (request) => {
    const url = new URL(request.path, 'http://local');
    const route = byKey.get(`${request.method} ${url.pathname}`);
    if (!route) {
      return { status: 404, body: '' };
    }
    const parent = extractContext(request.headers);
    const span = ActiveSpan.start(self.tracer, self.runtime, route.spanName ?? `${route.method} ${route.path}`, {
      kind: SpanKind.SERVER,
      parent,
      attributes: route.attributes ?? requestAttributes(self, request, route, url),
    });
    const response = await answer(route, { request, query: url.searchParams, span, context: span.context });
    span.set(responseAttributes(route, response));
    span.end();
    return response;
  };
}

async function answer(route: Route, call: Call): Promise<WireResponse> {
  try {
    return { status: 200, body: JSON.stringify((await route.handle(call)) ?? {}) };
  } catch (error) {
    if (!(error instanceof HttpError)) {
      throw error;
    }
    failServerSpan(call.span, error);
    return { status: error.status, body: JSON.stringify({ error: error.message }) };
  }
}

/** Of a SERVER span only the 5xx are errors (HTTP semantic conventions). */
function failServerSpan(span: ActiveSpan, error: HttpError): void {
  if (error.status >= 500) {
    const failure: Failure = error.exception ?? { type: String(error.status), message: error.message };
    span.fail(failure);
  }
}

function responseAttributes(route: Route, { status, body }: WireResponse): Attributes {
  return route.attributes
    ? { 'rpc.response.status_code': rpcStatus(status) }
    : { 'http.response.status_code': status, 'http.response.body.size': body.length };
}

function requestAttributes(self: ServiceInstance, request: WireRequest, route: Route, url: URL): Attributes {
  return {
    'http.request.method': request.method,
    'http.route': route.path,
    'url.path': url.pathname,
    'url.scheme': 'http',
    'server.address': self.spec.name,
    'server.port': self.spec.port,
    'network.protocol.version': '1.1',
    ...(url.search && { 'url.query': url.search.slice(1) }),
    ...(request.headers['user-agent'] && { 'user_agent.original': request.headers['user-agent'] }),
    ...(request.headers['x-forwarded-for'] && { 'client.address': request.headers['x-forwarded-for'] }),
  };
}
