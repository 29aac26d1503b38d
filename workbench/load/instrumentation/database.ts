import { type Attributes, type Context, SpanKind } from '@opentelemetry/api';
import { ActiveSpan, type Failure } from '../active-span';
import { TransportError, type WireRequest } from '../runtime';
import { HttpError, type RunningService, type ServiceInstance, stackTrace } from '../service';
import { type ServiceSpec } from '../topology';
import { extractContext, injectHeaders } from './propagation';

export interface DatabaseCall {
  spanName: string;
  database: ServiceSpec;
  /** Sent to the database, which does the work */
  statement: Statement;
  timeoutMs: number;
  attributes: Attributes;
  /** Called when rows came, before the span ends */
  onRows?(span: ActiveSpan, rows: unknown): void;
  /** Turns a failure into what this client library reports */
  describe?(failure: Failure): { failure: Failure; statusMessage?: string };
}

export interface Statement {
  operation: string;
  /** Table or key space */
  collection: string;
  text: string;
}

/** What a database answers when it refuses a statement. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message);
  }
}

/** Runs a statement with a CLIENT span. Rejects with HttpError (500), as the service itself cannot go on. */
export async function callDatabase(self: ServiceInstance, parent: Context, call: DatabaseCall): Promise<unknown> {
  const span = ActiveSpan.start(self.tracer, self.runtime, call.spanName, {
    kind: SpanKind.CLIENT,
    parent,
    attributes: { 'server.address': call.database.name, 'server.port': call.database.port, ...call.attributes },
  });
  try {
    const request: WireRequest = {
      method: 'POST',
      path: '/statement',
      headers: injectHeaders(span.context, { 'x-client': self.instance.pod }),
      body: JSON.stringify(call.statement),
    };
    const response = await self.runtime.send(call.database.name, request, call.timeoutMs);
    const body = JSON.parse(response.body);
    if (response.status >= 400) {
      span.set({ 'db.response.status_code': body.code });
      throw fail(span, call, { type: body.code, message: body.error });
    }
    call.onRows?.(span, body);
    return body;
  } catch (error) {
    if (error instanceof TransportError) {
      throw fail(span, call, { type: error.code, message: error.message });
    }
    throw error;
  } finally {
    span.end();
  }
}

function fail(span: ActiveSpan, call: DatabaseCall, cause: Failure): HttpError {
  const stack = stackTrace('Error', cause.message, ['Query.handleError (/app/node_modules/pg/lib/query.js:83:12)']);
  const described = call.describe?.(cause) ?? { failure: { ...cause, stack } };
  span.fail(described.failure, described.statusMessage ?? described.failure.message);
  return new HttpError(500, described.failure.message, undefined);
}

export interface DatabaseWork {
  statement: Statement;
  /** Pod that sent the statement */
  client: string;
  span: ActiveSpan;
}

/** A database that traces its side of a statement with a SERVER span. */
export function serveStatements(
  self: ServiceInstance,
  options: {
    spanName(statement: Statement): string;
    attributes: Attributes;
    execute(work: DatabaseWork): Promise<unknown>;
  }
): RunningService {
  return {
    async handle(request) {
      const statement: Statement = JSON.parse(request.body);
      const span = ActiveSpan.start(self.tracer, self.runtime, options.spanName(statement), {
        kind: SpanKind.SERVER,
        parent: extractContext(request.headers),
        attributes: options.attributes,
      });
      try {
        const rows = await options.execute({ statement, client: request.headers['x-client'] ?? '', span });
        return { status: 200, body: JSON.stringify(rows) };
      } catch (error) {
        if (!(error instanceof DatabaseError)) {
          throw error;
        }
        span.fail({ type: error.code, message: error.message });
        return { status: 500, body: JSON.stringify({ code: error.code, error: error.message }) };
      } finally {
        span.end();
      }
    },
  };
}
