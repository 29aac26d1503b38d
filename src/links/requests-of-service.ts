import { type SpanSelection } from '../servicegraph/traces-of';
import { quoteString } from '../traceql/syntax/go-string';

export interface RequestsScope {
  service: string;
  namespace?: string;
  /** Span name */
  operation?: string;
  /** Only the requests of one caller, as these spans */
  call?: SpanSelection;
}

/**
 * The TraceQL condition (without braces) for the spans of requests that a service received: those that span metrics of kind
 * server and consumer count.
 */
export function requestsCondition({ service, namespace, operation }: RequestsScope): string {
  return [
    `resource.service.name = ${quoteString(service)}`,
    ...(namespace ? [`resource.service.namespace = ${quoteString(namespace)}`] : []),
    '(kind = server || kind = consumer)',
    ...(operation === undefined ? [] : [`name = ${quoteString(operation)}`]),
  ].join(' && ');
}

/** The spans of the scope's requests. */
export function requestsOf(scope: RequestsScope): SpanSelection {
  return scope.call ?? { condition: requestsCondition(scope) };
}
