import { type Service } from '../../servicegraph/model';

/** Where one can go from the map; what is absent is not offered. */
export interface MapActions {
  /** The page of a service */
  serviceUrl?(service: Service): string | undefined;
  /** A search for traces with a TraceQL query */
  tracesUrl?(query: string): string | undefined;
}
