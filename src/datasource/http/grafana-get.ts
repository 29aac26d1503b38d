import { type DataSourceInstanceSettings } from '@grafana/data';
import {
  type BackendSrv,
  type BackendSrvRequest,
  type FetchError,
  type FetchResponse,
  isFetchError,
} from '@grafana/runtime';
import { type Observable, Subscription } from 'rxjs';
import { type HttpAnswer, type HttpGet, type HttpRequest } from '../../tempo/types';

export type InstanceHttpSettings = Pick<DataSourceInstanceSettings, 'url' | 'basicAuth' | 'withCredentials'> & {
  /** With `timeout`, in s, where it is set */
  jsonData?: object;
};

const BAD_GATEWAY = 502;

/**
 * Tempo's HTTP function on top of Grafana's data source proxy: with the viewer's rights, and with the headers and
 * secrets that Grafana adds on its side. Answers of any status resolve; what never reached Tempo rejects: a
 * cancelled request (AbortError), no connection to Grafana (status 0), none from Grafana to Tempo (502).
 */
export function createGrafanaGet(instance: InstanceHttpSettings, backendSrv: () => Pick<BackendSrv, 'fetch'>): HttpGet {
  return (request) =>
    settle(
      request.signal,
      backendSrv().fetch<ArrayBuffer>({
        method: 'GET',
        url: `${(instance.url ?? '').replace(/\/+$/, '')}${request.path}`,
        params: request.params,
        headers: { ...request.headers, ...(instance.basicAuth ? { Authorization: instance.basicAuth } : {}) },
        credentials: credentialsOf(instance),
        responseType: 'arraybuffer',
        showErrorAlert: false,
        showSuccessAlert: false,
      })
    );
}

/** Only matters with access "Browser"; the proxy is on Grafana's own origin. */
function credentialsOf(instance: InstanceHttpSettings): BackendSrvRequest['credentials'] {
  return instance.withCredentials ? 'include' : 'same-origin';
}

/** Unsubscribing is what makes Grafana abort the HTTP request. */
function settle(signal: HttpRequest['signal'], response$: Observable<FetchResponse<ArrayBuffer>>): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError());
      return;
    }
    const subscription = new Subscription();
    const abort = () => {
      subscription.unsubscribe();
      reject(abortError());
    };
    signal?.addEventListener('abort', abort);
    subscription.add(() => signal?.removeEventListener('abort', abort));
    subscription.add(
      response$.subscribe({
        next: ({ status, headers, data }) => {
          resolve({ status, contentType: mediaType(headers.get('content-type')), body: data });
          subscription.unsubscribe();
        },
        error: (error: unknown) => {
          if (isFetchError(error)) {
            settleFailure(error, resolve, reject);
          } else {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
          subscription.unsubscribe();
        },
      })
    );
  });
}

function settleFailure(error: FetchError, resolve: (answer: HttpAnswer) => void, reject: (error: Error) => void) {
  if (error.cancelled) {
    reject(abortError());
    return;
  }
  if (!error.status) {
    reject(new Error('no connection to Grafana'));
    return;
  }
  const body = errorBody(error);
  // Grafana's own 502 has no page: that is of a gateway between Grafana and Tempo.
  if (error.status === BAD_GATEWAY && sniff(body) !== 'text/html') {
    reject(new Error("Grafana's data source proxy got no connection to Tempo"));
  } else {
    resolve({ status: error.status, contentType: sniff(body), body });
  }
}

/** Grafana hands over the body as it came, as text, or wrapped in an object, depending on where the request failed. */
function errorBody({ data, statusText }: FetchError<unknown>): ArrayBuffer {
  if (isArrayBuffer(data)) {
    return data;
  }
  return encode(textOf(data) ?? statusText ?? '');
}

function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') {
    return data;
  }
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  for (const key of ['response', 'message', 'error']) {
    const value: unknown = Reflect.get(data, key);
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return undefined;
}

/** A failed fetch comes without its headers. */
function sniff(body: ArrayBuffer): string {
  const start = new TextDecoder().decode(body.slice(0, 64)).trimStart();
  if (start.startsWith('<')) {
    return 'text/html';
  }
  return start.startsWith('{') ? 'application/json' : 'text/plain';
}

function mediaType(header: string | null): string {
  return (header ?? '').split(';')[0].trim().toLowerCase();
}

/** A copy in a buffer of its own: an encoder's view may share a larger one. */
function encode(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  const buffer = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

function abortError(): DOMException {
  return new DOMException('The request was cancelled', 'AbortError');
}

/** `instanceof` fails for buffers that another realm (a worker, a frame) made. */
function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]';
}
