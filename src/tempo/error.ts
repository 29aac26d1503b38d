import { maxRangeOf } from './slices/range-limit';
import { type HttpAnswer, type TempoErrorKind } from './types';

/** A place in the text of a query, both counted from 1. */
export interface QueryPosition {
  line: number;
  column: number;
}

interface TempoErrorDetails {
  /** HTTP status; absent when there was no answer */
  status?: number;
  position?: QueryPosition;
  /** What the server itself said, word for word */
  detail?: string;
  /** ms to wait before asking again, if the server said so (Retry-After) */
  retryAfterMs?: number;
  /** s: the longest range that Tempo takes, when it refused a longer one */
  maxRangeSeconds?: number;
  /** This side gave up waiting; the same question would take as long again. */
  timedOut?: boolean;
  cause?: unknown;
}

/** Every failure of a request to Tempo. `message` is for people and says what to do. */
export class TempoError extends Error {
  override name = 'TempoError';
  readonly status?: number;
  readonly position?: QueryPosition;
  readonly detail?: string;
  readonly retryAfterMs?: number;
  readonly maxRangeSeconds?: number;
  readonly timedOut: boolean;

  constructor(
    readonly kind: TempoErrorKind,
    message: string,
    { cause, ...details }: TempoErrorDetails = {}
  ) {
    super(message, { cause });
    this.status = details.status;
    this.position = details.position;
    this.detail = details.detail;
    this.retryAfterMs = details.retryAfterMs;
    this.maxRangeSeconds = details.maxRangeSeconds;
    this.timedOut = details.timedOut ?? false;
  }
}

const MAX_DETAIL = 2000;
// Wrappers that Tempo's layers put around the message that matters.
const NOISE = [/^rpc error: code = \w+(?:\(\d+\))? desc = /, /^invalid TraceQL query: /, /^compiling query: /];
const POSITION = /^parse error at line (\d+), col (\d+): /;

/** The error for an answer whose status is not 2xx. */
export function errorOfStatus(answer: HttpAnswer): TempoError {
  const { status, retryAfterMs } = answer;
  const detail = bodyText(answer).trim().slice(0, MAX_DETAIL);
  if (looksLikeHtml(answer)) {
    return htmlError(status, detail);
  }
  switch (status) {
    case 400:
      return queryError(detail);
    case 401:
    case 403:
      return new TempoError(
        'auth',
        withDetail(
          `Tempo refused the request (${status}). Check the credentials and the tenant (X-Scope-OrgID) of the data source`,
          detail
        ),
        { status, detail }
      );
    case 404:
      return new TempoError(
        'notFound',
        'There is no such Tempo API at this address (404). Check that the URL of the data source points to Tempo, ' +
          'with its path prefix if it has one, and that this version of Tempo has the feature.',
        { status, detail }
      );
    case 413:
    case 422:
      return new TempoError(
        'tooLarge',
        withDetail(
          `The answer is larger than Tempo is allowed to send (${status}). Narrow the time range or the query, or raise the limit in Tempo's configuration`,
          detail
        ),
        { status, detail }
      );
    case 429:
      return new TempoError(
        'rateLimited',
        withDetail('Tempo has too many requests at the moment (429). Wait a little and run the query again', detail),
        { status, detail, retryAfterMs }
      );
    case 408:
    case 504:
      return new TempoError(
        'unavailable',
        withDetail(
          `Tempo did not answer in time (${status}). Narrow the time range or the query and try again`,
          detail
        ),
        { status, detail }
      );
  }
  if (status >= 500) {
    return new TempoError(
      'unavailable',
      withDetail(`Tempo failed to answer (${status}). Try again; if it stays, look at Tempo's log`, detail),
      { status, detail, retryAfterMs }
    );
  }
  return new TempoError('badAnswer', withDetail(`Tempo gave an unexpected answer (${status})`, detail), {
    status,
    detail,
  });
}

/** An answer that is a web page: a login page or an error page of something between here and Tempo. */
export function htmlError(status: number, detail: string): TempoError {
  const reason =
    status >= 500
      ? 'A proxy in front of Tempo answered with its error page: Tempo behind it is down or restarting, or takes too long. ' +
        'Try again; if it stays, check Tempo and the proxy.'
      : 'Something in front of Tempo answered, for example a login page, or the URL of the data source is not that of ' +
        "Tempo's HTTP API (port 3200 by default).";
  return new TempoError('badAnswer', `A web page came back instead of data (${status}). ${reason}`, {
    status,
    detail: detail.slice(0, MAX_DETAIL),
  });
}

export function looksLikeHtml(answer: HttpAnswer): boolean {
  return answer.contentType === 'text/html' || /^\s*<(!doctype html|html|head)\b/i.test(bodyStart(answer));
}

export function bodyText(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.body);
}

/** The error for a request that got no answer at all. */
export function errorOfException(error: unknown): TempoError {
  if (error instanceof TempoError) {
    return error;
  }
  const detail = textOf(error, 'message') ?? String(error);
  if (textOf(error, 'name') === 'AbortError') {
    return new TempoError('cancelled', 'The request was cancelled.', { detail, cause: error });
  }
  return new TempoError(
    'unavailable',
    withDetail('Tempo cannot be reached. Check the URL of the data source and that Tempo is running', detail),
    { detail, cause: error }
  );
}

/** `instanceof Error` fails for what another realm or an older DOM threw. */
function textOf(error: unknown, key: 'name' | 'message'): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function queryError(detail: string): TempoError {
  let text = detail;
  for (const noise of NOISE) {
    text = text.replace(noise, '');
  }
  const match = POSITION.exec(text);
  const position = match ? { line: Number(match[1]), column: Number(match[2]) } : undefined;
  const reason = (match ? text.slice(match[0].length) : text) || 'Tempo did not say why.';
  const maxRangeSeconds = maxRangeOf(detail);
  const message = position
    ? `The query has an error at line ${position.line}, column ${position.column}: ${reason}`
    : `Tempo refused the request: ${reason}`;
  return new TempoError('query', message, { status: 400, position, detail, maxRangeSeconds });
}

function withDetail(sentence: string, detail: string): string {
  return detail === '' ? `${sentence}.` : `${sentence}. (${detail.slice(0, 300)})`;
}

function bodyStart(answer: HttpAnswer): string {
  return new TextDecoder().decode(answer.body.slice(0, 100));
}
