import { t } from '../../i18n/translate';
import { type RequestStats, type ServiceKind } from '../../servicegraph/model';
import { type RemainderSide } from '../../servicegraph/remainder';
import { formatErrorShare, formatLatency } from './format-stats';

export function kindNames(): Record<ServiceKind, string> {
  return {
    service: t('traceatlas.service-map.kind.service', 'Service'),
    user: t('traceatlas.service-map.kind.user', 'Users'),
    database: t('traceatlas.service-map.kind.database', 'Database'),
    messaging: t('traceatlas.service-map.kind.messaging', 'Message queue'),
    external: t('traceatlas.service-map.kind.external', 'External service'),
  };
}

export function latencyName(key: 'mean' | 'p50' | 'p95' | 'p99'): string {
  return key === 'mean' ? t('traceatlas.service-map.latency.mean', 'Average') : key;
}

/** "12 services" */
export function servicesText(services: number): string {
  return services === 1
    ? t('traceatlas.service-map.one-service', '1 service')
    : t('traceatlas.service-map.services', '{{services}} services', { services });
}

/** "3% failed"; undefined when none did or nothing is known */
export function failedText(stats: RequestStats): string | undefined {
  const share = stats.errorRate ? formatErrorShare(stats) : undefined;
  return share && t('traceatlas.service-map.failed', '{{share}} failed', { share });
}

/** "avg 120 ms" */
export function averageText({ mean }: RequestStats): string | undefined {
  const latency = formatLatency(mean);
  return latency && t('traceatlas.service-map.average', 'avg {{latency}}', { latency });
}

/** "Show 3 hidden" */
export function hiddenText(hidden: number): string {
  return t('traceatlas.service-map.show-hidden', 'Show {{hidden}} hidden', { hidden });
}

/** "12 services, 1 call" */
export function sizeText(services: number, calls: number): string {
  const parts = [
    servicesText(services),
    calls === 1
      ? t('traceatlas.service-map.one-call', '1 call')
      : t('traceatlas.service-map.calls', '{{calls}} calls', { calls }),
  ];
  return parts.join(', ');
}

/** What a group of services is called that do not have the label that groups are made by */
export function withoutLabelText(label: string): string {
  return t('traceatlas.service-map.without-label', 'no {{label}}', { label });
}

/** "+28 more" */
export function moreText(services: number): string {
  return t('traceatlas.service-map.more', '+{{services}} more', { services });
}

/** "28 more called by frontend" */
export function remainderText(services: number, side: RemainderSide, hub: string): string {
  return side === 'callees'
    ? t('traceatlas.service-map.more-callees', '{{services}} more called by {{hub}}', { services, hub })
    : t('traceatlas.service-map.more-callers', '{{services}} more that call {{hub}}', { services, hub });
}
