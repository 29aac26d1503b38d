/** Asks for the course of one service's or call's numbers, and for its operations. */
import { exemplarPoints, type ExemplarPoint, samplePoints } from '../../../../links/exemplar-points';
import { type MetricsDialect } from '../../../../servicegraph/dialect';
import { type GraphPart, partHistory, type PartHistory, partQueries } from '../../../../servicegraph/part-queries';
import { type EpochRange } from '../../../../servicegraph/time-ranges';
import { promqlExemplars, promqlRangeRunner } from '../../../run-promql';

export interface PartSource {
  /** uid of the metrics data source */
  uid: string;
  dialect: MetricsDialect;
  range: EpochRange;
}

export interface LoadedHistory extends PartHistory {
  points: ExemplarPoint[];
}

/** Points of a sparkline */
const STEPS = 60;
/** s; rates need some samples in each window */
const SHORTEST_WINDOW = 60;
const MOST_EXEMPLARS = 24;

/** Whole seconds; both ends of the range are multiples of it, so that the same question is asked again. */
function historySteps({ from, to }: EpochRange) {
  const step = Math.max(5, Math.ceil((to - from) / 1000 / STEPS / 5) * 5);
  const align = (time: number) => Math.floor(time / 1000 / step) * step * 1000;
  return { from: align(from), to: align(to), step };
}

/** @throws Error of the metrics data source; without exemplars the numbers come alone */
export async function loadHistory(
  { uid, dialect, range }: PartSource,
  part: GraphPart,
  hasCallers: boolean,
  signal: AbortSignal
): Promise<LoadedHistory> {
  const steps = historySteps(range);
  const queries = partQueries(dialect, part, Math.max(SHORTEST_WINDOW, steps.step), hasCallers);
  const run = promqlRangeRunner(uid);
  const ask = async (refId: 'rate' | 'failed' | 'p95') =>
    (await run([{ refId, expr: queries[refId] }], steps, signal))[refId] ?? [];
  const [rate, failed, p95, frames] = await Promise.all([
    ask('rate'),
    ask('failed'),
    ask('p95'),
    promqlExemplars(uid, range, steps.step, queries.exemplars, signal).catch((error: unknown) => {
      if (signal.aborted) {
        throw error;
      }
      return [];
    }),
  ]);
  const { points } = exemplarPoints(frames, queries.unit.exemplars);
  const spread = samplePoints(points, 'spread', { stepMs: steps.step * 1000, slowest: MOST_EXEMPLARS });
  return {
    ...partHistory(queries, { rate, failed, p95 }),
    points: samplePoints(spread, 'slowest', { stepMs: steps.step * 1000, slowest: MOST_EXEMPLARS }),
  };
}
