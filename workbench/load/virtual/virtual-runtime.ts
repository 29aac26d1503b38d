import { type Broker } from '../broker';
import { type FaultView } from '../faults';
import { type Random } from '../random';
import { type QueueMessage, type Runtime, TransportError, type WireRequest, type WireResponse } from '../runtime';
import { type RunningService } from '../service';
import { type VirtualClock } from './virtual-clock';

/** What a datacentre's network takes, one way. */
const NETWORK_MS = 0.35;

/** The services of one process, found by name. */
export class Services {
  private readonly instances = new Map<string, RunningService[]>();

  add(name: string, service: RunningService): void {
    this.instances.set(name, [...(this.instances.get(name) ?? []), service]);
  }

  instancesOf(name: string): RunningService[] {
    return this.instances.get(name) ?? [];
  }
}

/** Calls within the process, on a virtual clock. */
export class VirtualRuntime implements Runtime {
  constructor(
    private readonly clock: VirtualClock,
    readonly random: Random,
    readonly faults: FaultView,
    private readonly services: Services,
    private readonly broker: Broker
  ) {}

  now(): number {
    return this.clock.now();
  }

  sleep(durationMs: number): Promise<void> {
    return this.clock.sleep(durationMs);
  }

  async send(service: string, request: WireRequest, timeoutMs: number): Promise<WireResponse> {
    const instances = this.services.instancesOf(service);
    if (instances.length === 0) {
      throw new TransportError('ECONNREFUSED', `connect ECONNREFUSED ${service}`);
    }
    return this.withTimeout(this.exchange(this.random.pick(instances), request), timeoutMs);
  }

  async publish(queue: string, message: QueueMessage): Promise<void> {
    await this.networkDelay();
    this.broker.publish(queue, message);
    await this.networkDelay();
  }

  async receive(queue: string, waitMs: number): Promise<QueueMessage | undefined> {
    await this.networkDelay();
    return (
      this.broker.take(queue) ??
      new Promise((resolve) => {
        const cancelTimer = this.clock.schedule(waitMs, () => {
          leaveLine();
          resolve(undefined);
        });
        const leaveLine = this.broker.wait(queue, (message) => {
          cancelTimer();
          resolve(message);
        });
      })
    );
  }

  private async exchange(instance: RunningService, request: WireRequest): Promise<WireResponse> {
    await this.networkDelay();
    const response = await instance.handle(request);
    await this.networkDelay();
    return response;
  }

  private withTimeout(exchange: Promise<WireResponse>, timeoutMs: number): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.schedule(timeoutMs, () =>
        reject(new TransportError('ETIMEDOUT', `no answer within ${timeoutMs} ms`))
      );
      exchange.then(resolve, reject).finally(cancel);
    });
  }

  private networkDelay(): Promise<void> {
    return this.clock.sleep(this.random.logNormal(NETWORK_MS, 0.3));
  }
}
