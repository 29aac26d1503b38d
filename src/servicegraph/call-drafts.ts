/** Rows of several queries -> one draft for each call. */
import { type LatencyUnit, type MetricsDialect } from './dialect';
import { type End, type EndNames, endNamesOf, type Ends } from './ends';
import { callId, type ConnectionType } from './model';
import { MERGED_LABEL } from './latency-promql';
import { type LatencySide, QUANTILE_LABEL, SIDE_LABEL } from './promql';
import { type PromqlRow } from './run-promql';

type Labels = Record<string, string>;
/** s; what each end has as the mean */
export type Means = Partial<Record<LatencySide, number>>;

/** The series of one label set. A call has several when the producer tells its namespace only sometimes. */
export interface Part {
  draft: CallDraft;
  rate?: number;
  means: Means;
  /** s; of the end that measured */
  quantiles?: Quantiles;
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
  /** Quantiles over all label sets of a connection type */
  merged?: Map<ConnectionType, Quantiles>;
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
  pair: Pair;
  means: Means;
}

export type Quantile = 'p50' | 'p95' | 'p99';
/** s */
export type Quantiles = Partial<Record<Quantile, number>>;
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

function sideOf(labels: Record<string, string>): LatencySide {
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

  addMean({ labels, value }: PromqlRow) {
    const part = this.find(labels);
    const mean = measured(value);
    if (part && mean !== undefined) {
      part.means[sideOf(labels)] = toSeconds(mean, this.dialect.unit);
    }
  }

  addQuantile({ labels, value }: PromqlRow) {
    const key = QUANTILE_KEYS[labels[QUANTILE_LABEL] ?? ''];
    const quantile = measured(value);
    if (!key || quantile === undefined) {
      return;
    }
    const quantiles = labels[MERGED_LABEL] ? this.mergedOf(labels) : this.quantilesOf(labels);
    if (quantiles) {
      quantiles[key] = toSeconds(quantile, this.dialect.unit);
    }
  }

  private quantilesOf(labels: Labels): Quantiles | undefined {
    const part = this.find(labels);
    return part && (part.quantiles ??= {});
  }

  private mergedOf(labels: Labels): Quantiles | undefined {
    const pair = this.pairs.get(labels[this.names.client.name] ?? '')?.get(labels[this.names.server.name] ?? '');
    if (!pair) {
      return undefined;
    }
    pair.merged ??= new Map();
    const type = connectionTypeOf(labels[this.dialect.labels.connectionType]);
    const quantiles = pair.merged.get(type) ?? {};
    pair.merged.set(type, quantiles);
    return quantiles;
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
    const client = labels[this.names.client.name] ?? '';
    const server = labels[this.names.server.name] ?? '';
    const pair = this.pairOf(client, server);
    const draft = this.draftOf(labels, pair);
    const part: Part = {
      draft,
      means: {},
      client,
      server,
      others: this.othersOf(labels),
      place: this.inOrder.length,
    };
    draft.parts.push(part);
    this.inOrder.push(part);
    this.last = part.place;
    pair.parts.push(part);
    if (pair.byKey) {
      pair.byKey.set(keyOf(part.others), part);
    } else if (pair.parts.length > FEW_PARTS) {
      pair.byKey = new Map(pair.parts.map((each) => [keyOf(each.others), each]));
    }
    return part;
  }

  private pairOf(client: string, server: string): Pair {
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

  private draftOf(labels: Labels, pair: Pair): CallDraft {
    const source = this.ends.of(labels, this.names.client);
    const target = this.ends.of(labels, this.names.server);
    const connectionType = connectionTypeOf(labels[this.dialect.labels.connectionType]);
    const id = callId(source.id, target.id, connectionType);
    let draft = this.drafts.get(id);
    if (!draft) {
      draft = { id, source, target, connectionType, parts: [], pair, means: {} };
      this.drafts.set(id, draft);
    }
    const virtualEnd = labels[this.dialect.labels.virtualNode];
    if (isSide(virtualEnd)) {
      draft.virtualEnd = virtualEnd;
    }
    return draft;
  }
}
