import { type DataFrame, type DataLink, DataLinkConfigOrigin } from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import { t } from '../../i18n/translate';
import { logsQuery } from '../../links/logs-query';
import { metricsQueries } from '../../links/metrics-query';
import { type SpanLinkSettings, type TagMapping } from '../../links/span-link-settings';
import { type LinkedDataSource } from '../../links/span-links';
import { type SpanVariables } from '../../links/span-variables';

interface TemplateQuery extends DataQuery {
  [field: string]: unknown;
}

/**
 * Instead of values the variables that Grafana's trace view fills in for each span. It has no conditions: a span without
 * one of the attributes gets no link.
 */
const TEMPLATE: SpanVariables = {
  tag: (key) => `\${__span.tags['${key.replace(/'/g, "\\\\'")}']}`,
  fields: Object.fromEntries(
    ['span.spanId', 'span.traceId', 'span.duration', 'span.name', 'trace.traceId', 'trace.duration', 'trace.name'].map(
      (path) => [path, `\${__${path}}`]
    )
  ),
};

/** What every span has; the usual attributes beside it are rarely all there. */
const SERVICE_ONLY: TagMapping[] = [{ key: 'service.name', value: 'service_name' }];

/**
 * The trace with links to the logs and metrics targets beyond the first of each kind. Grafana's trace view makes the links
 * to the first itself, from the settings, and shows those of fields beside them.
 */
export function withFurtherLinks(
  frame: DataFrame,
  { logs, metrics }: SpanLinkSettings,
  resolve: (uid: string) => LinkedDataSource | undefined
): DataFrame {
  const resolved = <T extends { datasourceUid?: string }>(
    targets: T[],
    make: (target: T, datasource: LinkedDataSource) => DataLink[]
  ) =>
    targets.slice(1).flatMap((target) => {
      const datasource = target.datasourceUid ? resolve(target.datasourceUid) : undefined;
      return datasource ? make(target, datasource) : [];
    });
  const links = [
    ...resolved(logs, (target, datasource) => {
      const tags = target.tags?.length ? target.tags : SERVICE_ONLY;
      const query = logsQuery(datasource.type, { ...target, tags }, TEMPLATE);
      return query ? [fieldLink(target.name ?? relatedLogs(datasource), datasource, query)] : [];
    }),
    ...resolved(metrics, (target, datasource) =>
      metricsQueries(target, TEMPLATE).map(({ name, expr }) =>
        fieldLink(name ?? relatedMetrics(datasource), datasource, { expr, range: true, instant: false })
      )
    ),
  ];
  return links.length === 0
    ? frame
    : {
        ...frame,
        fields: frame.fields.map((field) =>
          field.name === 'spanID' ? { ...field, config: { ...field.config, links } } : field
        ),
      };
}

function fieldLink(title: string, { uid, name }: LinkedDataSource, query: Record<string, unknown>): DataLink {
  const internal: TemplateQuery = { ...query, refId: 'A' };
  return {
    title,
    url: '',
    origin: DataLinkConfigOrigin.Datasource,
    internal: { datasourceUid: uid, datasourceName: name, query: internal },
  };
}

function relatedLogs({ name }: LinkedDataSource): string {
  return t('traceatlas.datasource.frames.related-logs', 'Logs in {{name}}', { name });
}

function relatedMetrics({ name }: LinkedDataSource): string {
  return t('traceatlas.datasource.frames.related-metrics', 'Metrics in {{name}}', { name });
}
