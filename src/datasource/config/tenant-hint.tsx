import React from 'react';
import { t, Trans } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type TempoJsonData } from '../types';

const TENANT_HEADER = 'X-Scope-OrgID';

/** Grafana keeps the names of custom headers as httpHeaderName1, httpHeaderName2, … */
function hasTenantHeader(jsonData: object): boolean {
  return Object.entries(jsonData).some(
    ([key, value]) =>
      key.startsWith('httpHeaderName') &&
      typeof value === 'string' &&
      value.toLowerCase() === TENANT_HEADER.toLowerCase()
  );
}

export function TenantHint({ jsonData }: { jsonData: TempoJsonData }) {
  const isSet = hasTenantHeader(jsonData);
  return (
    <Alert
      severity={isSet ? 'success' : 'info'}
      topSpacing={2}
      title={
        isSet
          ? t('traceatlas.datasource.config.tenant-set', 'Tenant: the header X-Scope-OrgID is set')
          : t('traceatlas.datasource.config.tenant-title', 'Tenant')
      }
      data-testid={testIds.datasource.tenantHint}
    >
      {isSet ? (
        <Trans i18nKey="traceatlas.datasource.config.tenant-several">
          To read several tenants at once, separate their ids with a bar: a|b.
        </Trans>
      ) : (
        <Trans i18nKey="traceatlas.datasource.config.tenant-how">
          If your Tempo has tenants, add a header under &quot;HTTP headers&quot;: name X-Scope-OrgID, value the id of
          the tenant. Grafana stores the value encrypted.
        </Trans>
      )}
    </Alert>
  );
}
