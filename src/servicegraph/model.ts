import { type GraphRefusedError } from './refusal';

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
  /** Counts out of sampled traces, which say nothing of rates: there is no `rate` and no `errorRate` then. */
  sample?: { requests: number; failed: number };
  /** 0 to 1; only where nothing tells how many requests there were, as in frames of other data sources. */
  failedShare?: number;
}

export type ServiceKind = 'service' | 'user' | 'database' | 'messaging' | 'external';
/** `connection_type` of the generator; '' is a plain request between two instrumented services. */
export type ConnectionType = '' | 'virtual_node' | 'messaging_system' | 'database';

/** A number or text that has no place in `RequestStats`, ready to be read, e.g. from another data source's frames. */
export interface Detail {
  label: string;
  text: string;
}

/** How a data source wants a service drawn, as the fields of Grafana's node graph tell it. Colours are CSS colours. */
export interface ServiceLook {
  color?: string;
  /** px; 40 is the usual one of the node graph */
  radius?: number;
  highlighted?: boolean;
  /** Parts of the ring, 0 to 1, clockwise from the top */
  arcs?: Array<{ share: number; color: string }>;
}

export interface CallLook {
  color?: string;
  /** px */
  thickness?: number;
  /** px of dashes and gaps by turns */
  dash?: number[];
  highlighted?: boolean;
}

/** The client that Tempo and the Collector make up for a request whose caller sent no spans. */
export const VIRTUAL_USER = 'user';

export interface Service {
  /** Made by `serviceId`; unambiguous for any name. */
  id: string;
  name: string;
  namespace?: string;
  /** Values of further dimensions that tell services apart (`MetricsDialect.identity`), by dimension */
  labels?: Record<string, string>;
  /**
   * Dimensions ('' is the namespace) that the services of this name differ in. Series without a value of one of these are
   * another service's; without a value of any other they are this one's.
   */
  toldApartBy?: string[];
  kind: ServiceKind;
  /** Sum over the calls it received; for a service nobody calls, what span metrics say, if anything. */
  stats: RequestStats;
  /**
   * req/s as the service's own spans have them, where there are span metrics. Its errors differ from `stats`, which
   * callers report: a time-out, say, fails for the caller only.
   */
  reported?: Pick<RequestStats, 'rate' | 'errorRate'>;
  /** req/s of its calls that a reduction leaves out; those it receives are part of `stats`. */
  leftOut?: { incoming?: number; outgoing?: number };
  details?: Detail[];
  look?: ServiceLook;
  /** Where the data source wants it, px of the node graph */
  place?: { x: number; y: number };
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
  look?: CallLook;
}

export interface ServiceGraph {
  services: Service[];
  calls: ServiceCall[];
  /** What the reader must know of the numbers: partial answers, a sample, a part that failed. */
  notices: string[];
  /** All calls there are, when a reduction leaves some out: their number, and their req/s */
  all?: { calls?: number; rate?: number };
  /** Names of callees whose series have several label sets; absent where not all calls are known */
  severalLabelSets?: readonly string[];
  /** A query for some of the numbers was refused for its size, so they are missing. */
  refused?: GraphRefusedError;
}

/**
 * JSON, as names may hold any character ("a_b" calling "c" is not "a" calling "b_c").
 * @param labels further dimensions that tell services apart; those without a value are left out
 */
export function serviceId(name: string, namespace?: string, labels: Record<string, string> = {}): string {
  const dimensions = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (dimensions.length > 0) {
    return JSON.stringify([namespace ?? '', name, ...dimensions]);
  }
  // A name that looks like such an id must not be taken for one.
  return namespace ? JSON.stringify([namespace, name]) : name.startsWith('[') ? JSON.stringify(['', name]) : name;
}

/** Name and namespace of an id made by `serviceId`. */
export function readServiceId(id: string): { name: string; namespace?: string } {
  try {
    const parts: unknown = id.startsWith('[') ? JSON.parse(id) : undefined;
    if (Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'string') {
      return { name: parts[1], ...(parts[0] ? { namespace: parts[0] } : {}) };
    }
  } catch {
    // A name that only looks like one of our ids.
  }
  return { name: id };
}

export function callId(source: string, target: string, connectionType: ConnectionType): string {
  return JSON.stringify(connectionType ? [source, target, connectionType] : [source, target]);
}
