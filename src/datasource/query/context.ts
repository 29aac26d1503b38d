import { type DataQueryRequest, type QueryResultMetaNotice } from '@grafana/data';
import { type LinkedDataSource } from '../../links/span-links';
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
  /** The same with its kind */
  linkedDataSource: (uid: string) => LinkedDataSource | undefined;
  /** The settings as they were saved, for the links of spans */
  jsonData: unknown;
}

export function warning(text: string): QueryResultMetaNotice {
  return { severity: 'warning', text };
}
