import React from 'react';
import { locationUtil } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton } from '@grafana/ui';
import { APP_BASE_URL, ROUTES } from '../constants';

/** Shown for an address below the app's that none of its pages has. */
export function PageNotFound() {
  const title = t('traceatlas.not-found.title', 'Page not found');
  return (
    <PluginPage pageNav={{ text: title }}>
      <EmptyState
        variant="not-found"
        message={t('traceatlas.not-found.message', 'Trace Atlas has no page at this address')}
        button={
          <LinkButton icon="sitemap" href={locationUtil.assureBaseUrl(`${APP_BASE_URL}/${ROUTES.serviceMap}`)}>
            <Trans i18nKey="traceatlas.config.open-map">Open the service map</Trans>
          </LinkButton>
        }
      />
    </PluginPage>
  );
}
