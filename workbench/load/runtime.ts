import { type FaultView } from './faults';
import { type Random } from './random';

export interface WireRequest {
  method: string;
  /** With the query string */
  path: string;
  /** Lower-case names */
  headers: Record<string, string>;
  body: string;
}

export interface WireResponse {
  status: number;
  body: string;
}

export interface QueueMessage {
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** Why no answer came: the code that Node's network stack gives. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly code: 'ETIMEDOUT' | 'ECONNREFUSED' | 'ECONNRESET',
    message: string
  ) {
    super(message);
  }
}

export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/**
 * All that a service needs of the world outside its code. Live it is sockets and timers, for history it is
 * a virtual clock and calls within one process; the services are the same.
 */
export interface Runtime {
  /** ms since the Unix epoch, with fractions */
  now(): number;
  /** ms */
  sleep(durationMs: number): Promise<void>;
  readonly random: Random;
  readonly faults: FaultView;
  /** Sends to one of the service's instances. Rejects with TransportError. */
  send(service: string, request: WireRequest, timeoutMs: number): Promise<WireResponse>;
  /** Rejects with QueueFullError or TransportError. */
  publish(queue: string, message: QueueMessage): Promise<void>;
  /** The oldest message, or undefined when none came within `waitMs`. */
  receive(queue: string, waitMs: number): Promise<QueueMessage | undefined>;
}
