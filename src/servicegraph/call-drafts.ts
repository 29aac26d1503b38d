/** Rows of several queries -> one draft for each call. */
import { type LatencyUnit, type MetricsDialect } from './dialect';
import { type End, type EndNames, endNamesOf, type Ends } from './ends';
import { callId, type ConnectionType, type RequestStats, VIRTUAL_USER } from './model';
import { type LatencySide, QUANTILE_LABEL, SIDE_LABEL } from './promql';
import { type PromqlRow } from './run-promql';

type Latency = Partial<Record<LatencySide, RequestStats>>;

/** The series of one label set. A call has several when the producer tells its namespace only sometimes. */
interface Part {
  draft: CallDraft;
  rate?: number;
  latency: Latency;
}

export interface CallDraft {
  id: string;
  source: End;
  target: End;
  connectionType: ConnectionType;
  /** Which end has no instrumentation, when the producer says so. */
  virtualEnd?: LatencySide;
  rate?: number;
  failed?: number;
  parts: Part[];
  latency: Latency;
}

export type Quantile = 'p50' | 'p95' | 'p99';
export const QUANTILE_KEYS: Readonly<Record<string, Quantile>> = { '0.5': 'p50', '0.95': 'p95', '0.99': 'p99' };
const CONNECTION_TYPES: readonly ConnectionType[] = ['virtual_node', 'messaging_system', 'database'];

/** Rates and durations are finite and not negative; anything else is no measurement. */
export function measured(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : a + b;
}

export function toSeconds(value: number, unit: LatencyUnit): number {
  return unit === 'ms' ? value / 1000 : value;
}

export function sideOf(labels: Record<string, string>): LatencySide {
  return labels[SIDE_LABEL] === 'client' ? 'client' : 'server';
}

function connectionTypeOf(value: string | undefined): ConnectionType {
  return CONNECTION_TYPES.find((known) => known === value) ?? '';
}

function isSide(value: string | undefined): value is LatencySide {
  return value === 'client' || value === 'server';
}

/** Finds the part that a row's labels belong to, by client, then server, then what else tells label sets apart. */
export class CallDrafts {
  readonly drafts = new Map<string, CallDraft>();
  private readonly parts = new Map<string, Map<string, Map<string, Part>>>();
  private readonly names: Record<LatencySide, EndNames>;
  private readonly others: string[];

  constructor(
    private readonly dialect: MetricsDialect,
    private readonly ends: Ends
  ) {
    this.names = endNamesOf(dialect);
    const { client, server } = this.names;
    const { connectionType, virtualNode } = dialect.labels;
    const dimensions = [...client.dimensions, ...server.dimensions].map(([, label]) => label);
    this.others = [connectionType, virtualNode, client.namespace, server.namespace, ...dimensions];
  }

  addRequests({ labels, value }: PromqlRow) {
    const part = this.find(labels) ?? this.make(labels);
    const rate = measured(value);
    part.rate = sum(part.rate, rate);
    part.draft.rate = sum(part.draft.rate, rate);
  }

  // A call that the request counter does not have is not made up of other series: its numbers would be half.

  addFailed({ labels, value }: PromqlRow) {
    const draft = this.find(labels)?.draft;
    if (draft) {
      draft.failed = sum(draft.failed, measured(value));
    }
  }

  addMean(row: PromqlRow) {
    this.addLatency(row, 'mean');
  }

  addQuantile(row: PromqlRow) {
    const key = QUANTILE_KEYS[row.labels[QUANTILE_LABEL] ?? ''];
    if (key) {
      this.addLatency(row, key);
    }
  }

  private addLatency({ labels, value }: PromqlRow, key: Quantile | 'mean') {
    const part = this.find(labels);
    const latency = measured(value);
    if (part && latency !== undefined) {
      const side = sideOf(labels);
      const stats = part.latency[side] ?? {};
      stats[key] = toSeconds(latency, this.dialect.unit);
      part.latency[side] = stats;
    }
  }

  private find(labels: Record<string, string>): Part | undefined {
    const { client, server } = this.names;
    return this.parts
      .get(labels[client.name] ?? '')
      ?.get(labels[server.name] ?? '')
      ?.get(this.otherKey(labels));
  }

  private make(labels: Record<string, string>): Part {
    const { client, server } = this.names;
    const draft = this.draftOf(labels);
    const part: Part = { draft, latency: {} };
    draft.parts.push(part);
    const [source, target] = [labels[client.name] ?? '', labels[server.name] ?? ''];
    const byTarget = this.parts.get(source) ?? new Map<string, Map<string, Part>>();
    const byOthers = byTarget.get(target) ?? new Map<string, Part>();
    this.parts.set(source, byTarget.set(target, byOthers.set(this.otherKey(labels), part)));
    return part;
  }

  private draftOf(labels: Record<string, string>): CallDraft {
    const source = this.ends.of(labels, this.names.client);
    const target = this.ends.of(labels, this.names.server);
    const connectionType = connectionTypeOf(labels[this.dialect.labels.connectionType]);
    const id = callId(source.id, target.id, connectionType);
    const draft = this.drafts.get(id) ?? { id, source, target, connectionType, parts: [], latency: {} };
    const virtualEnd = labels[this.dialect.labels.virtualNode];
    if (isSide(virtualEnd)) {
      draft.virtualEnd = virtualEnd;
    }
    this.drafts.set(id, draft);
    return draft;
  }

  private otherKey(labels: Record<string, string>): string {
    // Lengths before the values keep them apart whatever they hold; this runs for every row.
    let key = '';
    for (const label of this.others) {
      const value = labels[label] ?? '';
      key += `${value.length}:${value}`;
    }
    return key;
  }
}

/** Means of several label sets are weighted by their rates; quantiles cannot be combined, so they stay absent. */
export function combinedLatency({ parts }: CallDraft): Latency {
  return parts.length === 1
    ? parts[0].latency
    : Object.fromEntries((['client', 'server'] as const).map((side) => [side, combinedSide(parts, side)]));
}

function combinedSide(parts: readonly Part[], side: LatencySide): RequestStats {
  const measuredParts = parts.filter(({ latency }) => latency[side] !== undefined);
  if (measuredParts.length < 2) {
    return measuredParts[0]?.latency[side] ?? {};
  }
  // A part nobody called has no mean and no weight.
  const busy = measuredParts.filter(({ rate }) => rate !== 0);
  const total = busy.reduce((all, { rate }) => all + (rate ?? NaN), 0);
  const mean = busy.reduce((all, { rate, latency }) => all + (latency[side]?.mean ?? NaN) * (rate ?? NaN), 0) / total;
  return Number.isFinite(mean) ? { mean } : {};
}

/**
 * The end whose latency counts. The server's view where there is one; the end that sends no spans
 * gets an observation of 0 for each request, so a mean of exactly 0 beside a positive one is no measurement.
 */
export function latencySide(
  draft: Pick<CallDraft, 'virtualEnd' | 'connectionType' | 'latency'> & { source: Pick<End, 'name'> }
): LatencySide {
  if (draft.virtualEnd) {
    return draft.virtualEnd === 'server' ? 'client' : 'server';
  }
  if (draft.connectionType === 'virtual_node' && draft.source.name === VIRTUAL_USER) {
    return 'server';
  }
  const server = draft.latency.server?.mean;
  const client = draft.latency.client?.mean;
  return client !== undefined && client > 0 && !server ? 'client' : 'server';
}
