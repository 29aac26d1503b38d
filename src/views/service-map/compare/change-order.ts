/** What the list of changes can be sorted by, and what makes a change stand where it stands. */
import {
  type CallChange,
  type Change,
  type ChangedStat,
  type GraphComparison,
  type ServiceChange,
  worsening,
} from '../../../servicegraph/compare';
import { type RequestStats, readServiceId } from '../../../servicegraph/model';
import { type ComparedStat, isCallChange, shownStat } from './change-text';

/**
 * `cause`: beyond chance, and weighted by what the called services do not explain; `change`: the number that is shown;
 * `waiting` and `failures`: what it adds for all callers together
 */
export type ChangeOrder = 'cause' | 'change' | 'waiting' | 'failures';
export const CHANGE_ORDERS: readonly ChangeOrder[] = ['cause', 'change', 'waiting', 'failures'];

/** Ten percentage points of failed requests stand beside a doubling, as in `compareGraphs`. */
const SHARE_PER_DOUBLING = 0.1;

/** What a change adds for all callers together; negative: what it takes off; undefined where a number is missing */
export interface Impact {
  /** s of waiting in each second */
  waiting?: number;
  /** failed req/s */
  failures?: number;
}

const NO_REQUESTS: RequestStats = { rate: 0, errorRate: 0, mean: 0 };

function isKnown({ rate, mean }: RequestStats): boolean {
  return rate !== undefined && mean !== undefined;
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

function waitingOf({ rate, mean }: RequestStats): number | undefined {
  return rate === undefined || mean === undefined ? undefined : rate * mean;
}

/** What came brings all of its waiting and failures, what is gone takes them with it. */
export function impactOf(change: ServiceChange | CallChange): Impact {
  const [before, now] = [change.before?.stats, change.now?.stats];
  if (change.presence === 'appeared') {
    return { waiting: waitingOf(now ?? NO_REQUESTS), failures: now?.errorRate };
  }
  if (change.presence === 'vanished') {
    return { waiting: negative(waitingOf(before ?? NO_REQUESTS)), failures: negative(before?.errorRate) };
  }
  const worse = worsening(before, now);
  const { errors } = change.stats;
  return {
    waiting: before && now && isKnown(before) && isKnown(now) ? worse.latency : undefined,
    failures: errors.before === undefined || errors.now === undefined ? undefined : worse.errors,
  };
}

/** Doublings of the number that is shown, whatever chance and others have to do with it */
function plainSize(change: Change, compared: ComparedStat): number {
  const stat = shownStat(change, compared);
  if (change.presence !== 'both' || !stat) {
    return change.size;
  }
  const { before, now } = change.stats[stat];
  if (before === undefined || now === undefined) {
    return 0;
  }
  return Math.abs(
    stat === 'errors' ? (now - before) / SHARE_PER_DOUBLING : before && now ? Math.log2(now / before) : 0
  );
}

/** What the order sorts by, the largest first; undefined where there is no such number */
export function orderSize(
  change: ServiceChange | CallChange,
  compared: ComparedStat,
  order: ChangeOrder
): number | undefined {
  switch (order) {
    case 'cause':
      return compared === 'largest' || change.presence !== 'both' ? change.size : change.sizes[compared];
    case 'change':
      return plainSize(change, compared);
    default:
      return impactOf(change)[order];
  }
}

/** With this part of it one callee stands for all. */
const MOST = 0.9;

export interface Explanation {
  /** 0 to 1: how much of what got worse happened in services that were called */
  share: number;
  /** Name of the one with the most of it; undefined where nothing that is called got worse */
  callee?: string;
  /** It alone explains nearly all of that */
  isOnlyOne: boolean;
}

function kindOf(stat: ChangedStat): 'errors' | 'latency' | undefined {
  return stat === 'rate' ? undefined : stat === 'errors' ? 'errors' : 'latency';
}

/** By Service.id of the caller: its calls that got worse. Made once for all rows of a list. */
export function explainer({ calls, servicesById }: Pick<GraphComparison, 'calls' | 'servicesById'>) {
  const made = new Map<string, CallChange[]>();
  for (const change of calls) {
    if (change.now && change.now.source !== change.now.target) {
      const own = made.get(change.now.source);
      if (own) {
        own.push(change);
      } else {
        made.set(change.now.source, [change]);
      }
    }
  }
  /**
   * How much of a change for the worse the services called by it explain (of a call: those that its callee calls);
   * undefined where that is no question.
   */
  return (change: ServiceChange | CallChange, stat: ChangedStat): Explanation | undefined => {
    const kind = kindOf(stat);
    if (!kind || change.presence !== 'both' || change.stats[stat].size <= 0) {
      return undefined;
    }
    const id = isCallChange(change) ? (change.now ?? change.before)?.target : change.id;
    const service = id === undefined ? undefined : servicesById.get(id);
    const worse = worsening(service?.before?.stats, service?.now?.stats)[kind];
    if (id === undefined || worse <= 0) {
      return undefined;
    }
    const parts = (made.get(id) ?? [])
      .map((call) => ({ call, by: worsening(call.before?.stats, call.now?.stats)[kind] }))
      .filter(({ by }) => by > 0)
      .sort((a, b) => b.by - a.by);
    const callee = parts[0]?.call.now?.target;
    const explained = parts.reduce((sum, { by }) => sum + by, 0);
    return {
      share: Math.min(1, explained / worse),
      callee: callee === undefined ? undefined : (servicesById.get(callee)?.now?.name ?? readServiceId(callee).name),
      isOnlyOne: parts.length > 0 && parts[0].by >= MOST * explained,
    };
  };
}

/** The least that the number changed with 95 % confidence, as the value it would have now; undefined where it is near. */
export function leastNow(stat: ChangedStat, { stats }: Change): number | undefined {
  const { before, now, size } = stats[stat];
  if (before === undefined || now === undefined || before === 0 || stat === 'errors' || size === 0) {
    return undefined;
  }
  const isFar = Math.abs(Math.log2(now / before)) >= 2 * Math.abs(size);
  return isFar ? before * 2 ** size : undefined;
}
