import { type TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { runPromqlOn } from '../datasource/service-map/run-promql-on-datasource';
import { type RunPromQL } from '../servicegraph/run-promql';

let requestCount = 0;

/** Runs instant queries at the end of `range` through a PromQL data source, with the viewer's own rights. */
export function promqlRunner(dataSourceUid: string, range: TimeRange): RunPromQL {
  return async (queries, signal) => {
    const dataSource = await getDataSourceSrv().get({ uid: dataSourceUid });
    const run = runPromqlOn(dataSource, {
      range,
      requestId: `traceatlas-page-${++requestCount}`,
      scopedVars: {},
      timezone: 'browser',
      interval: '15s',
      intervalMs: 15_000,
      startTime: Date.now(),
    });
    return run(queries, signal);
  };
}
