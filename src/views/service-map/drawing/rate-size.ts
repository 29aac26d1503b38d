/** How large a service is drawn by its request rate: the area grows with the rate, within bounds. */
import { type Service } from '../../../servicegraph/model';
import { clamp } from '../viewport/viewport';

export type SizeBy = 'rate' | 'none';

/** Size of a service from 0 (least, or no rate known) to 1 (the busiest); undefined: it has none, as users are never called. */
export type RateSize = (service: Service) => number | undefined;

export function usableRate({ stats: { rate } }: Service): number | undefined {
  return rate !== undefined && rate >= 0 && rate < Infinity ? rate : undefined;
}

/** Whether a service that could have a rate has none. */
export function lacksRate(service: Service): boolean {
  return service.kind !== 'user' && usableRate(service) === undefined;
}

/** Against the busiest of the services. undefined: all are of one size, as none has a rate or nobody wants to see it. */
export function rateSize(services: Iterable<Service>, sizeBy: SizeBy = 'rate'): RateSize | undefined {
  let highest = 0;
  if (sizeBy === 'rate') {
    for (const service of services) {
      highest = Math.max(highest, usableRate(service) ?? 0);
    }
  }
  if (highest === 0) {
    return undefined;
  }
  return (service) => {
    const rate = usableRate(service);
    return rate === undefined && !lacksRate(service) ? undefined : Math.sqrt((rate ?? 0) / highest);
  };
}

/** Whether every one of the services has a size. */
export function sizesIn(services: readonly Service[]): 'all' | 'some' {
  return services.some(lacksRate) ? 'some' : 'all';
}

/** Between two lengths by a size; the usual length where all are of one size. */
export function between(size: number | undefined, { least, most, usual }: Record<'least' | 'most' | 'usual', number>) {
  return size === undefined ? usual : least + (most - least) * clamp(size, 0, 1);
}
