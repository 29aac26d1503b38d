import { EmbeddedScene } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { TraceLookup } from './trace-lookup';
import { TraceView } from './trace-view';

/** One trace; `traceId` has 32 hex digits. `onName` is told what the trace is about once that is known. */
export function traceScene(traceId: string, onName: (name: string) => void) {
  return pageScene(new TraceView(traceId, onName));
}

/** Asks for a trace id; `refused` is what was tried before and is none. */
export function traceLookupScene(refused?: unknown) {
  return pageScene(new TraceLookup({ refused: typeof refused === 'string' ? refused : undefined }));
}

function pageScene(body: TraceView | TraceLookup) {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body,
  });
}
