import { type Answer, failed } from '../answer';
import { mapped } from '../tempo-probes';
import { type PrometheusTarget, query, selector } from './query';

export interface CardinalityFacts {
  /** Series of all known names */
  total: number;
  /** The name with the most series */
  largest?: { name: string; series: number };
  /** Series that hold what went over the producer's limit */
  overflow: number;
}

export async function probeCardinality(target: PrometheusTarget, names: string[]): Promise<Answer<CardinalityFacts>> {
  if (names.length === 0) {
    return failed('missing', 'no series');
  }
  const all = names.flatMap((name) => (name.endsWith('_count') ? [name, name.replace(/_count$/, '_bucket')] : [name]));
  const expr = `count by (__name__, metric_overflow, otel_metric_overflow) (${selector(all)})`;
  return mapped(await query(target, expr), (rows) => {
    const byName = new Map<string, number>();
    for (const { labels, value } of rows) {
      const name = labels.__name__ ?? '';
      byName.set(name, (byName.get(name) ?? 0) + value);
    }
    const [largest] = [...byName].sort(([, a], [, b]) => b - a);
    return {
      total: rows.reduce((sum, { value }) => sum + value, 0),
      ...(largest ? { largest: { name: largest[0], series: largest[1] } } : {}),
      overflow: rows
        .filter(({ labels }) => labels.metric_overflow === 'true' || labels.otel_metric_overflow === 'true')
        .reduce((sum, { value }) => sum + value, 0),
    };
  });
}
