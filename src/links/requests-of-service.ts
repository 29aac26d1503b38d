import { quoteString } from '../traceql/syntax/go-string';

export interface RequestsScope {
  service: string;
  namespace?: string;
  /** Span name */
  operation?: string;
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
