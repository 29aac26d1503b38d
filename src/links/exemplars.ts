import { type DataFrame, type Field } from '@grafana/data';
import { normalizeSpanId, normalizeTraceId } from '../trace/ids';

export { normalizeSpanId, normalizeTraceId } from '../trace/ids';

/**
 * The names under which producers put a trace id on an exemplar, the most usual first: Tempo's metrics-generator writes
 * traceID, SDKs and the Collector trace_id (OpenMetrics), TraceQL metrics trace:id; the others come from hand-made code.
 */
export const TRACE_ID_NAMES = ['traceID', 'trace_id', 'traceId', 'traceid', 'trace:id', 'TraceID'] as const;
const SPAN_ID_NAMES = ['spanID', 'span_id', 'spanId', 'spanid', 'span:id', 'SpanID'] as const;

/** The trace (and span) that an exemplar points to. */
export interface ExemplarTarget {
  /** 32 hex digits */
  traceId: string;
  /** 16 hex digits; absent when the exemplar names none */
  spanId?: string;
  /** The field or label that held the trace id */
  name: string;
}

type Read = (name: string) => unknown;

/** The target of an exemplar with these labels; undefined when none of them holds a valid trace id. */
export function exemplarTargetOfLabels(labels: Readonly<Record<string, unknown>>): ExemplarTarget | undefined {
  return exemplarTarget((name) => (Object.hasOwn(labels, name) ? labels[name] : undefined));
}

/**
 * Reads the targets of an exemplar frame's rows: labels are fields of their own (Prometheus and Tempo data sources), or hang
 * on the value field.
 */
export function exemplarTargets(frame: DataFrame): (row: number) => ExemplarTarget | undefined {
  const fields = new Map<string, Field>();
  for (const field of frame.fields) {
    if (!fields.has(field.name)) {
      fields.set(field.name, field);
    }
  }
  const traceNames = TRACE_ID_NAMES.filter((name) => fields.has(name));
  const spanNames = SPAN_ID_NAMES.filter((name) => fields.has(name));
  const ofLabels = frame.fields
    .map(({ labels }) => labels && exemplarTargetOfLabels(labels))
    .find((target) => target !== undefined);
  return (row) => exemplarTarget((name) => fields.get(name)?.values[row], traceNames, spanNames) ?? ofLabels;
}

function exemplarTarget(
  read: Read,
  traceNames: readonly string[] = TRACE_ID_NAMES,
  spanNames: readonly string[] = SPAN_ID_NAMES
): ExemplarTarget | undefined {
  const found = firstValid(traceNames, read, normalizeTraceId);
  if (!found) {
    return undefined;
  }
  const span = firstValid(spanNames, read, normalizeSpanId);
  return { traceId: found.id, name: found.name, ...(span ? { spanId: span.id } : {}) };
}

function firstValid(
  names: readonly string[],
  read: Read,
  normalize: (text: string) => string | undefined
): { name: string; id: string } | undefined {
  for (const name of names) {
    const value = read(name);
    const id = typeof value === 'string' ? normalize(value) : undefined;
    if (id !== undefined) {
      return { name, id };
    }
  }
  return undefined;
}
