/** Logs of a service, by the settings that lead from a span to its logs. */
import { logsQuery } from '../../../../links/logs-query';
import { readSpanLinkSettings } from '../../../../links/span-link-settings';
import { type LinkedDataSource } from '../../../../links/span-links';
import { type SpanVariables } from '../../../../links/span-variables';
import { exploreUrl } from '../../../../links/urls';
import { type Service } from '../../../../servicegraph/model';

interface ServiceLogs {
  /** Of the link, where the settings name it */
  name?: string;
  datasource: LinkedDataSource;
  url: string;
}

interface Request {
  service: Service;
  /** jsonData of the Tempo data source */
  settings: unknown;
  resolveDataSource(uid: string): LinkedDataSource | undefined;
  /** As in Grafana's URLs */
  from: string | number;
  to: string | number;
}

/** What a service has in common with its spans: its name and namespace, and what tells it apart. */
function serviceVariables({ name, namespace, labels = {} }: Service): SpanVariables {
  const tags: Record<string, string | undefined> = {
    'service.name': name,
    'service.namespace': namespace,
    // Labels are spelt with underscores, attributes with dots.
    ...Object.fromEntries(
      Object.entries(labels).flatMap(([label, value]) => [
        [label, value],
        [label.replace(/_/g, '.'), value],
      ])
    ),
  };
  return { fields: {}, tag: (key) => (Object.hasOwn(tags, key) ? tags[key] || undefined : undefined) };
}

/** A query that needs more than the service to be filled in, such as a trace id, is left out. */
export function serviceLogs({ service, settings, resolveDataSource, from, to }: Request): ServiceLogs[] {
  const variables = serviceVariables(service);
  return readSpanLinkSettings(settings).logs.flatMap((options): ServiceLogs[] => {
    const datasource = options.datasourceUid ? resolveDataSource(options.datasourceUid) : undefined;
    const ofService = { ...options, filterByTraceID: false, filterBySpanID: false };
    const query = datasource && logsQuery(datasource.type, ofService, variables);
    return query
      ? [
          {
            ...(options.name ? { name: options.name } : {}),
            datasource,
            url: exploreUrl({ datasource, query, from, to }),
          },
        ]
      : [];
  });
}
