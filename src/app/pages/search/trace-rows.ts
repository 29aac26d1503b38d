import { type DataFrame, type Field } from '@grafana/data';
import { normalizeTraceId } from '../../../trace/ids';

/** One trace found by a search. */
export interface TraceRow {
  /** 32 hex digits */
  traceId: string;
  /** ms since the Unix epoch; absent when the answer has none */
  startMs?: number;
  /** '' when the root span is not known */
  service: string;
  name: string;
  /** ms; 0 means less than 1 ms */
  durationMs?: number;
}

const numberOrUndefined = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' ? value : '');

function durationMs(value: unknown): number | undefined {
  // Grafana's own data source writes this text for traces shorter than a millisecond.
  return value === '<1ms' ? 0 : numberOrUndefined(value);
}

/**
 * The rows of the "Traces" frames that a Tempo data source answers a search with, ours or Grafana's own:
 * fields traceID, startTime (ms), traceService, traceName, traceDuration (ms). Rows without an id are left out.
 */
export function traceRows(frames: DataFrame[]): TraceRow[] {
  const rows = new Map<string, TraceRow>();
  for (const frame of frames) {
    const field = (name: string): Field | undefined => frame.fields.find((candidate) => candidate.name === name);
    const ids = field('traceID');
    if (!ids || !field('traceService')) {
      continue;
    }
    for (let row = 0; row < frame.length; row++) {
      const traceId = normalizeTraceId(text(ids.values[row]));
      if (traceId && !rows.has(traceId)) {
        rows.set(traceId, {
          traceId,
          startMs: numberOrUndefined(field('startTime')?.values[row]),
          service: text(field('traceService')?.values[row]),
          name: text(field('traceName')?.values[row]),
          durationMs: durationMs(field('traceDuration')?.values[row]),
        });
      }
    }
  }
  return [...rows.values()];
}
