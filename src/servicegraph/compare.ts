/**
 * What changed between two windows, by service and by call, the largest change first.
 *
 * The size of a change is in doublings (log2) beyond what chance explains, so that a service with a handful of requests
 * does not lead the list:
 *
 * - rate: |log2(now / before)| less its standard error, sqrt(1/n1 + 1/n0) / ln 2 for counts n (Poisson).
 * - latency: |log2(now / before)| less its standard error for log-normal latencies that spread over a factor of two,
 *   SPREAD[quantile] * sqrt(1/n1 + 1/n0) with SPREAD = sqrt(q(1-q)) / phi(z_q), the error of a sample quantile.
 * - errors: difference of the shares with one success and one failure added to each window (Agresti and Caffo 2000), less
 *   its standard error; ERROR_POINTS_PER_DOUBLING of the share weigh like a doubling of latency.
 *
 * "Less its standard error" means the bound of the 95 % confidence interval that is nearer to "no change".
 * A change of a service is then weighted by the part that its own callees do not explain (`ownShare`): where a database
 * became slow, its callers are slower too, but they are not the reason.
 */
import { type RequestStats, type Service, type ServiceCall, type ServiceGraph } from './model';

/** `errors` is the failed share of the requests, 0 to 1. */
export type ChangedStat = 'rate' | 'errors' | 'mean' | 'p50' | 'p95' | 'p99';
export const CHANGED_STATS: readonly ChangedStat[] = ['rate', 'errors', 'mean', 'p50', 'p95', 'p99'];

export type Presence = 'both' | 'appeared' | 'vanished';

export interface StatChange {
  /** req/s, share from 0 to 1, or s; absent where that window has no such number */
  before?: number;
  now?: number;
  /** Doublings beyond chance; 0 when a number is absent. Negative when it went down. */
  size: number;
}

export interface Change {
  /** Service.id or ServiceCall.id */
  id: string;
  presence: Presence;
  stats: Record<ChangedStat, StatChange>;
  /** What the list is sorted by: doublings of the leading number, weighted by `ownShare`; never negative */
  size: number;
  /** The number that changed most; undefined when nothing changed beyond chance, and for what appeared or vanished */
  leading?: ChangedStat;
  /** 0 to 1: the part of the change that the calls made while serving it do not explain */
  ownShare: number;
  /** The same for each number: `size` is the largest of them. 0 for what appeared or vanished */
  sizes: Record<ChangedStat, number>;
}

export interface ServiceChange extends Change {
  now?: Service;
  before?: Service;
}

export interface CallChange extends Change {
  now?: ServiceCall;
  before?: ServiceCall;
}

export interface GraphComparison {
  /** By size, the largest first */
  services: ServiceChange[];
  /** By size, the largest first */
  calls: CallChange[];
  servicesById: ReadonlyMap<string, ServiceChange>;
  callsById: ReadonlyMap<string, CallChange>;
  /** The newer graph with what vanished put back, without numbers, for drawing */
  union: ServiceGraph;
}

export interface ComparedGraph {
  graph: ServiceGraph;
  /** s; how long the rates were measured, for turning them into counts */
  seconds: number;
}

/** Bound of a two-sided 95 % confidence interval, in standard errors. */
const CONFIDENCE = 1.96;
const ERROR_POINTS_PER_DOUBLING = 0.1;
/** Traffic follows from what happens elsewhere more often than it is the reason. */
const RATE_WEIGHT = 0.5;
/** A thing that came or went weighs like a change of its requests from this many. */
const PRESENCE_COUNT = 8;
const MOST_PRESENCE_SIZE = 4;
/** Doublings of spread of one sample quantile at one observation; of the mean, as of a log-normal's. */
const SPREAD: Record<'mean' | 'p50' | 'p95' | 'p99', number> = { mean: 1.3, p50: 1.25, p95: 2.1, p99: 3.7 };

interface Side {
  stats: RequestStats;
  seconds: number;
}

function countOf({ stats, seconds }: Side): number {
  return (stats.rate ?? 0) * seconds;
}

function shareOf({ rate, errorRate }: RequestStats): number | undefined {
  return rate && errorRate !== undefined ? Math.min(1, errorRate / rate) : undefined;
}

/** The bound nearer to 0. */
function beyondChance(change: number, standardError: number): number {
  return Math.sign(change) * Math.max(0, Math.abs(change) - CONFIDENCE * standardError);
}

function ratioChange(before: number | undefined, now: number | undefined, standardError: number): number {
  return before && now && Number.isFinite(standardError) ? beyondChance(Math.log2(now / before), standardError) : 0;
}

function shareChange(before: Side, now: Side): number {
  if (shareOf(before.stats) === undefined || shareOf(now.stats) === undefined) {
    return 0;
  }
  const [smoothBefore, smoothNow] = [before, now].map((side) => {
    const count = countOf(side) + 2;
    const share = ((side.stats.errorRate ?? 0) * side.seconds + 1) / count;
    return { share, variance: (share * (1 - share)) / count };
  });
  const standardError = Math.sqrt(smoothBefore.variance + smoothNow.variance);
  return beyondChance(smoothNow.share - smoothBefore.share, standardError) / ERROR_POINTS_PER_DOUBLING;
}

function statChanges(before: Side, now: Side): Record<ChangedStat, StatChange> {
  const oneOver = Math.sqrt(1 / countOf(before) + 1 / countOf(now));
  const latency = (key: keyof typeof SPREAD): StatChange => ({
    before: before.stats[key],
    now: now.stats[key],
    size: ratioChange(before.stats[key], now.stats[key], SPREAD[key] * oneOver),
  });
  return {
    rate: {
      before: before.stats.rate,
      now: now.stats.rate,
      size: ratioChange(before.stats.rate, now.stats.rate, oneOver / Math.LN2),
    },
    errors: { before: shareOf(before.stats), now: shareOf(now.stats), size: shareChange(before, now) },
    mean: latency('mean'),
    p50: latency('p50'),
    p95: latency('p95'),
    p99: latency('p99'),
  };
}

function weightOf(stat: ChangedStat): number {
  return stat === 'rate' ? RATE_WEIGHT : 1;
}

function leadingOf(stats: Record<ChangedStat, StatChange>): ChangedStat | undefined {
  const weight = (stat: ChangedStat) => Math.abs(stats[stat].size) * weightOf(stat);
  const leading = CHANGED_STATS.reduce((best, stat) => (weight(stat) > weight(best) ? stat : best));
  return weight(leading) > 0 ? leading : undefined;
}

function presenceSize(side: Side): number {
  return Math.min(MOST_PRESENCE_SIZE, Math.max(0, Math.log2(countOf(side) / PRESENCE_COUNT)));
}

type Ownership = Partial<Record<'errors' | 'latency', number>>;

/** How much worse the requests of now went: failed req/s more, and seconds more to wait in each second, of all callers. */
export function worsening(
  before: RequestStats | undefined,
  now: RequestStats | undefined
): Record<'errors' | 'latency', number> {
  const [shareBefore, shareNow] = [before && shareOf(before), now && shareOf(now)];
  const rate = now?.rate ?? 0;
  return {
    errors: shareNow === undefined ? 0 : (shareNow - (shareBefore ?? 0)) * rate,
    latency: now?.mean === undefined || before?.mean === undefined ? 0 : (now.mean - before.mean) * rate,
  };
}

/** By service: the part of what got worse that is not explained by the calls it made. */
function ownerships(before: ServiceGraph, now: ServiceGraph): Map<string, Ownership> {
  const callsBefore = new Map(before.calls.map((call) => [call.id, call.stats]));
  const servicesBefore = new Map(before.services.map((service) => [service.id, service.stats]));
  const explained = new Map<string, Record<'errors' | 'latency', number>>();
  for (const call of now.calls) {
    if (call.source === call.target) {
      continue;
    }
    const worse = worsening(callsBefore.get(call.id), call.stats);
    const total = explained.get(call.source) ?? { errors: 0, latency: 0 };
    explained.set(call.source, {
      errors: total.errors + Math.max(0, worse.errors),
      latency: total.latency + Math.max(0, worse.latency),
    });
  }
  return new Map(
    now.services.map(({ id, stats }) => {
      const worse = worsening(servicesBefore.get(id), stats);
      const byCalls = explained.get(id);
      const own = (kind: 'errors' | 'latency') =>
        worse[kind] > 0 && byCalls ? Math.max(0, 1 - byCalls[kind] / worse[kind]) : 1;
      return [id, { errors: own('errors'), latency: own('latency') }];
    })
  );
}

interface Pair<T> {
  id: string;
  before?: T;
  now?: T;
}

function pairs<T extends { id: string }>(before: readonly T[], now: readonly T[]): Array<Pair<T>> {
  const older = new Map(before.map((item) => [item.id, item]));
  const newer = new Set(now.map(({ id }) => id));
  return [
    ...now.map((item) => ({ id: item.id, before: older.get(item.id), now: item })),
    ...before.filter(({ id }) => !newer.has(id)).map((item) => ({ id: item.id, before: item })),
  ];
}

function sizesOf(stats: Record<ChangedStat, StatChange>, ownership: Ownership | undefined) {
  const own = (stat: ChangedStat): number =>
    stat === 'rate' || stats[stat].size <= 0 ? 1 : (ownership?.[stat === 'errors' ? 'errors' : 'latency'] ?? 1);
  const sizes: Record<ChangedStat, number> = { ...NO_SIZES };
  for (const stat of CHANGED_STATS) {
    sizes[stat] = Math.abs(stats[stat].size) * weightOf(stat) * (SHARED_WEIGHT + OWN_WEIGHT * own(stat));
  }
  return { sizes, own };
}

function changeOf<T extends { stats: RequestStats }>(
  pair: Pair<T>,
  seconds: { before: number; now: number },
  ownership: Ownership | undefined,
  isPart: boolean
): Change & Pair<T> {
  const before: Side = { stats: pair.before?.stats ?? {}, seconds: seconds.before };
  const now: Side = { stats: pair.now?.stats ?? {}, seconds: seconds.now };
  const stats = statChanges(before, now);
  if ((!pair.before || !pair.now) && !isPart) {
    const presence = pair.now ? 'appeared' : 'vanished';
    const size = presenceSize(pair.now ? now : before);
    return { ...pair, presence, stats, ownShare: 1, size, sizes: NO_SIZES };
  }
  const leading = leadingOf(stats);
  const { sizes, own } = sizesOf(stats, ownership);
  const size = leading === undefined ? 0 : sizes[leading];
  return { ...pair, presence: 'both', stats, leading, ownShare: leading ? own(leading) : 1, size, sizes };
}

/** A change that its callees explain whole still counts a little: it is what the users feel. */
const SHARED_WEIGHT = 0.25;
const OWN_WEIGHT = 1 - SHARED_WEIGHT;
const NO_SIZES: Record<ChangedStat, number> = { rate: 0, errors: 0, mean: 0, p50: 0, p95: 0, p99: 0 };

function bySize(a: Change, b: Change): number {
  return b.size - a.size || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function unionOf(before: ServiceGraph, now: ServiceGraph): ServiceGraph {
  const gone = <T extends { id: string; stats: RequestStats }>(older: readonly T[], newer: readonly T[]): T[] => {
    const ids = new Set(newer.map(({ id }) => id));
    return older.filter(({ id }) => !ids.has(id)).map((item) => ({ ...item, stats: {} }));
  };
  return {
    services: [...now.services, ...gone(before.services, now.services)],
    calls: [...now.calls, ...gone(before.calls, now.calls)],
    notices: [...new Set([...now.notices, ...before.notices])],
  };
}

export interface CompareOptions {
  /**
   * The graphs are the busiest calls only: one that is in one of them alone may just have been too quiet for the other,
   * so nothing is said to have appeared or vanished.
   */
  isPart?: boolean;
}

export function compareGraphs(
  now: ComparedGraph,
  before: ComparedGraph,
  { isPart = false }: CompareOptions = {}
): GraphComparison {
  const owned = ownerships(before.graph, now.graph);
  const seconds = { before: before.seconds, now: now.seconds };
  const pairsOf = <T extends { id: string }>(older: readonly T[], newer: readonly T[]) =>
    pairs(older, newer).filter((pair) => !isPart || pair.now !== undefined);
  const services = pairsOf(before.graph.services, now.graph.services)
    .map((pair): ServiceChange => changeOf(pair, seconds, owned.get(pair.id), isPart))
    .sort(bySize);
  const calls = pairsOf(before.graph.calls, now.graph.calls)
    .map((pair): CallChange => changeOf(pair, seconds, owned.get((pair.now ?? pair.before)?.target ?? ''), isPart))
    .sort(bySize);
  return {
    services,
    calls,
    servicesById: new Map(services.map((change) => [change.id, change])),
    callsById: new Map(calls.map((change) => [change.id, change])),
    union: isPart ? now.graph : unionOf(before.graph, now.graph),
  };
}
