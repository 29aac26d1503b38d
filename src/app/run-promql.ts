import { dateTime, type TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { promqlExemplarsOn, runPromqlOn, runPromqlRangeOn } from '../datasource/service-map/run-promql-on-datasource';
import { type RunPromQL, type RunPromQLAt, type RunPromQLRange } from '../servicegraph/run-promql';
import { type EpochRange } from '../servicegraph/time-ranges';

let requestCount = 0;

function contextOf(range: TimeRange) {
  return {
    range,
    requestId: `traceatlas-page-${++requestCount}`,
    scopedVars: {},
    timezone: 'browser',
    interval: '15s',
    intervalMs: 15_000,
    startTime: Date.now(),
  };
}

/** Runs instant queries at the end of `range` through a PromQL data source, with the viewer's own rights. */
export function promqlRunner(dataSourceUid: string, range: TimeRange): RunPromQL {
  return async (queries, signal) => {
    const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
    return runPromqlOn(dataSource, contextOf(range))(queries, signal);
  };
}

function timeRange({ from, to }: EpochRange): TimeRange {
  const [start, end] = [dateTime(from), dateTime(to)];
  return { from: start, to: end, raw: { from: start, to: end } };
}

/** The same for any window, e.g. the one that is compared with. */
export function promqlRunnerAt(dataSourceUid: string): RunPromQLAt {
  return (range) => promqlRunner(dataSourceUid, timeRange(range));
}

/** Runs range queries, e.g. for replay. */
export function promqlRangeRunner(dataSourceUid: string): RunPromQLRange {
  return async (queries, steps, signal) => {
    const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
    return runPromqlRangeOn(dataSource, contextOf(timeRange(steps)))(queries, steps, signal);
  };
}

/** Exemplars of a query over a range, as frames that links/exemplar-points reads. @param interval s between two steps */
export async function promqlExemplars(
  dataSourceUid: string,
  range: EpochRange,
  interval: number,
  expr: string,
  signal: AbortSignal
) {
  const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
  const context = { ...contextOf(timeRange(range)), interval: `${interval}s`, intervalMs: interval * 1000 };
  return promqlExemplarsOn(dataSource, context, expr, signal);
}
