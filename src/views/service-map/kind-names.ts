import { t } from '@grafana/i18n';
import { type ServiceKind } from '../../servicegraph/model';

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
