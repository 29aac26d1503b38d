import { type ServiceGraph } from '../model';

/** What was shown, for reading the numbers later. */
export interface ExportedRange {
  /** ms since the Unix epoch */
  from: number;
  to: number;
}

/**
 * The graph as JSON: rates in req/s, latencies in s, absent numbers left out.
 * @param range the window that the numbers are of
 */
export function toJson({ services, calls, notices, all }: ServiceGraph, range?: ExportedRange): string {
  const document = {
    format: 'traceatlas-service-graph',
    version: 1,
    ...(range ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() } : {}),
    units: { rate: 'req/s', errorRate: 'req/s', failedShare: '0 to 1', mean: 's', p50: 's', p95: 's', p99: 's' },
    services,
    calls,
    notices,
    ...(all ? { all } : {}),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
