import React from 'react';
import { locationUtil } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { EmptyState, LinkButton } from '@grafana/ui';
import { t } from '../i18n/translate';
import { testIds } from '../test-ids';
import { SetupHint } from './setup-hint';

interface Props {
  kind: 'tempo' | 'prometheus';
  /** uid that the page's variable names, when it names one */
  chosen?: string;
  /** Leads to the set-up check; not on its own page */
  hint?: boolean;
}

/** Shown where a page needs a kind of data source and there is none. */
export function NoDataSource({ kind, chosen, hint = true }: Props) {
  if (chosen) {
    return (
      <div data-testid={testIds.app.noDataSource} style={{ width: '100%' }}>
        <EmptyState
          variant="not-found"
          message={t('traceatlas.no-data-source.chosen', 'There is no data source “{{chosen}}”', { chosen })}
        >
          <Trans i18nKey="traceatlas.no-data-source.chosen-hint">Choose another one at the top of the page.</Trans>
          {hint && <SetupHint />}
        </EmptyState>
      </div>
    );
  }
  return (
    <div data-testid={testIds.app.noDataSource} style={{ width: '100%' }}>
      <EmptyState
        variant="call-to-action"
        message={
          kind === 'tempo'
            ? t('traceatlas.no-data-source.tempo', 'There is no Tempo data source yet')
            : t('traceatlas.no-data-source.prometheus', 'There is no Prometheus data source yet')
        }
        button={
          <LinkButton icon="plus" href={locationUtil.assureBaseUrl('/connections/datasources/new')}>
            <Trans i18nKey="traceatlas.no-data-source.add">Add a data source</Trans>
          </LinkButton>
        }
      >
        {kind === 'tempo' ? (
          <Trans i18nKey="traceatlas.no-data-source.tempo-hint">
            Add “Trace Atlas Tempo” with the address of your Tempo; Grafana’s own Tempo data source works as well.
          </Trans>
        ) : (
          <Trans i18nKey="traceatlas.no-data-source.prometheus-hint">
            Add the Prometheus, Mimir, Thanos or VictoriaMetrics that Tempo’s metrics generator writes to.
          </Trans>
        )}
        {hint && <SetupHint />}
      </EmptyState>
    </div>
  );
}
