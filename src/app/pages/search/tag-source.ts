import { getDataSourceSrv } from '@grafana/runtime';
import { createLazyTempoClient } from '../../../datasource/http/lazy-tempo-client';
import { parseSettings } from '../../../datasource/settings/parse-settings';
import { createTagSource, type TagSource } from '../../../datasource/tags/tag-source';

const sources = new Map<string, TagSource>();

/** Tag names and values of any Tempo data source, Grafana's own too: both are reached through the same proxy. */
export function tagSourceOf(dataSourceUid: string): TagSource | undefined {
  const known = sources.get(dataSourceUid);
  const instance = known ? undefined : getDataSourceSrv().getInstanceSettings(dataSourceUid);
  if (!instance) {
    return known;
  }
  const client = createLazyTempoClient(instance);
  const source = createTagSource(client, parseSettings(instance.jsonData).settings);
  sources.set(dataSourceUid, source);
  return source;
}
