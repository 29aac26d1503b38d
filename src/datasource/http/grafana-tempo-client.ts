import { getBackendSrv } from '@grafana/runtime';
import { createTempoClient, type TempoClient } from '../../tempo/client';
import { createGrafanaGet, type InstanceHttpSettings } from './grafana-get';

/** Tempo behind Grafana's data source proxy. */
export function createGrafanaTempoClient(instance: InstanceHttpSettings): TempoClient {
  return createTempoClient({ get: createGrafanaGet(instance, getBackendSrv) });
}
