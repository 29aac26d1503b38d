export type ConnectionType = '' | 'messaging_system' | 'database' | 'virtual_node';

/** A call between two services, of which one side may not have been seen yet. Latencies are in s. */
export interface Edge {
  /** 32 hex digits */
  traceId: string;
  /** The span that would complete it has no id to wait for: its server side is the root of the trace. */
  isRoot: boolean;
  connectionType: ConnectionType;
  clientService: string;
  serverService: string;
  clientLatency: number;
  serverLatency: number;
  /** ns since the Unix epoch */
  clientEndUnixNano: bigint;
  /** ns since the Unix epoch */
  serverStartUnixNano: bigint;
  failed: boolean;
  dimensions: Map<string, string>;
  /** Value of the first peer attribute that the last span had. */
  peerNode: string;
  multiplier: number;
  expiresMs: number;
}

const UNKNOWN_TIME = BigInt(0);

export interface EdgeStoreOptions {
  waitMs: number;
  maxItems: number;
  onComplete(edge: Edge, nowMs: number): void;
  onExpire(edge: Edge, nowMs: number): void;
}

/** Waiting edges by trace id and the client's span id, oldest first. */
export class EdgeStore {
  private readonly edges = new Map<string, Edge>();

  constructor(private readonly options: EdgeStoreOptions) {}

  /** Changes the edge, new if need be, and completes it once both services are known. Drops it when the store is full. */
  upsert(traceId: string, clientSpanId: string, nowMs: number, update: (edge: Edge) => void): void {
    const key = `${traceId}-${clientSpanId}`;
    const waiting = this.edges.get(key);
    const edge = waiting ?? this.newEdge(traceId, clientSpanId, nowMs);
    update(edge);
    if (edge.clientService !== '' && edge.serverService !== '') {
      this.edges.delete(key);
      this.options.onComplete(edge, nowMs);
    } else if (!waiting && this.edges.size < this.options.maxItems) {
      this.edges.set(key, edge);
    }
  }

  /** Gives up on edges that have waited long enough. */
  expire(nowMs: number): void {
    for (const [key, edge] of this.edges) {
      if (edge.expiresMs > nowMs) {
        return;
      }
      this.edges.delete(key);
      this.options.onExpire(edge, nowMs);
    }
  }

  private newEdge(traceId: string, clientSpanId: string, nowMs: number): Edge {
    return {
      traceId,
      isRoot: clientSpanId === '',
      connectionType: '',
      clientService: '',
      serverService: '',
      clientLatency: 0,
      serverLatency: 0,
      clientEndUnixNano: UNKNOWN_TIME,
      serverStartUnixNano: UNKNOWN_TIME,
      failed: false,
      dimensions: new Map(),
      peerNode: '',
      multiplier: 1,
      expiresMs: nowMs + this.options.waitMs,
    };
  }
}
