import { parseRetryAfter } from './slices/retry-after';
import { type HttpGet } from './types';

/**
 * An HttpGet over the platform's own fetch, for tools and tests. In Grafana the data source passes one that goes through
 * the data source proxy.
 */
export function fetchHttpGet(baseUrl: string, headers: Record<string, string> = {}): HttpGet {
  const base = baseUrl.replace(/\/+$/, '');
  return async (request) => {
    const search = new URLSearchParams(request.params).toString();
    const response = await fetch(`${base}${request.path}${search && `?${search}`}`, {
      headers: { ...headers, ...request.headers },
      signal: request.signal,
    });
    return {
      status: response.status,
      contentType: mediaType(response.headers.get('content-type')),
      body: await response.arrayBuffer(),
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), Date.now()),
    };
  };
}

/** `Text/HTML; charset=utf-8` -> `text/html` */
export function mediaType(contentType: string | null | undefined): string {
  return (contentType ?? '').split(';')[0].trim().toLowerCase();
}
