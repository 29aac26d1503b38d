import { Broker } from '../broker';
import { QueueFullError, type QueueMessage, type WireRequest, type WireResponse } from '../runtime';

export const QUEUES_PATH = '/queues/';
export const QUEUE_FULL = 507;
const EMPTY = 204;

/** The queues over HTTP: POST puts a message in, GET waits for the next one. */
export function createBrokerServer(): (request: WireRequest) => Promise<WireResponse> {
  const broker = new Broker();
  return async (request) => {
    const url = new URL(request.path, 'http://broker');
    const queue = url.pathname.slice(QUEUES_PATH.length);
    return request.method === 'POST'
      ? put(broker, queue, JSON.parse(request.body))
      : next(broker, queue, Number(url.searchParams.get('wait')));
  };
}

function put(broker: Broker, queue: string, message: QueueMessage): WireResponse {
  try {
    broker.publish(queue, message);
    return { status: 200, body: '' };
  } catch (error) {
    if (error instanceof QueueFullError) {
      return { status: QUEUE_FULL, body: error.message };
    }
    throw error;
  }
}

function next(broker: Broker, queue: string, waitMs: number): Promise<WireResponse> {
  const ready = broker.take(queue);
  if (ready) {
    return Promise.resolve({ status: 200, body: JSON.stringify(ready) });
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      leaveLine();
      resolve({ status: EMPTY, body: '' });
    }, waitMs);
    const leaveLine = broker.wait(queue, (message) => {
      clearTimeout(timer);
      resolve({ status: 200, body: JSON.stringify(message) });
    });
  });
}
