import { type TestDataSourceResponse } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type TempoClient } from '../../tempo/client';
import { newestPartAsker } from '../../tempo/newest-part';
import { settingsProblems } from '../settings/settings-problems';
import { checkLinks, type LinkedServices } from './check-links';

const PROBE_RANGE_SECONDS = 15 * 60;

/**
 * Whether Tempo is there, which version it is, and whether it answers a search; then what it is linked with, which does
 * not make the check fail either.
 * @param jsonData what of it cannot be read is told, but does not make the check fail
 */
export async function checkHealth(
  client: Pick<TempoClient, 'echo' | 'buildInfo' | 'search'>,
  nowMs: number,
  jsonData: unknown,
  services: LinkedServices
): Promise<TestDataSourceResponse> {
  const signal = new AbortController().signal;
  try {
    await client.echo(signal);
  } catch (error) {
    return failure(t('traceatlas.datasource.health.no-echo', 'Tempo does not answer: {{reason}}', reason(error)));
  }
  // Not every gateway lets this path through; without it only the version is unknown.
  const version = await client.buildInfo(signal).then(
    (info) => info.version,
    () => ''
  );
  try {
    const end = Math.floor(nowMs / 1000);
    await newestPartAsker()({ start: end - PROBE_RANGE_SECONDS, end }, (range) =>
      client.search({ query: '{}', limit: 1, ...range }, signal)
    );
  } catch (error) {
    return failure(
      t('traceatlas.datasource.health.no-search', 'Tempo answers, but a search fails: {{reason}}', reason(error))
    );
  }
  const works = version
    ? t('traceatlas.datasource.health.ok-version', 'Data source is working. Tempo {{version}} answers searches.', {
        version,
      })
    : t('traceatlas.datasource.health.ok', 'Data source is working. Tempo answers searches.');
  return {
    status: 'success',
    message: [works, ...settingsProblems(jsonData), ...(await checkLinks(services, nowMs))].join('\n'),
  };
}

function failure(message: string): TestDataSourceResponse {
  return { status: 'error', message };
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message : String(error) };
}
