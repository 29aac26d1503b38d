import { type PanelData } from '@grafana/data';

/** The text of a query's failure, for people; undefined when it did not fail. */
export function dataError(data: PanelData | undefined): string | undefined {
  const error = data?.errors?.[0] ?? data?.error;
  if (!error) {
    return undefined;
  }
  const body: unknown = error.data;
  const detail =
    typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
      ? body.message
      : undefined;
  return error.message ?? detail ?? error.statusText ?? 'unknown error';
}
