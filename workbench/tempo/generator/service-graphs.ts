import { type Span } from '../../../src/trace/model';

import { findAttribute } from './attribute-text';
import { type ProcessorName, type ServiceGraphsConfig } from './config';
import { type Edge, EdgeStore } from './edge-store';
import { LabelBuilder, sanitizeLabelName } from './labels';
import { type Counter, type Gauge, type Histogram } from './metric';
import { type Registry } from './registry';
import { exemplarTraceId, secondsBetween, spanMultiplier, spanSeconds } from './span-facts';

const PREFIX = 'traces_service_graph_';
const VIRTUAL_NODE = 'virtual_node';
/** The client of a root server span that nothing else names. */
const UNKNOWN_CLIENT = 'user';

type Side = 'client' | 'server';

interface Dimension {
  attribute: string;
  label: string;
  /** Under which key each side keeps its value; the same for both without the prefix. */
  key: Record<Side, string>;
}

/** Pairs client and server spans to calls between services, and counts them. */
export class ServiceGraphs {
  private readonly store: EdgeStore;
  private readonly dimensions: Dimension[];
  private readonly requests?: Counter;
  private readonly failedRequests?: Counter;
  private readonly serverSeconds?: Histogram;
  private readonly clientSeconds?: Histogram;
  private readonly messagingSeconds?: Histogram;
  private readonly connectionInfo?: Gauge;

  constructor(
    private readonly config: ServiceGraphsConfig,
    processors: readonly ProcessorName[],
    registry: Registry
  ) {
    const all = processors.includes('service-graphs');
    if (all || processors.includes('service-graphs-request')) {
      this.requests = registry.counter(`${PREFIX}request_total`);
      this.failedRequests = registry.counter(`${PREFIX}request_failed_total`);
    }
    if (all || processors.includes('service-graphs-latency')) {
      const histogram = (name: string) => registry.histogram(`${PREFIX}${name}`, config.histogram_buckets);
      this.serverSeconds = histogram('request_server_seconds');
      this.clientSeconds = histogram('request_client_seconds');
      if (config.enable_messaging_system_latency_histogram) {
        this.messagingSeconds = histogram('request_messaging_system_seconds');
      }
    }
    if (processors.includes('service-graphs-connection-info')) {
      this.connectionInfo = registry.gauge(`${PREFIX}connection_info`);
    }
    this.dimensions = dimensionsOf(config);
    this.store = new EdgeStore({
      waitMs: config.wait,
      maxItems: config.max_items,
      onComplete: (edge, nowMs) => this.count(edge, nowMs),
      onExpire: (edge, nowMs) => this.resolveVirtualNode(edge, nowMs),
    });
  }

  push(spans: readonly Span[], nowMs: number): void {
    for (const span of spans) {
      this.pushSpan(span, nowMs);
    }
  }

  /** Settles calls of which only one side came in time. */
  expire(nowMs: number): void {
    this.store.expire(nowMs);
  }

  private pushSpan(span: Span, nowMs: number): void {
    const service = findAttribute('service.name', span.resource.attributes);
    if (service === undefined) {
      return;
    }
    if (span.kind === 'client' || span.kind === 'producer') {
      this.store.upsert(span.traceId, span.spanId, nowMs, (edge) => this.addClient(edge, span, service));
    } else if (span.kind === 'server' || span.kind === 'consumer') {
      this.store.upsert(span.traceId, span.parentSpanId, nowMs, (edge) => this.addServer(edge, span, service));
    }
  }

  private addClient(edge: Edge, span: Span, service: string): void {
    edge.connectionType = span.kind === 'producer' ? 'messaging_system' : '';
    edge.clientService = service;
    edge.clientLatency = spanSeconds(span);
    edge.clientEndUnixNano = span.endTimeUnixNano;
    this.addSide('client', edge, span);
    this.addDatabase(edge, span);
  }

  private addServer(edge: Edge, span: Span, service: string): void {
    edge.connectionType = span.kind === 'consumer' ? 'messaging_system' : '';
    edge.serverService = service;
    edge.serverLatency = spanSeconds(span);
    edge.serverStartUnixNano = span.startTimeUnixNano;
    this.addSide('server', edge, span);
  }

  private addSide(side: Side, edge: Edge, span: Span): void {
    edge.failed ||= span.status.code === 'error';
    edge.multiplier = spanMultiplier(span, this.config.span_multiplier_key);
    for (const { attribute, key } of this.dimensions) {
      const value = findAttribute(attribute, span.resource.attributes, span.attributes);
      if (value !== undefined) {
        edge.dimensions.set(key[side], value);
      }
    }
    for (const attribute of this.config.peer_attributes) {
      const peer = findAttribute(attribute, span.attributes);
      if (peer !== undefined) {
        edge.peerNode = peer;
        break;
      }
    }
  }

  /** A client span that names a database needs no server span: the call is complete at once. */
  private addDatabase(edge: Edge, span: Span): void {
    const read = (attribute: string) => findAttribute(attribute, span.resource.attributes, span.attributes);
    const database = firstDefined(this.config.database_name_attributes, read);
    if (database === undefined) {
      return;
    }
    edge.connectionType = 'database';
    edge.serverLatency = spanSeconds(span);
    edge.serverService =
      read('peer.service') ?? read('server.address') ?? networkPeer(read) ?? (database || edge.serverService);
  }

  private resolveVirtualNode(edge: Edge, nowMs: number): void {
    const virtualSide = virtualSideOf(edge);
    if (!virtualSide) {
      return;
    }
    edge.connectionType = 'virtual_node';
    if (virtualSide === 'client') {
      edge.clientService = edge.peerNode || UNKNOWN_CLIENT;
    } else {
      edge.serverService = edge.peerNode;
    }
    if (this.config.enable_virtual_node_label) {
      edge.dimensions.set(VIRTUAL_NODE, virtualSide);
    }
    this.count(edge, nowMs);
  }

  private count(edge: Edge, nowMs: number): void {
    const labels = this.labels(edge);
    if (!labels) {
      return;
    }
    this.requests?.increase(labels, edge.multiplier, nowMs);
    if (edge.failed) {
      this.failedRequests?.increase(labels, edge.multiplier, nowMs);
    }
    const traceId = exemplarTraceId(edge.traceId);
    this.serverSeconds?.observe(labels, edge.serverLatency, traceId, edge.multiplier, nowMs);
    this.clientSeconds?.observe(labels, edge.clientLatency, traceId, edge.multiplier, nowMs);
    if (edge.connectionType === 'messaging_system') {
      // 0 means that the clocks disagree, which is no latency.
      const queued = secondsBetween(edge.clientEndUnixNano, edge.serverStartUnixNano);
      if (queued > 0) {
        this.messagingSeconds?.observe(labels, queued, traceId, edge.multiplier, nowMs);
      }
    }
    this.connectionInfo?.set(labels, 1, nowMs);
  }

  private labels(edge: Edge) {
    const labels = new LabelBuilder();
    labels.add('client', edge.clientService);
    labels.add('server', edge.serverService);
    labels.add('connection_type', edge.connectionType);
    for (const { label, key } of this.dimensions) {
      if (this.config.enable_client_server_prefix && label !== VIRTUAL_NODE) {
        labels.add(sanitizeLabelName(key.client), edge.dimensions.get(key.client) ?? '');
        labels.add(sanitizeLabelName(key.server), edge.dimensions.get(key.server) ?? '');
      } else {
        labels.add(label, edge.dimensions.get(label === VIRTUAL_NODE ? VIRTUAL_NODE : key.client) ?? '');
      }
    }
    return labels.build();
  }
}

function dimensionsOf(config: ServiceGraphsConfig): Dimension[] {
  const attributes = config.enable_virtual_node_label ? [...config.dimensions, VIRTUAL_NODE] : config.dimensions;
  return attributes.map((attribute) => ({
    attribute,
    label: sanitizeLabelName(attribute),
    key: config.enable_client_server_prefix
      ? { client: `client_${attribute}`, server: `server_${attribute}` }
      : { client: attribute, server: attribute },
  }));
}

/** Which side of an unpaired call is outside of what sends spans; `undefined` when nothing tells. */
function virtualSideOf(edge: Edge): Side | undefined {
  if (edge.clientService === '') {
    return edge.isRoot ? 'client' : undefined;
  }
  return edge.serverService === '' && edge.peerNode !== '' ? 'server' : undefined;
}

function networkPeer(read: (attribute: string) => string | undefined): string | undefined {
  const host = read('network.peer.address');
  const port = read('network.peer.port');
  return host !== undefined && port !== undefined ? `${host}:${port}` : host;
}

function firstDefined(attributes: readonly string[], read: (attribute: string) => string | undefined) {
  for (const attribute of attributes) {
    const value = read(attribute);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
