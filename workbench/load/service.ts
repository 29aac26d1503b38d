import { type Tracer } from '@opentelemetry/api';
import { type Failure } from './active-span';
import { type Runtime, type WireRequest, type WireResponse } from './runtime';
import { type InstanceSpec, type ServiceSpec } from './topology';

/** One running instance of a service: what its code needs. */
export interface ServiceInstance {
  spec: ServiceSpec;
  instance: InstanceSpec;
  runtime: Runtime;
  tracer: Tracer;
}

export interface RunningService {
  handle(request: WireRequest): Promise<WireResponse>;
  /** One round of background work; called again as long as the service runs. */
  work?(): Promise<void>;
}

/** Code of a service; called once for each of its instances. */
export type ServiceFactory = (self: ServiceInstance) => RunningService;

/** An error that a handler gives up with; it becomes the response. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(
    readonly status: number,
    message: string,
    /** Set when it is an error of this service's own code, which records it as an exception */
    readonly exception?: Failure
  ) {
    super(message);
  }
}

/** Stack as Node.js prints it, for errors of the sample services. */
export function stackTrace(type: string, message: string, frames: string[]): string {
  return [`${type}: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
}
