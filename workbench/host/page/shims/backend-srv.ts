import { AppEvents } from '@grafana/data';
import {
  type BackendSrv,
  type BackendSrvRequest,
  type FetchError,
  type FetchResponse,
  getAppEvents,
} from '@grafana/runtime';
import { lastValueFrom, Observable, throwError } from 'rxjs';
import { readBody, toRequest } from './fetch-request';

const inFlight = new Map<string, AbortController>();

/** One request with the errors, the cancelling and the alerts of Grafana's own service. */
function fetchOnce<T>(config: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (config.requestId) {
      // a newer request with the same id replaces the one that is still going
      inFlight.get(config.requestId)?.abort();
      inFlight.set(config.requestId, controller);
    }
    config.abortSignal?.addEventListener('abort', abort);
    const send = async () => {
      const { url, init } = toRequest(config, window.location.origin);
      const response = await fetch(url, { ...init, signal: controller.signal });
      const body = await readBody(response, config.responseType);
      const { status, statusText, ok, headers, redirected, type } = response;
      if (!ok) {
        throw failure(config, status, statusText, body);
      }
      // the caller says what the server answers, as with Grafana's own service
      const data = body as T;
      return { data, status, statusText, ok, headers, redirected, type, url: response.url, config };
    };
    send()
      .then((response) => {
        announceSuccess(config, response.data);
        subscriber.next(response);
        subscriber.complete();
      })
      .catch((error: unknown) => {
        const wrapped = controller.signal.aborted ? cancelled(config) : toFetchError(config, error);
        announceFailure(config, wrapped);
        subscriber.error(wrapped);
      })
      .finally(() => {
        if (config.requestId && inFlight.get(config.requestId) === controller) {
          inFlight.delete(config.requestId);
        }
      });
    return () => {
      config.abortSignal?.removeEventListener('abort', abort);
      controller.abort();
    };
  });
}

function failure(config: BackendSrvRequest, status: number, statusText: string, data: unknown): FetchError {
  const message = stringProperty(data, 'message') ?? stringProperty(data, 'error');
  // an answer that is no object is wrapped, as Grafana does: readers look for data.message
  const wrapped =
    typeof data === 'string' ? { error: statusText, response: data, message: data || statusText } : (data ?? {});
  return { status, statusText, data: message && typeof data !== 'string' ? { message, ...wrapped } : wrapped, config };
}

function cancelled(config: BackendSrvRequest): FetchError {
  return { status: -1, statusText: 'Request was aborted', data: null, cancelled: true, config };
}

function toFetchError(config: BackendSrvRequest, error: unknown): FetchError {
  return isFailure(error)
    ? error
    : { status: 0, statusText: '', data: {}, message: error instanceof Error ? error.message : String(error), config };
}

function isFailure(error: unknown): error is FetchError {
  return typeof error === 'object' && error !== null && 'status' in error && 'config' in error;
}

function stringProperty(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

function announceSuccess({ showSuccessAlert, method = 'GET' }: BackendSrvRequest, data: unknown): void {
  const message = stringProperty(data, 'message');
  if (message && method !== 'GET' && showSuccessAlert !== false) {
    getAppEvents().publish({ type: AppEvents.alertSuccess.name, payload: [message] });
  }
}

function announceFailure({ showErrorAlert }: BackendSrvRequest, error: FetchError): void {
  if (showErrorAlert === true && !error.cancelled) {
    getAppEvents().publish({ type: AppEvents.alertError.name, payload: [error.data?.message ?? error.statusText] });
  }
}

async function data<T>(config: BackendSrvRequest): Promise<T> {
  return (await lastValueFrom(fetchOnce<T>({ showErrorAlert: true, ...config }))).data;
}

export const backendSrv: BackendSrv = {
  fetch: fetchOnce,
  chunked: () => throwError(() => new Error('chunked requests are not supported by the workbench host')),
  datasourceRequest: (config) => lastValueFrom(fetchOnce(config)),
  request: data,
  get: (url, params, requestId, options) => data({ ...options, method: 'GET', url, params, requestId }),
  delete: (url, body, options) => data({ ...options, method: 'DELETE', url, data: body }),
  post: (url, body, options) => data({ ...options, method: 'POST', url, data: body }),
  patch: (url, body, options) => data({ ...options, method: 'PATCH', url, data: body }),
  put: (url, body, options) => data({ ...options, method: 'PUT', url, data: body }),
};
