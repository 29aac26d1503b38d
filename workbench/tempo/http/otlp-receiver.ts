import { type IncomingMessage, type RequestListener } from 'node:http';

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

import { decodeExportRequestJson, decodeExportRequestProtobuf, OtlpDecodeError } from '../../../src/tempo/otlp';
import { type Span } from '../../../src/trace/model';

import { BodyError, readBody } from './read-body';
import { type Reply, send } from './serve';

/** The OpenTelemetry Collector's default for an HTTP receiver. */
const DEFAULT_MAX_REQUEST_BYTES = 20 * 1024 * 1024;

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
      .catch((error: unknown) => plain(500, `internal error: ${String(error)}`))
      .then(async (reply) => {
        if (reply.status >= 400) {
          options.log?.(`OTLP request refused with ${reply.status}: ${reply.reason ?? ''}`);
          // The rest of a refused body is not read: the connection ends with the answer.
          response.shouldKeepAlive = false;
        }
        await send(request, response, reply);
      })
      .catch(() => response.destroy());
  };
}

/** `reason` is for the log: the body may be protobuf. */
type Outcome = Reply & { reason?: string };

async function receive(request: IncomingMessage, options: OtlpReceiverOptions): Promise<Outcome> {
  const path = (request.url ?? '').split('?')[0];
  if (path !== '/v1/traces') {
    return plain(404, '404 page not found: traces go to /v1/traces');
  }
  if (request.method !== 'POST') {
    return plain(405, '405 method not allowed, supported: [POST]');
  }
  const contentType = String(request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
  const isJson = contentType === 'application/json';
  if (!isJson && contentType !== 'application/x-protobuf') {
    return plain(415, '415 unsupported media type, supported: [application/json, application/x-protobuf]');
  }
  try {
    const body = await readBody(request, options.maxRequestBytes ?? DEFAULT_MAX_REQUEST_BYTES);
    options.onSpans(isJson ? decodeExportRequestJson(body.toString('utf8')) : decodeExportRequestProtobuf(body));
  } catch (error) {
    return refusal(error, isJson);
  }
  return isJson
    ? { status: 200, contentType: 'application/json', body: '{"partialSuccess":{}}' }
    : { status: 200, contentType: 'application/x-protobuf', body: EMPTY };
}

function refusal(error: unknown, isJson: boolean): Outcome {
  if (error instanceof BodyError) {
    return status(error.status, error.message, isJson);
  }
  if (error instanceof OtlpDecodeError) {
    return status(400, error.message, isJson);
  }
  throw error;
}

/** google.rpc.Code */
const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

/** OTLP wants a google.rpc.Status in the format of the request. */
function status(httpStatus: number, message: string, isJson: boolean): Outcome {
  const code = httpStatus === 413 ? RESOURCE_EXHAUSTED : INVALID_ARGUMENT;
  return isJson
    ? { status: httpStatus, contentType: 'application/json', body: JSON.stringify({ code, message }), reason: message }
    : {
        status: httpStatus,
        contentType: 'application/x-protobuf',
        body: new BinaryWriter()
          .tag(1, WireType.Varint)
          .int32(code)
          .tag(2, WireType.LengthDelimited)
          .string(message)
          .finish(),
        reason: message,
      };
}

function plain(httpStatus: number, body: string): Outcome {
  return { status: httpStatus, contentType: 'text/plain; charset=utf-8', body, reason: body };
}
