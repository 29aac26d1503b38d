import { type IncomingMessage, type RequestListener } from 'node:http';

import { decodeExportRequestJson, decodeExportRequestProtobuf, OtlpDecodeError } from '../../../src/tempo/otlp';
import { type Span } from '../../../src/trace/model';

import { BodyError, readBody } from './read-body';
import { type Reply, send } from './serve';

/** The OpenTelemetry Collector's default for an HTTP receiver. */
export const DEFAULT_MAX_REQUEST_BYTES = 20 * 1024 * 1024;

export interface OtlpReceiverOptions {
  /** Bytes after decompression; 20 MiB by default. */
  maxRequestBytes?: number;
  onSpans: (spans: Span[]) => void;
  log?: (line: string) => void;
}

const EMPTY = new Uint8Array();

/** OTLP over HTTP: `POST /v1/traces`, protobuf or JSON. A request is taken whole or not at all. */
export function otlpReceiver(options: OtlpReceiverOptions): RequestListener {
  return (request, response) => {
    void receive(request, options)
      .catch((error: unknown): Reply => ({ status: 500, ...textBody(`internal error: ${String(error)}`) }))
      .then(async (reply) => {
        if (reply.status >= 400) {
          options.log?.(`OTLP: ${reply.status} ${String(reply.body)}`);
          // The rest of a refused body is not read: the connection ends with the answer.
          response.shouldKeepAlive = false;
        }
        await send(request, response, reply);
      })
      .catch(() => response.destroy());
  };
}

async function receive(request: IncomingMessage, options: OtlpReceiverOptions): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0];
  if (path !== '/v1/traces') {
    return { status: 404, ...textBody(`404 page not found: traces go to /v1/traces`) };
  }
  if (request.method !== 'POST') {
    return { status: 405, ...textBody('405 method not allowed, supported: [POST]') };
  }
  const contentType = String(request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
  const isJson = contentType === 'application/json';
  if (!isJson && contentType !== 'application/x-protobuf') {
    return {
      status: 415,
      ...textBody('415 unsupported media type, supported: [application/json, application/x-protobuf]'),
    };
  }
  try {
    const body = await readBody(request, options.maxRequestBytes ?? DEFAULT_MAX_REQUEST_BYTES);
    options.onSpans(isJson ? decodeExportRequestJson(body.toString('utf8')) : decodeExportRequestProtobuf(body));
  } catch (error) {
    return refusal(error);
  }
  return isJson
    ? { status: 200, contentType: 'application/json', body: '{"partialSuccess":{}}' }
    : { status: 200, contentType: 'application/x-protobuf', body: EMPTY };
}

function refusal(error: unknown): Reply {
  if (error instanceof BodyError) {
    return { status: error.status, ...textBody(error.message) };
  }
  if (error instanceof OtlpDecodeError) {
    return { status: 400, ...textBody(error.message) };
  }
  throw error;
}

function textBody(body: string): Pick<Reply, 'contentType' | 'body'> {
  return { contentType: 'text/plain; charset=utf-8', body };
}
