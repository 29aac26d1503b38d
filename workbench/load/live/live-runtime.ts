import { setTimeout as delay } from 'node:timers/promises';
import { type FaultView } from '../faults';
import { type Random } from '../random';
import {
  QueueFullError,
  type QueueMessage,
  type Runtime,
  TransportError,
  type WireRequest,
  type WireResponse,
} from '../runtime';
import { QUEUE_FULL, QUEUES_PATH } from './broker-server';
import { exchange } from './http-exchange';
import { HELPERS } from './messages';

const BROKER_TIMEOUT_MS = 2000;

/** Sockets between the workers, timers, the machine's clock. */
export class LiveRuntime implements Runtime {
  constructor(
    readonly random: Random,
    readonly faults: FaultView,
    /** Ports of each service's instances */
    private readonly ports: () => Record<string, number[]>
  ) {}

  now(): number {
    return performance.timeOrigin + performance.now();
  }

  async sleep(durationMs: number): Promise<void> {
    await delay(durationMs);
  }

  async send(service: string, request: WireRequest, timeoutMs: number): Promise<WireResponse> {
    const instances = this.ports()[service] ?? [];
    if (instances.length === 0) {
      throw new TransportError('ECONNREFUSED', `connect ECONNREFUSED ${service}`);
    }
    return exchange(this.random.pick(instances), request, timeoutMs);
  }

  async publish(queue: string, message: QueueMessage): Promise<void> {
    const response = await this.askBroker('POST', `${QUEUES_PATH}${queue}`, JSON.stringify(message), 0);
    if (response.status === QUEUE_FULL) {
      throw new QueueFullError(response.body);
    }
  }

  async receive(queue: string, waitMs: number): Promise<QueueMessage | undefined> {
    try {
      const response = await this.askBroker('GET', `${QUEUES_PATH}${queue}?wait=${waitMs}`, '', waitMs);
      return response.status === 200 ? (JSON.parse(response.body) as QueueMessage) : undefined;
    } catch (error) {
      if (!(error instanceof TransportError)) {
        throw error;
      }
      await delay(waitMs);
      return undefined;
    }
  }

  private askBroker(method: string, path: string, body: string, waitMs: number): Promise<WireResponse> {
    return this.send(HELPERS.broker, { method, path, headers: {}, body }, BROKER_TIMEOUT_MS + waitMs);
  }
}
