import React from 'react';
import { Trans } from '@grafana/i18n';
import { SetupHint } from '../../setup-hint';

/** What to do when there is no graph. */
export function GraphHelp({ hasDataSource }: { hasDataSource: boolean }) {
  return (
    <>
      {hasDataSource ? (
        <Trans i18nKey="traceatlas.service-map.help.no-series">
          The metrics data source has no service graph series in this time range. Choose a longer range, another metrics
          data source, or turn on the service-graphs processor of Tempo&apos;s metrics generator (or the servicegraph
          connector of the OpenTelemetry Collector).
        </Trans>
      ) : (
        <Trans i18nKey="traceatlas.service-map.help.no-data-source">
          Add a Prometheus data source that holds the series of Tempo&apos;s metrics generator, then choose it above.
        </Trans>
      )}
      <SetupHint />
    </>
  );
}
