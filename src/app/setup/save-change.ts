import { type BackendSrv, isFetchError } from '@grafana/runtime';
import { firstValueFrom } from 'rxjs';
import { applyChange, type SettingsChange } from './changes';
import { type StoredSettings } from './data-sources';

export type SaveResult = { kind: 'saved' } | { kind: 'changed-meanwhile' } | { kind: 'failed'; message: string };

const CONFLICT = 409;

/**
 * Puts the settings back with one change. Grafana replaces the whole object, keeps secrets that are not sent, and refuses
 * a version that is not the newest: what was shown as the difference is what is saved, or nothing.
 */
export async function saveChange(
  backendSrv: Pick<BackendSrv, 'fetch'>,
  stored: StoredSettings,
  change: SettingsChange
): Promise<SaveResult> {
  const request = backendSrv.fetch({
    method: 'PUT',
    url: `/api/datasources/uid/${encodeURIComponent(stored.uid)}`,
    data: { ...stored, jsonData: applyChange(stored.jsonData ?? {}, change) },
    showErrorAlert: false,
    showSuccessAlert: false,
  });
  try {
    await firstValueFrom(request);
    return { kind: 'saved' };
  } catch (error) {
    if (isFetchError(error) && error.status === CONFLICT) {
      return { kind: 'changed-meanwhile' };
    }
    return { kind: 'failed', message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (isFetchError<{ message?: string } | undefined>(error)) {
    return error.data?.message ?? error.statusText ?? String(error.status);
  }
  return error instanceof Error ? error.message : String(error);
}
