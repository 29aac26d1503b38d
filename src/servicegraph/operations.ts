/** Operations of a service, by the names of the spans in which it answers requests. */
import { type RequestStats, type Service } from './model';

export interface Operation {
  /** Span name; '' for spans without one */
  name: string;
  /** `rate`, `errorRate` and `p95` of the requests received */
  stats: RequestStats;
}

/** Services of one request */
const MOST_SERVICES = 40;
/** Characters of their names, as servers and gateways limit the length of a request */
const MOST_CHARACTERS = 4000;

/** Only services send spans: databases, queues and users are known from those of others. */
export function hasOperations({ kind }: Service): boolean {
  return kind === 'service';
}

/** As many of the services as one request asks for, in their order. */
export function operationsBatch(services: readonly Service[]): Service[] {
  let characters = 0;
  const fits = services.slice(0, MOST_SERVICES).findIndex(({ name }) => {
    characters += name.length + 1;
    return characters > MOST_CHARACTERS;
  });
  return services.slice(0, fits < 0 ? MOST_SERVICES : Math.max(1, fits));
}
