/** How the service graph's series are named, by what people set: for the app, and for the chosen Tempo data source. */
import { getDataSourceSrv } from '@grafana/runtime';
import * as v from 'valibot';
import { type LinkContext } from '../links/urls';
import { type DialectOverride, parseDialectOverride } from '../servicegraph/dialect-override';
import { dialectOverride } from './app-settings';

const Settings = v.object({ serviceMap: v.object({ datasourceUid: v.string(), dialect: v.unknown() }) });

/** What a Tempo data source says of the names in the metrics data source that it is linked with; of others it says nothing. */
export function metricNamesOf(jsonData: unknown, prometheusUid: string | undefined): DialectOverride {
  const settings = v.safeParse(Settings, jsonData);
  return settings.success && settings.output.serviceMap.datasourceUid === prometheusUid
    ? parseDialectOverride(settings.output.serviceMap.dialect).override
    : {};
}

/** The app's settings, and for the names that it gives, those of the data source. */
export function metricNames({ tempo, prometheus }: LinkContext): DialectOverride {
  const jsonData = tempo === undefined ? undefined : getDataSourceSrv().getInstanceSettings(tempo)?.jsonData;
  return { ...dialectOverride(), ...metricNamesOf(jsonData, prometheus) };
}
