import * as v from 'valibot';
import { exemplarTargetOfLabels } from '../../links/exemplars';

/** The answer of Prometheus' /api/v1/query_exemplars. */
export const exemplarSchema = v.object({
  status: v.literal('success'),
  data: v.nullish(
    v.array(
      v.looseObject({
        exemplars: v.array(
          v.looseObject({ labels: v.record(v.string(), v.string()), timestamp: v.optional(v.number(), 0) })
        ),
      })
    )
  ),
});
type ExemplarData = v.InferOutput<typeof exemplarSchema>['data'];

export interface ExemplarFacts {
  count: number;
  /** How many carry a trace id under which label, the most usual first */
  labels: Array<{ name: string; count: number }>;
  /** Labels whose values look like trace ids but that nothing knows by name */
  unknownLabels: string[];
  /** The newest trace pointed to, 32 hex digits */
  newestTraceId?: string;
}

// Shorter ones are as often span ids.
const LIKE_TRACE_ID = /^[0-9a-f]{24,32}$/i;
/** Plenty to see which labels there are. */
const MAX_READ = 5000;

/** Which labels the exemplars use for trace ids. */
export function exemplarFacts(data: ExemplarData): ExemplarFacts {
  const all = (data ?? []).flatMap(({ exemplars }) => exemplars);
  const byLabel = new Map<string, number>();
  const unknown = new Set<string>();
  let newest: { timestamp: number; traceId: string } | undefined;
  for (const { labels, timestamp } of all.slice(0, MAX_READ)) {
    const target = exemplarTargetOfLabels(labels);
    if (target) {
      byLabel.set(target.name, (byLabel.get(target.name) ?? 0) + 1);
      if (!newest || timestamp > newest.timestamp) {
        newest = { timestamp, traceId: target.traceId };
      }
    } else {
      Object.entries(labels)
        .filter(([, value]) => LIKE_TRACE_ID.test(value))
        .forEach(([name]) => unknown.add(name));
    }
  }
  return {
    count: all.length,
    labels: [...byLabel].sort(([, a], [, b]) => b - a).map(([name, count]) => ({ name, count })),
    unknownLabels: [...unknown],
    ...(newest ? { newestTraceId: newest.traceId } : {}),
  };
}
