import { type FaultId } from '../faults';

/** What the parent tells a worker when it starts it. */
export interface WorkerSetup {
  /** Service of the registry, or one of the helpers below */
  service: string;
  /** Where to send spans, `http://host:port` */
  otlpUrl: string;
  seed: number;
  ratePerSecond: number;
}

/** Workers beside the services: the broker, the payment provider, the people. */
export const HELPERS = { broker: 'broker', paymentProvider: 'payment-provider', users: 'users' } as const;

export type ParentMessage =
  /** Ports of the instances of every service, once all listen */
  { type: 'go'; ports: Record<string, number[]> } | { type: 'fault'; id: FaultId; active: boolean } | { type: 'stop' };

export type WorkerMessage = { type: 'listening'; service: string; ports: number[] } | { type: 'stopped' };
