import { type DataQueryRequest, type QueryResultMetaNotice } from '@grafana/data';
import { type TempoClient } from '../../tempo/client';
import { type LinkTarget } from '../frames/trace-links';
import { type TempoSettings } from '../settings/parse-settings';
import { type TempoQuery } from '../types';

/** What every runner may use; nothing in it belongs to one query. */
export interface RunContext {
  client: TempoClient;
  settings: TempoSettings;
  /** The data source itself, for links */
  target: LinkTarget;
  request: DataQueryRequest<TempoQuery>;
  /** Of the data source with that uid; undefined when there is none */
  dataSourceName: (uid: string) => string | undefined;
}

export function warning(text: string): QueryResultMetaNotice {
  return { severity: 'warning', text };
}
