import { type QueueMessage, QueueFullError } from './runtime';

/** A queue that holds no more than this refuses further messages. */
const MAX_QUEUE_LENGTH = 120;

/** A message broker's queues: first in, first out, each message to one consumer. */
export class Broker {
  private readonly queues = new Map<
    string,
    { messages: QueueMessage[]; waiting: Array<(message: QueueMessage) => void> }
  >();

  publish(queueName: string, message: QueueMessage): void {
    const queue = this.queue(queueName);
    const consumer = queue.waiting.shift();
    if (consumer) {
      consumer(message);
    } else if (queue.messages.length >= MAX_QUEUE_LENGTH) {
      throw new QueueFullError(`PRECONDITION_FAILED - queue '${queueName}' is full (${MAX_QUEUE_LENGTH} messages)`);
    } else {
      queue.messages.push(message);
    }
  }

  take(queueName: string): QueueMessage | undefined {
    return this.queue(queueName).messages.shift();
  }

  /** Calls back with the next message; the function returned gives the place in the line up. */
  wait(queueName: string, onMessage: (message: QueueMessage) => void): () => void {
    const queue = this.queue(queueName);
    queue.waiting.push(onMessage);
    return () => {
      const index = queue.waiting.indexOf(onMessage);
      if (index >= 0) {
        queue.waiting.splice(index, 1);
      }
    };
  }

  private queue(name: string) {
    const existing = this.queues.get(name);
    if (existing) {
      return existing;
    }
    const created = { messages: [], waiting: [] };
    this.queues.set(name, created);
    return created;
  }
}
