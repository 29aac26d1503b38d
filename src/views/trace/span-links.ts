import { type Span } from '../../trace/model';

/** Where things in a trace lead to; what has no address is shown as text. */
export interface SpanLinks {
  /** The page of the service that sent the span */
  serviceHref?: (span: Span) => string | undefined;
  /** The page of another trace, at one of its spans */
  traceHref?: (traceId: string, spanId: string) => string | undefined;
}
