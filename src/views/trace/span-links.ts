import { type Span } from '../../trace/model';

/** What else is known about a span, somewhere else. */
export interface RelatedLink {
  kind: 'metrics' | 'map' | 'logs' | 'profiles';
  /** For people */
  label: string;
  /** An address of this Grafana */
  href: string;
}

/** Where things in a trace lead to; what has no address is shown as text. */
export interface SpanLinks {
  /** The page of the service that sent the span */
  serviceHref?: (span: Span) => string | undefined;
  /** The page of another trace, at one of its spans */
  traceHref?: (traceId: string, spanId: string) => string | undefined;
  /** Metrics, logs and profiles of a span */
  related?: (span: Span) => RelatedLink[];
}
