import { type SpanComparison } from '../../links/urls';
import { type LinkModel } from '@grafana/data';
import { type Service } from '../../servicegraph/model';
import { type Selection } from './selection';

/** A data link, with its variables put in */
export type MapLink = Pick<LinkModel, 'href' | 'title' | 'target' | 'onClick'>;

/** Where one can go from the map; what is absent is not offered. */
export interface MapActions {
  /** The page of a service */
  serviceUrl?(service: Service): string | undefined;
  /** A search for traces with a TraceQL query */
  tracesUrl?(query: string): string | undefined;
  /** Links that a dashboard's author gave to services and calls */
  links?(selection: Selection): MapLink[];
  /** The page that ranks what some spans have that the others have not */
  compareUrl?(comparison: SpanComparison): string | undefined;
  /** Logs of a service, wherever the data source's settings say that they are */
  logs?(service: Service): LogsTarget[];
}

export interface LogsTarget {
  label: string;
  href: string;
}
