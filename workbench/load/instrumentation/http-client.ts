import { type Attributes, type Context, SpanKind } from '@opentelemetry/api';
import { ActiveSpan } from '../active-span';
import { TransportError } from '../runtime';
import { HttpError, type ServiceInstance, stackTrace } from '../service';
import { injectHeaders } from './propagation';
import { rpcStatus } from './rpc-status';

export interface HttpCall {
  spanName: string;
  /** Service to call; also the host name unless `address` is given */
  service: string;
  address?: string;
  port: number;
  scheme?: 'http' | 'https';
  method: string;
  /** With the query string */
  path: string;
  body?: unknown;
  timeoutMs: number;
  /** Added to the span's, or instead of the HTTP ones when `rpc` is set */
  attributes?: Attributes;
  rpc?: boolean;
}

const REASON: Record<number, string> = {
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Calls over HTTP with a CLIENT span. Rejects with HttpError for any status of 400 or more, and 504 or 502 for none. */
export async function callHttp(self: ServiceInstance, parent: Context, call: HttpCall): Promise<unknown> {
  const span = ActiveSpan.start(self.tracer, self.runtime, call.spanName, {
    kind: SpanKind.CLIENT,
    parent,
    attributes: callAttributes(call),
  });
  try {
    const headers = injectHeaders(span.context, { 'user-agent': `${self.spec.name}/${self.instance.version}` });
    const request = { method: call.method, path: call.path, headers, body: JSON.stringify(call.body ?? {}) };
    const response = await self.runtime.send(call.service, request, call.timeoutMs);
    markStatus(span, call, response.status);
    if (response.status >= 400) {
      throw new HttpError(response.status, `${call.service}: ${reason(response.status)}`);
    }
    return JSON.parse(response.body);
  } catch (error) {
    if (error instanceof TransportError) {
      throw failTransport(span, call, error);
    }
    throw error;
  } finally {
    span.end();
  }
}

function callAttributes(call: HttpCall): Attributes {
  if (call.rpc) {
    return { 'server.address': call.address ?? call.service, 'server.port': call.port, ...call.attributes };
  }
  const host = call.address ?? call.service;
  const scheme = call.scheme ?? 'http';
  const authority = call.scheme === 'https' ? host : `${host}:${call.port}`;
  return {
    'http.request.method': call.method,
    'url.full': `${scheme}://${authority}${call.path}`,
    'server.address': host,
    'server.port': call.port,
    'network.protocol.version': '1.1',
    ...call.attributes,
  };
}

function markStatus(span: ActiveSpan, call: HttpCall, status: number): void {
  span.set(call.rpc ? { 'rpc.response.status_code': rpcStatus(status) } : { 'http.response.status_code': status });
  if (status >= 400) {
    span.fail({ type: call.rpc ? rpcStatus(status) : String(status), message: reason(status) });
  }
}

function failTransport(span: ActiveSpan, call: HttpCall, error: TransportError): HttpError {
  span.fail({
    type: error.code,
    message: error.message,
    stack: stackTrace('Error', error.message, [
      'ClientRequest.<anonymous> (/app/node_modules/undici/lib/api/api-request.js:82:15)',
      'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ]),
  });
  return error.code === 'ETIMEDOUT'
    ? new HttpError(504, `${call.service}: ${error.message}`)
    : new HttpError(502, `${call.service}: ${error.message}`);
}

function reason(status: number): string {
  return REASON[status] ?? `HTTP ${status}`;
}
