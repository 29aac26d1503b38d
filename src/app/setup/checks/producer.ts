/** Who wrote the series that are judged. */
import { type MetricsDialect, METRICS_DIALECTS } from '../../../servicegraph/dialect';

/** In texts, where the server did not say what it is. */
export const PROMETHEUS = 'Prometheus';

export function isCollector({ id }: MetricsDialect): boolean {
  return id !== 'tempo';
}

/** Only span metrics are there: Tempo and the Collector name the service differently. */
export function spanMetricsProducer({ spanMetrics }: MetricsDialect): string {
  return (
    METRICS_DIALECTS.find((candidate) => candidate.spanMetrics?.serviceLabel === spanMetrics?.serviceLabel)?.name ?? ''
  );
}
