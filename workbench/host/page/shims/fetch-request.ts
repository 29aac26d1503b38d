import { type BackendSrvRequest } from '@grafana/runtime';

/** The address and options for `fetch` that Grafana's backend service makes of a request. */
export function toRequest(config: BackendSrvRequest, origin: string): { url: URL; init: RequestInit } {
  const url = new URL(config.url.replace(/^\/*/, '/').replace(/^\/(https?:)/, '$1'), origin);
  appendParams(url.searchParams, config.params ?? {});
  const headers = new Headers(config.headers);
  if (!headers.has('accept')) {
    headers.set('accept', 'application/json, text/plain, */*');
  }
  return {
    url,
    init: {
      method: config.method ?? 'GET',
      headers,
      body: toBody(config.data, headers),
      credentials: config.credentials,
    },
  };
}

function appendParams(target: URLSearchParams, params: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) {
        target.append(key, String(item));
      }
    }
  }
}

function toBody(data: unknown, headers: Headers): BodyInit | undefined {
  if (data === undefined || data === null) {
    return undefined;
  }
  if (typeof data === 'string' || data instanceof Blob || data instanceof FormData || data instanceof URLSearchParams) {
    return data;
  }
  if (headers.get('content-type')?.includes('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams();
    appendParams(form, Object.fromEntries(Object.entries(data)));
    return form;
  }
  if (!headers.has('content-type')) {
    headers.set('content-type', 'application/json');
  }
  return JSON.stringify(data);
}

/** The body as asked for; without a wish JSON, or text when it is none. An error's body is always readable text. */
export async function readBody(response: Response, type: BackendSrvRequest['responseType']): Promise<unknown> {
  if (response.ok && type === 'arraybuffer') {
    return response.arrayBuffer();
  }
  if (response.ok && type === 'blob') {
    return response.blob();
  }
  const text = await response.text();
  if (response.ok && type === 'text') {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
