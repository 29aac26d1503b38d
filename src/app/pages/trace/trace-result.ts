import { type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { isTraceFrame } from '../../../trace/from-frame';
import { dataError } from '../../query-state';

/** What the answer to a trace by id means for the page. */
export type TraceResult =
  { type: 'loading' } | { type: 'trace'; frame: DataFrame } | { type: 'notFound' } | { type: 'error'; message: string };

/**
 * Grafana's Tempo data source says that it does not have a trace with an error (`… Status: Not Found`) or with a frame without
 * spans, ours with an error.
 */
export function traceResult(data: PanelData | undefined): TraceResult {
  const frame = data?.series.find((series) => isTraceFrame(series) && series.length > 0);
  const message = dataError(data);
  if (message !== undefined) {
    return isNotFound(data, message) ? { type: 'notFound' } : { type: 'error', message };
  }
  if (data?.state === LoadingState.Done) {
    return frame ? { type: 'trace', frame } : { type: 'notFound' };
  }
  return frame ? { type: 'trace', frame } : { type: 'loading' };
}

function isNotFound(data: PanelData | undefined, message: string): boolean {
  const status = data?.errors?.[0]?.status ?? data?.error?.status;
  // Grafana says `Datasource … was not found` of a data source that it cannot load.
  return status === 404 || (/\bnot found\b/i.test(message) && !/^data ?source\b/i.test(message));
}
