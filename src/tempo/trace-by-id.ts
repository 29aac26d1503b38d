import { assertOk } from './answer';
import { bodyText, errorOfException, errorOfStatus, htmlError, looksLikeHtml, TempoError } from './error';
import { OtlpDecodeError, type TraceByIdAnswer } from './otlp';
import { type TraceBodyFormat, type TraceDecoder } from './trace-decode';
import { type HttpAnswer } from './types';

/** One way to ask for a trace by id. */
interface Endpoint {
  version: 'v1' | 'v2';
  accept: 'application/protobuf' | 'application/json';
}

// Protobuf is a third of the size; v1 is what Tempo before 2.6 has; JSON helps where something on the way spoils binary data.
const ENDPOINTS: readonly Endpoint[] = [
  { version: 'v2', accept: 'application/protobuf' },
  { version: 'v2', accept: 'application/json' },
  { version: 'v1', accept: 'application/protobuf' },
  { version: 'v1', accept: 'application/json' },
];

/** Sends the request for one endpoint. */
type Ask = (path: string, headers: Record<string, string>) => Promise<HttpAnswer>;

type Outcome =
  | { type: 'answer'; answer: TraceByIdAnswer }
  /** No such trace, or no such endpoint: Tempo says 404 to both. */
  | { type: 'missing' }
  /** The endpoint exists but this format does not arrive. */
  | { type: 'otherFormat'; error: TempoError };

/** Finds out which of Tempo's trace endpoints works, and remembers it. */
export class TraceByIdReader {
  private working: Endpoint | undefined;

  constructor(private readonly decode: TraceDecoder) {}

  /**
   * @returns undefined when Tempo does not have the trace
   * @throws TempoError
   */
  async read(traceId: string, ask: Ask, signal?: AbortSignal): Promise<TraceByIdAnswer | undefined> {
    const known = this.working;
    const outcome = known && (await this.ask(known, traceId, ask, signal));
    if (outcome && outcome.type !== 'otherFormat') {
      return found(outcome);
    }
    // What worked before arrives no more: something on the way has changed.
    return this.findEndpoint(traceId, ask, signal);
  }

  private async findEndpoint(traceId: string, ask: Ask, signal?: AbortSignal): Promise<TraceByIdAnswer | undefined> {
    let skippedVersion: Endpoint['version'] | undefined;
    let lastError: TempoError | undefined;
    for (const endpoint of ENDPOINTS) {
      if (endpoint.version === skippedVersion) {
        continue;
      }
      const outcome = await this.ask(endpoint, traceId, ask, signal);
      if (outcome.type === 'answer') {
        this.working = endpoint;
        return found(outcome);
      }
      if (outcome.type === 'missing') {
        skippedVersion = endpoint.version;
        lastError = undefined;
      } else {
        lastError = outcome.error;
      }
    }
    if (lastError) {
      throw lastError;
    }
    return undefined;
  }

  private async ask(endpoint: Endpoint, traceId: string, ask: Ask, signal?: AbortSignal): Promise<Outcome> {
    const path = endpoint.version === 'v2' ? `/api/v2/traces/${traceId}` : `/api/traces/${traceId}`;
    const answer = await ask(path, { Accept: endpoint.accept });
    if (answer.status === 404 && !looksLikeHtml(answer)) {
      return { type: 'missing' };
    }
    if (answer.status === 406 || answer.status === 415) {
      return { type: 'otherFormat', error: errorOfStatus(answer) };
    }
    assertOk(answer);
    if (looksLikeHtml(answer)) {
      throw htmlError(answer.status, bodyText(answer));
    }
    return this.decodeAnswer(answer, endpoint, signal);
  }

  private async decodeAnswer(answer: HttpAnswer, endpoint: Endpoint, signal?: AbortSignal): Promise<Outcome> {
    try {
      return { type: 'answer', answer: await this.decode(formatOf(answer, endpoint), answer.body, signal) };
    } catch (error) {
      if (!(error instanceof OtlpDecodeError)) {
        throw errorOfException(error);
      }
      const message = `The trace did not arrive in one piece. ${error.message} Try again; if it stays, check what lies between Grafana and Tempo.`;
      return {
        type: 'otherFormat',
        error: new TempoError('badAnswer', message, { status: answer.status, detail: error.message, cause: error }),
      };
    }
  }
}

function found(outcome: Exclude<Outcome, { type: 'otherFormat' }>): TraceByIdAnswer | undefined {
  return outcome.type === 'answer' && outcome.answer.spans.length > 0 ? outcome.answer : undefined;
}

/** The content type decides, as gateways may not pass the Accept header on; without one, what was asked for. */
function formatOf(answer: HttpAnswer, endpoint: Endpoint): TraceBodyFormat {
  const isJson = answer.contentType.includes('json') || endpoint.accept === 'application/json';
  return isJson ? 'json' : `${endpoint.version}-protobuf`;
}
