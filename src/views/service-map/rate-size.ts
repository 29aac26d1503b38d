/** How large a service is drawn by its request rate: the area grows with the rate, within bounds. */
import { type Service } from '../../servicegraph/model';

export type SizeBy = 'rate' | 'none';

/** Size of a service from 0 (least, or no rate known) to 1 (the busiest). */
export type RateSize = (service: Service) => number;

export function usableRate({ stats: { rate } }: Service): number | undefined {
  return rate !== undefined && rate >= 0 && rate < Infinity ? rate : undefined;
}

/** Against the busiest of the services. undefined: all are of one size, as none has a rate or nobody wants to see it. */
export function rateSize(services: Iterable<Service>, sizeBy: SizeBy = 'rate'): RateSize | undefined {
  let highest = 0;
  if (sizeBy === 'rate') {
    for (const service of services) {
      highest = Math.max(highest, usableRate(service) ?? 0);
    }
  }
  return highest === 0 ? undefined : (service) => Math.sqrt((usableRate(service) ?? 0) / highest);
}

/** Whether every one of the services has a size. */
export function sizesIn(services: readonly Service[]): 'all' | 'some' {
  return services.some((service) => usableRate(service) === undefined) ? 'some' : 'all';
}

/** Between two lengths by a size; the usual length where all are of one size. */
export function between(size: number | undefined, { least, most, usual }: Record<'least' | 'most' | 'usual', number>) {
  return size === undefined ? usual : least + (most - least) * Math.min(1, Math.max(0, size));
}
