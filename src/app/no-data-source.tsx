import React from 'react';
import { locationUtil } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { EmptyState, LinkButton } from '@grafana/ui';
import { testIds } from '../test-ids';

/** Shown where a page needs a kind of data source and there is none. */
export function NoDataSource({ kind }: { kind: 'tempo' | 'prometheus' }) {
  return (
    <div data-testid={testIds.app.noDataSource}>
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
      </EmptyState>
    </div>
  );
}
