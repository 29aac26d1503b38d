/** Services, calls and graphs in few words, for tests. */
import { callId, type RequestStats, type Service, type ServiceCall, type ServiceGraph } from './model';

export function service(name: string, more: Partial<Service> = {}): Service {
  return { id: name, name, kind: 'service', stats: {}, ...more };
}

/** @param source @param target Service.id */
export function call(
  source: string,
  target: string,
  stats: RequestStats = {},
  more: Partial<ServiceCall> = {}
): ServiceCall {
  return { id: callId(source, target, ''), source, target, connectionType: '', stats, ...more };
}

export function graphOf(services: Service[], calls: ServiceCall[] = []): ServiceGraph {
  return { services, calls, notices: [] };
}
