/** What an endpoint is asked. */
export interface ApiRequest {
  method: string;
  /** Percent-decoded segments are the endpoint's business: this is as sent, without the query. */
  path: string;
  params: URLSearchParams;
  /** The header; '' when absent */
  accept: string;
}

export interface ApiAnswer {
  status: number;
  contentType?: string;
  body: string | Uint8Array;
}

/** A refusal that is answered as plain text, as Tempo does. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status = 400
  ) {
    super(message);
  }
}

export function textAnswer(body: string, status = 200): ApiAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

export function jsonAnswer(value: unknown): ApiAnswer {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(value) };
}

export function protobufAnswer(body: Uint8Array): ApiAnswer {
  return { status: 200, contentType: 'application/protobuf', body };
}
