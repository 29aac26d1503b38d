import { type RequestStats, type Service } from '../model';
import { errorShare } from '../to-frames';

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** "12.3 req/s, 2.5 % errors, p95 120 ms"; what is absent is left out. */
export function callLabel(stats: RequestStats): string {
  const share = errorShare(stats);
  return [
    stats.rate === undefined ? '' : `${rounded(stats.rate)} req/s`,
    share ? `${rounded(share * 100)} % errors` : '',
    stats.p95 === undefined ? '' : `p95 ${rounded(stats.p95 * 1000)} ms`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** In the order in which they first appear */
export function groupByNamespace(services: readonly Service[]) {
  const groups = new Map<string, Service[]>();
  const others: Service[] = [];
  for (const service of services) {
    if (service.namespace === undefined) {
      others.push(service);
    } else {
      const group = groups.get(service.namespace);
      if (group) {
        group.push(service);
      } else {
        groups.set(service.namespace, [service]);
      }
    }
  }
  return { namespaces: [...groups], others };
}
