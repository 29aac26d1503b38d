import type { QueryEndpoint } from '../checks/query';

export interface FoundQuery {
  q: string;
  endpoint?: QueryEndpoint;
  /** Where in a dashboard: title of the panel, or name of the variable or annotation, and the refId. */
  source?: string;
}
