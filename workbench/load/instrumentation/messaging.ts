import { type Attributes, type Context, SpanKind, trace } from '@opentelemetry/api';
import { ActiveSpan } from '../active-span';
import { QueueFullError, type QueueMessage, TransportError } from '../runtime';
import { HttpError, type ServiceInstance, stackTrace } from '../service';
import { extractContext, injectHeaders } from './propagation';

const SYSTEM = 'rabbitmq';

/** Sends a message with a PRODUCER span. Rejects with HttpError (503) when the broker does not take it. */
export async function publishMessage(
  self: ServiceInstance,
  parent: Context,
  queue: string,
  id: string,
  payload: unknown
): Promise<void> {
  const body = JSON.stringify(payload);
  const span = ActiveSpan.start(self.tracer, self.runtime, `publish ${queue}`, {
    kind: SpanKind.PRODUCER,
    parent,
    attributes: {
      ...messageAttributes(queue, id, body),
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'publish',
    },
  });
  try {
    await self.runtime.publish(queue, { id, headers: injectHeaders(span.context, {}), body });
  } catch (error) {
    if (!(error instanceof QueueFullError) && !(error instanceof TransportError)) {
      throw error;
    }
    const stack = stackTrace(error.name, error.message, [
      'ConfirmChannel.<anonymous> (/app/node_modules/amqplib/lib/channel_model.js:264:20)',
    ]);
    span.fail({ type: error.name, message: error.message, stack });
    throw new HttpError(503, error.message);
  } finally {
    span.end();
  }
}

/**
 * Handles a message in a CONSUMER span: child of the sender's span and linked to it.
 * A failure of `process` is recorded and the message is gone, as with automatic acknowledgement.
 */
export async function processMessage(
  self: ServiceInstance,
  queue: string,
  message: QueueMessage,
  process: (context: Context, span: ActiveSpan) => Promise<void>
): Promise<void> {
  const parent = extractContext(message.headers);
  const sender = trace.getSpanContext(parent);
  const span = ActiveSpan.start(self.tracer, self.runtime, `process ${queue}`, {
    kind: SpanKind.CONSUMER,
    parent,
    links: sender ? [{ context: sender }] : [],
    attributes: {
      ...messageAttributes(queue, message.id, message.body),
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'consume',
    },
  });
  try {
    await process(span.context, span);
  } catch (error) {
    if (!(error instanceof HttpError)) {
      throw error;
    }
    span.fail({ type: String(error.status), message: error.message });
  } finally {
    span.end();
  }
}

function messageAttributes(queue: string, id: string, body: string): Attributes {
  return {
    'messaging.system': SYSTEM,
    'messaging.destination.name': queue,
    'messaging.rabbitmq.destination.routing_key': queue,
    'messaging.message.id': id,
    'messaging.message.body.size': body.length,
    'server.address': 'rabbitmq.shop',
    'server.port': 5672,
  };
}
