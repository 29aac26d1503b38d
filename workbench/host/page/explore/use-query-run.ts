import { useEffect, useMemo, useState } from 'react';
import {
  CoreApp,
  type DataQueryRequest,
  type DataSourceApi,
  dateMath,
  LoadingState,
  type PanelData,
  rangeUtil,
  type TimeRange,
} from '@grafana/data';
import { runRequest } from '../shims/run-request';
import { type Pane } from './url-state';

/** Grafana asks for one point per pixel; the panes are about this wide. */
const MAX_DATA_POINTS = 1000;

let requests = 0;

/** Runs the pane's queries whenever they, the range or `runs` change. Earlier runs are cancelled. */
export function useQueryRun(
  dataSource: DataSourceApi | undefined,
  pane: Pane,
  runs: number
): { data?: PanelData; range: TimeRange } {
  const source = dataSource?.uid ?? '';
  const key = JSON.stringify([source, pane.queries, pane.range, runs]);
  // `now` is the moment of the run, so the same run keeps the same range
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const range = useMemo(() => toTimeRange(pane.range), [key]);
  const [shown, setShown] = useState<{ source: string; data: PanelData }>();
  useEffect(() => {
    if (!dataSource || pane.queries.length === 0) {
      return undefined;
    }
    const subscription = runRequest(dataSource, toRequest(dataSource, pane, range)).subscribe((data) =>
      setShown((before) => ({ source, data: before?.source === source ? keepWhileLoading(before.data, data) : data }))
    );
    return () => subscription.unsubscribe();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { data: shown?.source === source && pane.queries.length > 0 ? shown.data : undefined, range };
}

/** What is on screen stays there until something new has come. */
function keepWhileLoading(before: PanelData, next: PanelData): PanelData {
  const isEmpty = next.state === LoadingState.Loading && next.series.length === 0;
  return isEmpty ? { ...before, state: next.state } : next;
}

function toRequest(dataSource: DataSourceApi, pane: Pane, range: TimeRange): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, MAX_DATA_POINTS, dataSource.interval);
  return {
    app: CoreApp.Explore,
    requestId: `explore_${requests++}`,
    timezone: 'browser',
    interval,
    intervalMs,
    maxDataPoints: MAX_DATA_POINTS,
    startTime: Date.now(),
    range,
    rangeRaw: range.raw,
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
    targets: pane.queries.map((query) => ({ ...query, datasource: query.datasource ?? dataSource.getRef() })),
  };
}

/** Relative (`now-1h`), epoch ms and ISO times; what cannot be read is the last hour. */
function toTimeRange(raw: Pane['range']): TimeRange {
  const parse = (text: string, roundUp: boolean) =>
    dateMath.toDateTime(/^\d+$/.test(text) ? new Date(Number(text)) : text, { roundUp });
  const [from, to] = [parse(raw.from, false), parse(raw.to, true)];
  if (!from?.isValid() || !to?.isValid()) {
    return rangeUtil.convertRawToRange({ from: 'now-1h', to: 'now' });
  }
  const isRelative = (text: string) => text.includes('now');
  return { from, to, raw: { from: isRelative(raw.from) ? raw.from : from, to: isRelative(raw.to) ? raw.to : to } };
}
