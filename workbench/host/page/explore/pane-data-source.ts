import { type DataSourceApi } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';

/** Rejects with Grafana's message when there is no such data source. */
export function loadPaneDataSource(uid: string): Promise<DataSourceApi> {
  return getDataSourceSrv().get(uid ? { uid } : undefined);
}
