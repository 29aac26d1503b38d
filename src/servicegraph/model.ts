/**
 * One graph of services and the calls between them, whatever it was built from.
 * An absent number means "no data": it is never replaced by 0.
 */
export interface RequestStats {
  /** req/s */
  rate?: number;
  /** failed req/s; 0 only when requests were seen and none failed */
  errorRate?: number;
  /** s */
  mean?: number;
  /** s */
  p50?: number;
  /** s */
  p95?: number;
  /** s */
  p99?: number;
}

export type ServiceKind = 'service' | 'user' | 'database' | 'messaging' | 'external';
/** `connection_type` of the generator; '' is a plain request between two instrumented services. */
export type ConnectionType = '' | 'virtual_node' | 'messaging_system' | 'database';

/** A number or text that has no place in `RequestStats`, ready to be read, e.g. from another data source's frames. */
export interface Detail {
  label: string;
  text: string;
}

/** The client that Tempo and the Collector make up for a request whose caller sent no spans. */
export const VIRTUAL_USER = 'user';

export interface Service {
  /** Made by `serviceId`; unambiguous for any name. */
  id: string;
  name: string;
  namespace?: string;
  kind: ServiceKind;
  /** Sum over the calls it received; for a service nobody calls, what span metrics say, if anything. */
  stats: RequestStats;
  details?: Detail[];
}

export interface ServiceCall {
  /** Made by `callId`; unambiguous for any pair. */
  id: string;
  /** Service.id of the caller */
  source: string;
  /** Service.id of the callee */
  target: string;
  connectionType: ConnectionType;
  stats: RequestStats;
  details?: Detail[];
}

export interface ServiceGraph {
  services: Service[];
  calls: ServiceCall[];
  /** What the reader must know of the numbers: partial answers, a sample, a part that failed. */
  notices: string[];
}

/** JSON, as names may hold any character ("a_b" calling "c" is not "a" calling "b_c"). */
export function serviceId(name: string, namespace?: string): string {
  return namespace ? JSON.stringify([namespace, name]) : name;
}

export function callId(source: string, target: string, connectionType: ConnectionType): string {
  return JSON.stringify(connectionType ? [source, target, connectionType] : [source, target]);
}
