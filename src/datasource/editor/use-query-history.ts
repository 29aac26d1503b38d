import { useEffect } from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import { type TempoQuery } from '../types';
import { addToHistory } from './query-history';

/** Remembers the TraceQL of a query that ran without an error, whoever started it. */
export function useQueryHistory(dataSourceUid: string, refId: string, data: PanelData | undefined): void {
  useEffect(() => {
    const query = data?.state === LoadingState.Done ? ranQuery(data, refId) : undefined;
    if (query !== undefined) {
      addToHistory(window.localStorage, dataSourceUid, query, data?.request?.startTime ?? Date.now());
    }
  }, [dataSourceUid, refId, data]);
}

function ranQuery({ request, errors = [] }: PanelData, refId: string): string | undefined {
  const target: TempoQuery | undefined = request?.targets.find((one) => one.refId === refId);
  const isTraceql = (target?.queryType ?? 'traceql') === 'traceql';
  return isTraceql && !errors.some((error) => error.refId === refId) ? target?.query : undefined;
}
