/** What the calls that a reduction leaves out add up to. */
import { measured, sum, toSeconds } from './call-drafts';
import { type MetricsDialect } from './dialect';
import { endNamesOf, type Ends } from './ends';
import { type LeftOutPart, PART_LABEL } from './left-out-promql';
import { eachRow, type PromqlRow } from './run-promql';
import { type Steps } from '../trace/steps';

export interface LeftOutOfService {
  /** req/s */
  told: { incoming?: number; outgoing?: number };
  /** failed req/s */
  incomingFailed?: number;
  /** s/s that all requests took, shown or not, and req/s that were measured */
  time?: number;
  requests?: number;
}

export interface LeftOutTotals {
  byService: Map<string, LeftOutOfService>;
  all: { calls?: number; rate?: number };
}

const PARTS: readonly LeftOutPart[] = ['incoming', 'incoming_failed', 'outgoing', 'time', 'requests', 'rate', 'calls'];

export function* leftOutSteps(rows: readonly PromqlRow[], dialect: MetricsDialect, ends: Ends): Steps<LeftOutTotals> {
  const totals: LeftOutTotals = { byService: new Map(), all: {} };
  const names = endNamesOf(dialect);
  yield* eachRow(rows, ({ labels, value }) => {
    const part = PARTS.find((known) => known === labels[PART_LABEL]);
    const number = measured(value);
    if (!part || number === undefined) {
      return;
    }
    if (part === 'rate' || part === 'calls') {
      totals.all[part] = number;
      return;
    }
    const { id } = ends.of(labels, part === 'outgoing' ? names.client : names.server);
    const entry = totals.byService.get(id) ?? { told: {} };
    totals.byService.set(id, entry);
    switch (part) {
      case 'incoming_failed':
        entry.incomingFailed = sum(entry.incomingFailed, number);
        break;
      case 'time':
        entry.time = sum(entry.time, toSeconds(number, dialect.unit));
        break;
      case 'requests':
        entry.requests = sum(entry.requests, number);
        break;
      default:
        entry.told[part] = sum(entry.told[part], number);
    }
  });
  return totals;
}

/** s; mean latency of all requests, shown or not */
export function meanOfAll({ time, requests }: LeftOutOfService): number | undefined {
  return time !== undefined && requests ? time / requests : undefined;
}
