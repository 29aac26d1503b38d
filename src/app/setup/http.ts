import { type Answer, answered, failed, type Failure } from './answer';
import * as v from 'valibot';

export interface SetupRequest {
  /** Address in Grafana, without its parameters */
  url: string;
  params?: Record<string, string | number>;
  signal: AbortSignal;
}

/** An answer of any status. */
export interface SetupReply {
  status: number;
  body: string;
  /** The Date header, ms since the Unix epoch; absent when there is none */
  dateMs?: number;
  /** Clock of the browser, ms since the Unix epoch */
  sentMs: number;
  receivedMs: number;
}

/** Sends one GET to Grafana. Rejects when nothing answered, with an AbortError when `signal` was aborted. */
export type SetupGet = (request: SetupRequest) => Promise<SetupReply>;

/** One probe takes at most this long. */
export const PROBE_TIMEOUT_MS = 10_000;

/**
 * Gets one address with a time-out; never rejects.
 * @param stop ends the whole check
 */
export async function ask(
  get: SetupGet,
  request: Omit<SetupRequest, 'signal'>,
  stop: AbortSignal,
  timeoutMs = PROBE_TIMEOUT_MS
): Promise<Answer<SetupReply>> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  stop.addEventListener('abort', abort);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeoutMs);
  try {
    const reply = await get({ ...request, signal: controller.signal });
    return reply.status >= 200 && reply.status < 300 ? answered(reply) : failureOf(reply);
  } catch (error) {
    return late
      ? failed('timeout', `no answer within ${timeoutMs / 1000} s`)
      : failed('unreachable', error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
}

const messageSchema = v.looseObject({ message: v.optional(v.string()), error: v.optional(v.string()) });
/** What Grafana answers itself when the backend of a data source could not ask its server. */
const pluginFailureSchema = v.looseObject({ messageId: v.pipe(v.string(), v.startsWith('plugin.')) });

/** What the server said: Grafana and Prometheus wrap it in an object, Tempo sends plain text. */
function messageOf({ body, status }: SetupReply): string {
  const parsed = v.safeParse(messageSchema, parseJson(body));
  const text = parsed.success ? (parsed.output.error ?? parsed.output.message) : undefined;
  if (text) {
    return text;
  }
  return /^\s*</.test(body) || body.trim() === '' ? `HTTP ${status}` : body;
}

function failureOf(reply: SetupReply): Failure {
  const message = messageOf(reply);
  switch (reply.status) {
    case 401:
      return failed(/no org id/i.test(message) ? 'tenant' : 'forbidden', message);
    case 403:
      return failed('forbidden', message);
    case 404:
    case 405:
    case 501:
      return failed('unsupported', message);
    case 408:
    case 504:
      return failed('timeout', message);
    case 502:
    case 503:
      return failed('unreachable', message);
  }
  return v.is(pluginFailureSchema, parseJson(reply.body))
    ? failed('unreachable', `Grafana says "${message}"`)
    : failed('refused', message);
}

/** The body against a schema. */
export function readBody<T>(answer: Answer<SetupReply>, schema: v.GenericSchema<unknown, T>): Answer<T> {
  if (!answer.ok) {
    return answer;
  }
  const parsed = v.safeParse(schema, parseJson(answer.value.body));
  return parsed.success
    ? answered(parsed.output)
    : failed('badAnswer', `${v.getDotPath(parsed.issues[0]) ?? 'answer'}: ${parsed.issues[0].message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
