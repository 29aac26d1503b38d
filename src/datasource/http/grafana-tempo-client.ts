import { getBackendSrv } from '@grafana/runtime';
import { createTempoClient, type TempoClient } from '../../tempo/client';
import { withTimeout } from '../../tempo/with-timeout';
import { createGrafanaGet, type InstanceHttpSettings } from './grafana-get';

/** s: longer than any time-out that Tempo or Grafana's proxy has by default */
const DEFAULT_TIMEOUT_SECONDS = 300;

/** Tempo behind Grafana's data source proxy. */
export function createGrafanaTempoClient(instance: InstanceHttpSettings): TempoClient {
  return createTempoClient({ get: withTimeout(createGrafanaGet(instance, getBackendSrv), timeoutMs(instance)) });
}

/** "Timeout" of Grafana's HTTP settings, in s; Grafana's proxy waits as long for the answer to start, not for its end. */
function timeoutMs({ jsonData }: InstanceHttpSettings): number {
  const seconds = Number(jsonData && 'timeout' in jsonData ? jsonData.timeout : undefined);
  return (seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS) * 1000;
}
