import { isFetchError, type BackendSrv, type FetchError } from '@grafana/runtime';
import { firstValueFrom } from 'rxjs';
import { type SetupGet } from './http';

/** GET through Grafana's own HTTP service: with the viewer's rights, without pop-ups for what fails. */
export function createSetupGet(backendSrv: () => Pick<BackendSrv, 'fetch'>): SetupGet {
  return async ({ url, params, signal }) => {
    const sentMs = Date.now();
    const request = backendSrv().fetch<string>({
      method: 'GET',
      url,
      params,
      responseType: 'text',
      abortSignal: signal,
      showErrorAlert: false,
      showSuccessAlert: false,
    });
    try {
      const { status, data, headers } = await firstValueFrom(request);
      return { status, body: textOf(data), ...dateOf(headers), sentMs, receivedMs: Date.now() };
    } catch (error) {
      if (isFetchError(error) && error.status > 0 && !error.cancelled) {
        return { status: error.status, body: errorText(error), sentMs, receivedMs: Date.now() };
      }
      throw error instanceof Error ? error : new Error(isFetchError(error) ? reason(error) : String(error));
    }
  };
}

function reason({ cancelled, statusText, message }: FetchError): string {
  return cancelled ? 'cancelled' : (message ?? statusText ?? 'no connection to Grafana');
}

function dateOf(headers: Headers | undefined): { dateMs?: number } {
  const ms = Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(ms) ? {} : { dateMs: ms };
}

/** Grafana parses a body that looks like JSON, whatever was asked for. */
function textOf(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data ?? '');
}

function errorText({ data, statusText }: FetchError<unknown>): string {
  if (typeof data === 'object' && data !== null && 'response' in data && typeof data.response === 'string') {
    return data.response;
  }
  return data === undefined || data === null ? (statusText ?? '') : textOf(data);
}
