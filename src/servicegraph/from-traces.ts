/**
 * A service graph out of whole traces, where no metrics generator counts them. Client and server are paired as Tempo's
 * service-graphs processor does it (grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs); in addition consumers
 * are joined to producers by span links, and services without any call are kept.
 */
import { attributeText } from '../trace/attribute-text';
import { durationNanos } from '../trace/duration';
import { type KeyValue, type Span, type Trace } from '../trace/model';
import { serviceNameOf, serviceNamespaceOf } from '../trace/service-name';
import { type Steps } from '../trace/steps';
import { UNNAMED } from './ends';
import {
  callId,
  type ConnectionType,
  type RequestStats,
  type Service,
  type ServiceCall,
  type ServiceGraph,
  serviceId,
  type ServiceKind,
  VIRTUAL_USER,
} from './model';

/** A client span with one of them is a call of a database, and complete without a server span. */
const DATABASE_ATTRIBUTES = ['db.namespace', 'db.name', 'db.system', 'db.system.name'];
/** Where a client names a callee that sends no spans: the generator's defaults, in its order. */
const PEER_ATTRIBUTES = ['peer.service', 'db.name', 'db.system', 'db.system.name'];
/** The same for a producer; the generator does not look at it. */
const BROKER_ATTRIBUTE = 'messaging.system';
const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

interface End {
  id: string;
  name: string;
  namespace?: string;
  kind: ServiceKind;
}

interface Requests {
  failed: number;
  /** s, one for each request */
  seconds: number[];
}

interface Draft extends Requests {
  source: End;
  target: End;
  connectionType: ConnectionType;
}

/** Calls have counts (`stats.sample`) and no rates, as the traces are some of all. Interruptible after each span. */
export function* graphFromTracesSteps(traces: readonly Trace[]): Steps<ServiceGraph> {
  const builder = new TraceGraph();
  // One after the other, as a callee may come before its caller, and a link lead to another trace.
  const passes = [
    (span: Span) => builder.index(span),
    (span: Span) => builder.markAnswered(span),
    (span: Span) => builder.add(span),
  ];
  for (const pass of passes) {
    for (const { spans } of traces) {
      for (const span of spans) {
        pass(span);
        yield;
      }
    }
  }
  return builder.graph();
}

class TraceGraph {
  private readonly spans = new Map<string, Span>();
  /** Clients and producers that a server or consumer answered */
  private readonly answered = new Set<Span>();
  private readonly ends = new Map<string, End>();
  private readonly calls = new Map<string, Draft>();

  index(span: Span): void {
    const key = keyOf(span.traceId, span.spanId);
    // Children hang below the first span with an id.
    if (!this.spans.has(key)) {
      this.spans.set(key, span);
    }
  }

  markAnswered(span: Span): void {
    for (const caller of callersOf(span, this.spans)) {
      this.answered.add(caller);
    }
  }

  add(span: Span): void {
    switch (span.kind) {
      case 'server':
      case 'consumer':
        this.addCallee(span);
        break;
      case 'client':
      case 'producer':
        this.addCaller(span);
        break;
      default:
        this.endOf(span);
    }
  }

  graph(): ServiceGraph {
    const received = new Map<string, Requests>();
    const calls: ServiceCall[] = [];
    for (const [id, draft] of this.calls) {
      calls.push({
        id,
        source: draft.source.id,
        target: draft.target.id,
        connectionType: draft.connectionType,
        stats: statsOf(draft),
      });
      const sum = received.get(draft.target.id) ?? { failed: 0, seconds: [] };
      sum.failed += draft.failed;
      draft.seconds.forEach((seconds) => sum.seconds.push(seconds));
      received.set(draft.target.id, sum);
    }
    const services = Array.from(this.ends.values(), (end): Service => {
      const requests = received.get(end.id);
      return { ...end, stats: requests ? statsOf(requests) : {} };
    });
    return { services, calls, notices: [] };
  }

  private addCallee(span: Span): void {
    const target = this.endOf(span);
    const callers = callersOf(span, this.spans);
    for (const caller of callers) {
      // Counted by itself: a database that sends spans, too.
      if (!isDatabaseCall(caller)) {
        const isMessage = span.kind === 'consumer' || caller.kind === 'producer';
        this.count(this.endOf(caller), target, isMessage ? 'messaging_system' : '', span, hasFailed(caller));
      }
    }
    if (callers.length === 0 && span.kind === 'server' && span.parentSpanId === '') {
      const peer = firstText(span, PEER_ATTRIBUTES);
      const source = this.virtualEnd(peer ?? VIRTUAL_USER, peer === undefined ? 'user' : 'external');
      this.count(source, target, 'virtual_node', span);
    }
  }

  private addCaller(span: Span): void {
    const source = this.endOf(span);
    if (isDatabaseCall(span)) {
      this.count(source, this.virtualEnd(databaseName(span), 'database'), 'database', span);
      return;
    }
    if (this.answered.has(span)) {
      return;
    }
    const broker = span.kind === 'producer' ? firstText(span, [BROKER_ATTRIBUTE]) : undefined;
    const peer = firstText(span, PEER_ATTRIBUTES) ?? broker;
    if (peer !== undefined) {
      this.count(
        source,
        this.virtualEnd(peer, span.kind === 'producer' ? 'messaging' : 'external'),
        'virtual_node',
        span
      );
    }
  }

  private count(source: End, target: End, connectionType: ConnectionType, timed: Span, failedElsewhere = false): void {
    const id = callId(source.id, target.id, connectionType);
    let draft = this.calls.get(id);
    if (!draft) {
      this.calls.set(id, (draft = { source, target, connectionType, failed: 0, seconds: [] }));
    }
    draft.failed += failedElsewhere || hasFailed(timed) ? 1 : 0;
    draft.seconds.push(Number(durationNanos(timed)) / 1e9);
  }

  private endOf(span: Span): End {
    const name = serviceNameOf(span) || UNNAMED;
    const namespace = serviceNamespaceOf(span) || undefined;
    const id = serviceId(name, namespace);
    const known = this.ends.get(id);
    if (known?.kind === 'service') {
      return known;
    }
    // What was only named so far sends spans itself.
    const end: End = known ?? { id, name, kind: 'service', ...(namespace ? { namespace } : {}) };
    end.kind = 'service';
    this.ends.set(id, end);
    return end;
  }

  private virtualEnd(name: string, kind: ServiceKind): End {
    const id = serviceId(name);
    let end = this.ends.get(id);
    if (!end) {
      this.ends.set(id, (end = { id, name, kind }));
    }
    return end;
  }
}

/** The spans that asked for this one: its parent, or the producers that a consumer links to. */
function callersOf(span: Span, spans: ReadonlyMap<string, Span>): Span[] {
  if (span.kind !== 'server' && span.kind !== 'consumer') {
    return [];
  }
  const parent = span.parentSpanId === '' ? undefined : spans.get(keyOf(span.traceId, span.parentSpanId));
  if (parent && isCaller(parent)) {
    return [parent];
  }
  if (span.kind !== 'consumer') {
    return [];
  }
  const producers = span.links.flatMap(({ traceId, spanId }) => spans.get(keyOf(traceId, spanId)) ?? []);
  return [...new Set(producers)].filter(({ kind }) => kind === 'producer');
}

function isCaller({ kind }: Span): boolean {
  return kind === 'client' || kind === 'producer';
}

function keyOf(traceId: string, spanId: string): string {
  return traceId + spanId;
}

function hasFailed({ status }: Span): boolean {
  return status.code === 'error';
}

function isDatabaseCall(span: Span): boolean {
  return span.kind === 'client' && firstText(span, DATABASE_ATTRIBUTES) !== undefined;
}

function databaseName(span: Span): string {
  const address = firstText(span, ['network.peer.address']);
  const port = firstText(span, ['network.peer.port']);
  return (
    firstText(span, ['peer.service', 'server.address']) ??
    (address !== undefined && port !== undefined ? `${address}:${port}` : address) ??
    firstText(span, DATABASE_ATTRIBUTES) ??
    UNNAMED
  );
}

/** The first of the attributes, of the span or else of its resource, that has a text. */
function firstText({ attributes, resource }: Span, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(attributes, key) ?? textOf(resource.attributes, key);
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

function textOf(attributes: readonly KeyValue[], key: string): string | undefined {
  const attribute = attributes.find((candidate) => candidate.key === key);
  return attribute ? attributeText(attribute.value) || undefined : undefined;
}

function statsOf({ failed, seconds }: Requests): RequestStats {
  const sorted = [...seconds].sort((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    mean: sum / sorted.length,
    p50: quantile(sorted, QUANTILES.p50),
    p95: quantile(sorted, QUANTILES.p95),
    p99: quantile(sorted, QUANTILES.p99),
    sample: { requests: sorted.length, failed },
  };
}

/** Linear between the two nearest of the sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
