import { readServiceId, type ServiceGraph } from './model';

/**
 * The id under which the graph has the service that is meant. Who links here may not know its namespace, or know one that
 * the graph's series do not have: then it is the busiest of those services of this name that may be meant.
 * @returns the id itself where there is none
 */
export function idInGraph({ services }: ServiceGraph, id: string): string {
  if (services.some((service) => service.id === id)) {
    return id;
  }
  const { name, namespace } = readServiceId(id);
  const [busiest] = services
    .filter((service) => service.name === name && (!namespace || !service.namespace))
    .sort((a, b) => (b.stats.rate ?? 0) - (a.stats.rate ?? 0));
  return busiest?.id ?? id;
}
