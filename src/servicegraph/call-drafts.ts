/** Rows of several queries -> one draft for each call. */
import { type LatencyUnit, type MetricsDialect } from './dialect';
import { type End, type EndNames, endNamesOf, type Ends } from './ends';
import { callId, type ConnectionType, type RequestStats, VIRTUAL_USER } from './model';
import { type LatencySide, QUANTILE_LABEL, SIDE_LABEL } from './promql';
import { type PromqlRow } from './run-promql';

type Labels = Record<string, string>;
type Latency = Partial<Record<LatencySide, RequestStats>>;

/** The series of one label set. A call has several when the producer tells its namespace only sometimes. */
interface Part {
  draft: CallDraft;
  rate?: number;
  latency: Latency;
  /** Labels of the ends, then those that tell label sets of one pair apart */
  client: string;
  server: string;
  others: string[];
  /** In the order of the request counter's rows */
  place: number;
}

/** The label sets that a client and a server have: one, or a handful, or for a broken producer thousands. */
interface Pair {
  parts: Part[];
  /** The same by `keyOf` their other labels, once there are many */
  byKey?: Map<string, Part>;
}

/** Comparing so many is faster than making a key. */
const FEW_PARTS = 8;
/** Answers to one round mostly come in one order, some without a few of the calls: comparing is faster than looking up. */
const LOOK_AHEAD = 4;

function keyOf(values: readonly string[]): string {
  // Lengths before the values keep them apart whatever they hold.
  return values.map((value) => `${value.length}:${value}`).join('');
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
  private readonly pairs = new Map<string, Map<string, Pair>>();
  private readonly inOrder: Part[] = [];
  /** Place of the part that was found last; -1 is before the first */
  private last = -1;
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

  /** Runs for every row of every answer. */
  private find(labels: Labels): Part | undefined {
    const client = labels[this.names.client.name] ?? '';
    const server = labels[this.names.server.name] ?? '';
    for (let ahead = 1; ahead <= LOOK_AHEAD; ahead++) {
      const part = this.inOrder[this.last + ahead];
      if (part !== undefined && part.server === server && part.client === client && this.isOf(part, labels)) {
        this.last = part.place;
        return part;
      }
    }
    const pair = this.pairs.get(client)?.get(server);
    const found = pair?.byKey
      ? pair.byKey.get(keyOf(this.othersOf(labels)))
      : pair?.parts.find((part) => this.isOf(part, labels));
    this.last = found?.place ?? -1;
    return found;
  }

  private isOf({ others }: Part, labels: Labels): boolean {
    for (let index = 0; index < others.length; index++) {
      if ((labels[this.others[index]] ?? '') !== others[index]) {
        return false;
      }
    }
    return true;
  }

  private make(labels: Labels): Part {
    const draft = this.draftOf(labels);
    const part: Part = {
      draft,
      latency: {},
      client: labels[this.names.client.name] ?? '',
      server: labels[this.names.server.name] ?? '',
      others: this.othersOf(labels),
      place: this.inOrder.length,
    };
    draft.parts.push(part);
    this.inOrder.push(part);
    this.last = part.place;
    const pair = this.pairOf(part);
    pair.parts.push(part);
    if (pair.byKey) {
      pair.byKey.set(keyOf(part.others), part);
    } else if (pair.parts.length > FEW_PARTS) {
      pair.byKey = new Map(pair.parts.map((each) => [keyOf(each.others), each]));
    }
    return part;
  }

  private pairOf({ client, server }: Part): Pair {
    let byServer = this.pairs.get(client);
    if (!byServer) {
      byServer = new Map();
      this.pairs.set(client, byServer);
    }
    let pair = byServer.get(server);
    if (!pair) {
      pair = { parts: [] };
      byServer.set(server, pair);
    }
    return pair;
  }

  private othersOf(labels: Labels): string[] {
    return this.others.map((label) => labels[label] ?? '');
  }

  private draftOf(labels: Labels): CallDraft {
    const source = this.ends.of(labels, this.names.client);
    const target = this.ends.of(labels, this.names.server);
    const connectionType = connectionTypeOf(labels[this.dialect.labels.connectionType]);
    const id = callId(source.id, target.id, connectionType);
    let draft = this.drafts.get(id);
    if (!draft) {
      draft = { id, source, target, connectionType, parts: [], latency: {} };
      this.drafts.set(id, draft);
    }
    const virtualEnd = labels[this.dialect.labels.virtualNode];
    if (isSide(virtualEnd)) {
      draft.virtualEnd = virtualEnd;
    }
    return draft;
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
