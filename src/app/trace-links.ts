import { getDataSourceSrv } from '@grafana/runtime';
import { t } from '../i18n/translate';
import { readSpanLinkSettings } from '../links/span-link-settings';
import { type LinkedDataSource, type SpanLink, spanLinks } from '../links/span-links';
import { type LinkContext, serviceMapUrl, serviceUrl, traceUrl } from '../links/urls';
import { serviceId } from '../servicegraph/model';
import { type Span, type Trace } from '../trace/model';
import { serviceNameOf, serviceNamespaceOf } from '../trace/service-name';
import { type RelatedLink, type SpanLinks } from '../views/trace/span-links';

/** Around a span: wide enough for rates to be seen before, during and after it. */
const METRICS_MARGIN_MS = 15 * 60_000;
const NS_PER_MS = BigInt(1_000_000);

/** Where the parts of a trace lead to, from the pages of the app. `context` names the trace's data source. */
export function traceLinks(trace: Trace, context: LinkContext): SpanLinks {
  return {
    serviceHref: (span) =>
      serviceUrl(serviceNameOf(span), { ...around(span, context), namespace: serviceNamespaceOf(span) }),
    traceHref: (traceId, spanId) => traceUrl(traceId, { ...context, spanId }),
    related: (span) => relatedLinks(trace, span, context),
  };
}

function around(span: Span, context: LinkContext): LinkContext {
  return {
    ...context,
    from: Number(span.startTimeUnixNano / NS_PER_MS) - METRICS_MARGIN_MS,
    to: Number(span.endTimeUnixNano / NS_PER_MS) + METRICS_MARGIN_MS,
  };
}

/** Metrics at the time of the span, then what the data source's settings lead to. */
function relatedLinks(trace: Trace, span: Span, context: LinkContext): RelatedLink[] {
  const service = serviceNameOf(span);
  const at = around(span, context);
  const namespace = serviceNamespaceOf(span);
  const isRequest = span.kind === 'server' || span.kind === 'consumer';
  const own: RelatedLink[] =
    service === ''
      ? []
      : [
          {
            kind: 'metrics',
            label: isRequest
              ? t('traceatlas.trace.metrics-of-operation', 'Metrics of this operation')
              : t('traceatlas.trace.metrics-of-service', 'Metrics of {{service}}', { service }),
            href: serviceUrl(service, { ...at, namespace, operation: isRequest ? span.name : undefined }),
          },
          {
            kind: 'map',
            label: t('traceatlas.trace.calls-on-map', 'Calls of {{service}}', { service }),
            href: serviceMapUrl({
              ...at,
              focus: serviceId(service, namespace),
              selected: serviceId(service, namespace),
            }),
          },
        ];
  const settings = context.tempo === undefined ? undefined : getDataSourceSrv().getInstanceSettings(context.tempo);
  const configured = settings
    ? spanLinks({ span, trace, settings: readSpanLinkSettings(settings.jsonData), resolveDataSource })
    : [];
  return [...own, ...configured.map((link) => ({ kind: link.kind, label: labelOf(link), href: link.url }))];
}

function resolveDataSource(uid: string): LinkedDataSource | undefined {
  const found = getDataSourceSrv().getInstanceSettings(uid);
  return found && { uid: found.uid, type: found.type, name: found.name };
}

function labelOf({ kind, name, datasource }: SpanLink): string {
  if (name !== undefined) {
    return name;
  }
  switch (kind) {
    case 'logs':
      return t('traceatlas.trace.related-logs', 'Logs in {{name}}', { name: datasource.name });
    case 'metrics':
      return t('traceatlas.trace.related-metrics', 'Metrics in {{name}}', { name: datasource.name });
    case 'profiles':
      return t('traceatlas.trace.related-profiles', 'Profile in {{name}}', { name: datasource.name });
  }
}
